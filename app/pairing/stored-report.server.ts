import { Prisma } from "@prisma/client";

import type { BrowserReport } from "../conversions/model.ts";

/** A browser's report on its way to its row. */
export interface ReportRow {
  readonly storeId: bigint;
  readonly orderId: string;
  /** Of the checkout token; ORDER_PAGE for a customer's order page, which knows none. */
  readonly tokenHash: string;
  readonly source: "checkout_pixel" | "order_page";
  readonly report: BrowserReport;
  /** Unix milliseconds. */
  readonly receivedAt: number;
}

/** Stands in the place of a token's hash for reports of the order page; no SHA-256 in base64url looks like it. */
export const ORDER_PAGE = "order_page";

/**
 * What of a report is written where. A buyer who refused marketing leaves the refusal and nothing else: no address, no
 * browser, no identifiers.
 *
 * @param keepClient false where no server copy will need the address and the browser any more
 */
export function splitReport(
  report: BrowserReport,
  keepClient = true,
): {
  readonly document: Readonly<Partial<BrowserReport>>;
  readonly clientIp: string | null;
  readonly clientUserAgent: string | null;
} {
  const { checkoutToken: _token, ip, userAgent, ...document } = report;
  if (report.consent.marketing === false) {
    const { fbp: _fbp, fbc: _fbc, pageUrl: _page, isFirstOrder: _first, ...refusal } = document;
    return { document: refusal, clientIp: null, clientUserAgent: null };
  }
  if (!keepClient) return { document, clientIp: null, clientUserAgent: null };
  return { document, clientIp: ip ?? null, clientUserAgent: userAgent ?? null };
}

/**
 * The same browser reports again (table alias `r`): what it says now adds to what it said, and the times stay those of
 * the first report. A refusal takes everything else away.
 */
export const MERGED_REPORT = Prisma.sql`
  document = CASE WHEN excluded.document -> 'consent' ->> 'marketing' = 'false' OR r.document IS NULL
    THEN excluded.document
    ELSE r.document || excluded.document || jsonb_strip_nulls(jsonb_build_object(
      'clientTime', r.document -> 'clientTime', 'receivedAt', r.document -> 'receivedAt')) END,
  client_ip = CASE WHEN excluded.document -> 'consent' ->> 'marketing' = 'false' THEN NULL
    ELSE coalesce(r.client_ip, excluded.client_ip) END,
  client_user_agent = CASE WHEN excluded.document -> 'consent' ->> 'marketing' = 'false' THEN NULL
    ELSE coalesce(r.client_user_agent, excluded.client_user_agent) END`;
