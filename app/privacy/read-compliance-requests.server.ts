import { asRecord } from "../conversions/read-json.ts";
import type { Clock } from "../platform/process/clock.ts";
import type { Database } from "../platform/database/database.server.ts";
import type { SecretBox } from "../platform/process/secret-box.server.ts";
import { exportPurpose } from "./process-compliance-requests.server.ts";

/** As many as the page shows; a store gets a handful a year. */
const MOST = 100;

export interface ComplianceRequestView {
  readonly id: string;
  readonly topic: string;
  /** Times are unix milliseconds. */
  readonly receivedAt: number;
  readonly dueAt: number;
  readonly completedAt: number | null;
  readonly overdue: boolean;
  /** Orders that were exported, redacted or deleted; null while open. */
  readonly orders: number | null;
  /** Until when the export can be downloaded; null where there is none. */
  readonly exportUntil: number | null;
}

/** The compliance requests of one shop, newest first. */
export async function readComplianceRequests(
  deps: { readonly database: Database; readonly clock: Clock },
  shop: string,
): Promise<readonly ComplianceRequestView[]> {
  const now = deps.clock();
  const rows = await deps.database.prisma.complianceRequest.findMany({
    where: { shop },
    orderBy: { id: "desc" },
    take: MOST,
    omit: { sealedExport: true, subject: true, progress: true },
  });
  return rows.map((row) => ({
    id: String(row.id),
    topic: row.topic,
    receivedAt: row.receivedAt.getTime(),
    dueAt: row.dueAt.getTime(),
    completedAt: row.completedAt?.getTime() ?? null,
    overdue: row.completedAt === null && row.dueAt.getTime() < now,
    orders: row.completedAt === null ? null : ordersOf(row.result),
    exportUntil:
      row.exportExpiresAt && row.exportExpiresAt.getTime() > now ? row.exportExpiresAt.getTime() : null,
  }));
}

function ordersOf(result: unknown): number | null {
  const count = asRecord(result)?.["conversions"];
  return typeof count === "number" ? count : null;
}

/**
 * The export of a request of this shop, as JSON text; undefined when it is not there, has expired, or is another shop's.
 */
export async function openExport(
  deps: { readonly database: Database; readonly secretBox: SecretBox; readonly clock: Clock },
  shop: string,
  id: string,
): Promise<string | undefined> {
  if (!/^\d{1,18}$/.test(id)) return undefined;
  const row = await deps.database.prisma.complianceRequest.findFirst({
    where: { id: BigInt(id), shop, exportExpiresAt: { gt: new Date(deps.clock()) } },
  });
  if (!row?.sealedExport) return undefined;
  const opened = deps.secretBox.open(row.sealedExport, exportPurpose(row.id));
  return opened.ok ? opened.plain : undefined;
}
