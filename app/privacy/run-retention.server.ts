import type { Clock } from "../platform/process/clock.ts";
import type { Database } from "../platform/database/database.server.ts";
import { clearEndedTestCodes } from "../stores/datasets/test-event-code.server.ts";
import { deleteOldRows, type DeletedRows } from "./delete-old-rows.server.ts";
import { eraseClientDetails } from "./erase-client-details.server.ts";
import { erasePayloadDetails } from "./erase-payload-details.server.ts";

export interface RetentionRun {
  /** Conversions that lost the buyer's address and browser. */
  readonly clientDetails: number;
  /** Conversions that lost their payload. */
  readonly payloadDetails: number;
  /** Stores whose test event code had ended. */
  readonly testCodes: number;
  readonly deleted: DeletedRows;
}

/**
 * One pass of retention, in small steps, each of which may be the last: what the signal cuts, the next run goes on with.
 */
export async function runRetention(
  deps: { readonly database: Database; readonly clock: Clock },
  signal: AbortSignal,
): Promise<RetentionRun> {
  const input = { now: deps.clock(), signal };
  const clientDetails = await eraseClientDetails(deps.database, input);
  const payloadDetails = await erasePayloadDetails(deps.database, input);
  const testCodes = await clearEndedTestCodes(deps);
  const deleted = await deleteOldRows(deps.database, input);
  return { clientDetails, payloadDetails, testCodes, deleted };
}

/** Tables whose erased values would otherwise lie about in dead rows of the file. */
const TABLES = [
  "conversion",
  "delivery",
  "browser_report",
  "funnel_event",
  "session",
  "dataset",
  "compliance_request",
  "alert_channel",
] as const;

/**
 * Makes the space of erased rows reusable. A PostgreSQL server does that by itself (autovacuum); the embedded database
 * has no such process, so a job does it (docs/decisions/0502).
 */
export async function vacuumErased({ prisma, kind }: Database): Promise<{ readonly tables: number }> {
  if (kind === "server") return { tables: 0 };
  for (const table of TABLES) await prisma.$executeRawUnsafe(`VACUUM (ANALYZE) "${table}"`);
  await prisma.$executeRawUnsafe("CHECKPOINT");
  return { tables: TABLES.length };
}
