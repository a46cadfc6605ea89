import type { Database } from "../platform/database/database.server.ts";
import { MERGED_REPORT, splitReport, type ReportRow } from "./stored-report.server.ts";

/** Reports for one order ID that no order has confirmed; a guesser cannot fill the disk with more. */
const MOST_PER_ORDER = 8;

/** `unknown`: nobody has confirmed that there is such an order; `awaiting_payment`: Shopify has, and it is this buyer's. */
export type ReportStanding = "unknown" | "awaiting_payment";

/**
 * Keeps a report whose order is not known yet, so that the order finds it when it comes (a webhook after the page, a bank
 * transfer after days). Nothing is kept of an order that is known: a report of its buyer meets it, one under another
 * checkout token is nobody's, and a customer's redaction leaves nothing to add to, whichever of the two is written first
 * (`is_redacted`, docs/decisions/0802). Past the limit it is not kept, and
 * still answered, since whoever waits holds it in memory.
 *
 * @returns whether a row was written
 */
export async function keepReport(
  { direct }: Database,
  row: ReportRow,
  standing: ReportStanding = "unknown",
): Promise<boolean> {
  const { document, clientIp, clientUserAgent } = splitReport(row.report);
  const answer = standing === "unknown" ? null : standing;
  const written = await direct.$executeRaw`
    INSERT INTO browser_report AS r (store_id, order_id, checkout_token_hash, source, received_at, document, client_ip, client_user_agent, answer)
    SELECT ${row.storeId}::bigint, ${row.orderId}, ${row.tokenHash}, ${row.source},
           ${new Date(row.receivedAt)}::timestamptz, ${JSON.stringify(document)}::jsonb, ${clientIp}::text, ${clientUserAgent}::text, ${answer}::text
    WHERE (${answer}::text IS NOT NULL OR (
      SELECT count(*) FROM browser_report k WHERE k.store_id = ${row.storeId}::bigint AND k.order_id = ${row.orderId}
    ) < ${MOST_PER_ORDER}::int) AND NOT EXISTS (
      SELECT 1 FROM conversion c
      WHERE c.store_id = ${row.storeId}::bigint AND c.event_name = 'Purchase' AND c.source_key = ${row.orderId}
    ) AND NOT is_redacted(${row.storeId}::bigint, ${row.orderId})
    ON CONFLICT (store_id, order_id, checkout_token_hash) DO UPDATE SET ${MERGED_REPORT}, answer = coalesce(r.answer, excluded.answer)
    WHERE r.conversion_id IS NULL`;
  return written > 0;
}
