import type { Clock } from "../platform/process/clock.ts";
import type { Database } from "../platform/database/database.server.ts";
import type { Log } from "../platform/process/log.server.ts";
import { runAudit } from "./run-audit.server.ts";

export interface AuditDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
}

/** How old a store's last audit gets. Milliseconds. */
const EVERY_MS = 3_600_000;
/** Stores that are taken up at once: the job ends between two of them when the process stops. */
const STEP = 100;

/**
 * Looks at every installed store whose last audit is more than an hour old, the one that waits longest first. A store whose
 * audit fails is noted and left for its next hour; the others go on.
 */
export async function auditStores(
  deps: AuditDependencies,
  signal?: AbortSignal,
): Promise<{ readonly audited: number; readonly failed: number }> {
  const { prisma } = deps.database;
  let audited = 0;
  let failed = 0;
  for (let found = STEP; found === STEP && !signal?.aborted;) {
    const due = await prisma.$queryRaw<{ id: bigint }[]>`
      SELECT s.id FROM store s LEFT JOIN audit_run r ON r.store_id = s.id
      WHERE s.state = 'installed' AND (r.ran_at IS NULL OR r.ran_at < ${new Date(deps.clock() - EVERY_MS)}::timestamptz)
      ORDER BY r.ran_at NULLS FIRST, s.id LIMIT ${STEP}::int`;
    found = due.length;
    for (const { id } of due) {
      if (signal?.aborted) break;
      if (await auditStore(deps, id)) audited += 1;
      else failed += 1;
    }
  }
  return { audited, failed };
}

/** Looks at one store. @returns false where that failed: it is noted, and its findings stay as they were */
export async function auditStore(deps: AuditDependencies, storeId: bigint): Promise<boolean> {
  let shop: string | undefined;
  try {
    const store = await deps.database.prisma.store.findUnique({ where: { id: storeId } });
    // Erased since it was found.
    if (!store) return true;
    shop = store.shop;
    await runAudit(deps.database, store, deps.clock());
    return true;
  } catch (error) {
    const names = { storeId: String(storeId), shop, err: error };
    deps.log.error(names, "audit of a store failed; retrying in an hour");
    await noteProblem(deps, storeId);
    return false;
  }
}

/** The page says that the last audit did not end; its findings stay as they were. */
async function noteProblem(
  deps: { readonly database: Database; readonly clock: Clock },
  storeId: bigint,
): Promise<void> {
  const at = { ranAt: new Date(deps.clock()), problem: "failed" };
  await deps.database.prisma.auditRun
    .upsert({
      where: { storeId },
      create: { storeId, verdicts: {}, looked: 0, isAll: true, ...at },
      update: at,
    })
    .catch(() => undefined);
}
