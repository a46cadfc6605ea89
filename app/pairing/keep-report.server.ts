import type { Database } from "../platform/database.server.ts";
import { MERGED_REPORT, splitReport, type ReportRow } from "./stored-report.server.ts";

/** Reports for one order ID that no order has confirmed; a guesser cannot fill the disk with more. */
const MOST_PER_ORDER = 8;

/**
 * Keeps a report whose order is not known yet, so that the order finds it when it comes (a webhook after the page, a bank
 * transfer after days). Past the limit it is not kept, and still answered, since whoever waits holds it in memory.
 */
export async function keepReport({ prisma }: Database, row: ReportRow): Promise<void> {
  const { document, clientIp, clientUserAgent } = splitReport(row.report);
  await prisma.$executeRaw`
    INSERT INTO browser_report AS r (store_id, order_id, checkout_token_hash, source, received_at, document, client_ip, client_user_agent)
    SELECT ${row.storeId}::bigint, ${row.orderId}, ${row.tokenHash}, ${row.source},
           ${new Date(row.receivedAt)}::timestamptz, ${JSON.stringify(document)}::jsonb, ${clientIp}::text, ${clientUserAgent}::text
    WHERE (
      SELECT count(*) FROM browser_report k WHERE k.store_id = ${row.storeId}::bigint AND k.order_id = ${row.orderId}
    ) < ${MOST_PER_ORDER}::int
    ON CONFLICT (store_id, order_id, checkout_token_hash) DO UPDATE SET ${MERGED_REPORT}
    WHERE r.conversion_id IS NULL`;
}
