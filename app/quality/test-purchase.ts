import { hashValue } from "../conversions/customer/hash-value.ts";
import type { GraphEvent } from "../meta/graph-client.server.ts";

/** A purchase that nobody made, the same on both sides: visibly synthetic, worth one unit of the store's currency. */
export interface TestPurchase {
  readonly eventId: string;
  /** Unix seconds. */
  readonly eventTime: number;
  readonly value: number;
  /** ISO 4217 */
  readonly currency: string;
  /** The shop's own address: Meta wants to know where a purchase happened. */
  readonly pageUrl: string;
}

const CONTENT_ID = "tandem-test-product";

/** Nobody's: the domain is reserved for examples (RFC 2606). */
const NOBODY = "tandem-test@example.com";

/** The server's copy as Meta's `POST /events` takes it. */
export function testServerEvent(purchase: TestPurchase, userAgent: string): GraphEvent {
  const event = {
    event_name: "Purchase",
    event_time: purchase.eventTime,
    event_id: purchase.eventId,
    action_source: "website",
    event_source_url: purchase.pageUrl,
    user_data: { em: [hashValue(NOBODY)], client_user_agent: userAgent },
    custom_data: {
      value: purchase.value,
      currency: purchase.currency,
      order_id: purchase.eventId,
      content_ids: [CONTENT_ID],
      content_type: "product",
      contents: [{ id: CONTENT_ID, quantity: 1, item_price: purchase.value }],
    },
  };
  return event;
}

/** Address of the image that makes the browser's copy, in the form of Meta's image tag, with the test event code. */
export function testPixelHit(
  trUrl: string,
  datasetId: string,
  purchase: TestPurchase,
  testEventCode: string,
): string {
  const hit = new URLSearchParams({
    id: datasetId,
    ev: "Purchase",
    eid: purchase.eventId,
    dl: purchase.pageUrl,
    ts: String(purchase.eventTime * 1000),
    "cd[value]": String(purchase.value),
    "cd[currency]": purchase.currency,
    "cd[content_ids]": JSON.stringify([CONTENT_ID]),
    "cd[content_type]": "product",
    "ud[em]": hashValue(NOBODY),
    test_event_code: testEventCode,
    noscript: "1",
  });
  return `${trUrl}?${hit.toString()}`;
}
