import { LRUCache } from "lru-cache";

import type { Database } from "../platform/database/database.server.ts";
import { atMost } from "../platform/process/at-most.ts";

export interface UnknownReportLimits {
  readonly rows: number;
  readonly bytes: number;
  /** Reports kept by this process after which a store's are counted; the excess of one process at most. */
  readonly every: number;
}

/** An honest report has some 600 bytes. At the rate that is let in, 10,000 are a quarter of an hour. */
const UNKNOWN_REPORT_LIMITS: UnknownReportLimits = { rows: 10_000, bytes: 10_000_000, every: 200 };

/** Told of each report that was kept without a known order; now and then deletes the store's oldest beyond its limits. */
export type TrimUnknownReports = (storeId: bigint) => Promise<void>;

/**
 * Anybody can report orders that do not exist. An honest report meets its order within seconds, so what is beyond the
 * limits goes from the old end. Reports of orders that Shopify has confirmed (`answer` is set) do not count and stay:
 * there are no more of them than unpaid orders (docs/decisions/0712).
 */
export function createTrimUnknownReports(
  { prisma }: Database,
  limits: UnknownReportLimits = UNKNOWN_REPORT_LIMITS,
): TrimUnknownReports {
  const kept = new LRUCache<bigint, number>(atMost(10_000));
  return async (storeId) => {
    const count = (kept.get(storeId) ?? 0) + 1;
    kept.set(storeId, count % limits.every);
    if (count < limits.every) return;
    await prisma.$executeRaw`
      DELETE FROM browser_report WHERE id IN (
        SELECT id FROM (
          SELECT id, row_number() OVER newest AS place, sum(size) OVER newest AS total FROM (
            SELECT id, received_at, octet_length(document::text) + 200 AS size FROM browser_report
            WHERE store_id = ${storeId}::bigint AND conversion_id IS NULL AND answer IS NULL) sized
          WINDOW newest AS (ORDER BY received_at DESC, id DESC)) ranked
        WHERE place > ${limits.rows}::int OR total > ${limits.bytes}::int)`;
  };
}
