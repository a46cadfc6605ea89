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
 */
export function splitReport(report: BrowserReport): {
  readonly document: Readonly<Partial<BrowserReport>>;
  readonly clientIp: string | null;
  readonly clientUserAgent: string | null;
} {
  const { checkoutToken: _token, ip, userAgent, ...document } = report;
  if (report.consent.marketing === false) {
    const { fbp: _fbp, fbc: _fbc, pageUrl: _page, ...refusal } = document;
    return { document: refusal, clientIp: null, clientUserAgent: null };
  }
  return { document, clientIp: ip ?? null, clientUserAgent: userAgent ?? null };
}
