import { describe, expect, it } from "vitest";

import type { EventId } from "../conversions/model.ts";
import { decideAnswer, PAIRABLE_MS, type Asker, type FireCopy, type PaidOrder } from "./decide-answer.ts";

const NOW = Date.parse("2026-06-15T12:00:00Z");
const HOUR = 3_600_000;

const copy: FireCopy = {
  eventId: "1001",
  eventTime: NOW / 1000 - 60,
  value: 38.36,
  currency: "USD",
  orderId: "6100000000001",
  contents: [{ id: "7", quantity: 3, item_price: 9.57 }],
  contentIds: ["7"],
  contentType: "product",
  numItems: 3,
  datasets: ["111"],
};

function order(more: Partial<PaidOrder> = {}): PaidOrder {
  return {
    conversion: {
      eventId: "1001" as EventId,
      eventTime: NOW / 1000 - 60,
      source: "web",
      fbc: `fb.1.${NOW - HOUR}.IwARorder`,
      eventSourceUrl: "https://hats.example/",
      purchase: {
        value: 38.36,
        currency: "USD",
        order_id: "6100000000001",
        contents: [{ id: "7", quantity: 3, item_price: 9.57 }],
        content_ids: ["7"],
        content_type: "product",
        num_items: 3,
      },
      consent: { policy: "regional", flags: {}, country: "DE" },
    },
    eventTime: NOW - 60_000,
    customerKind: null,
    paidAt: NOW - 30_000,
    firstSentAt: null,
    datasets: ["111"],
    granted: null,
    ...more,
  };
}

const asker: Asker = { reportId: 5n, consent: { marketing: true, saleOfData: true }, shopifyEventId: "sh-1" };
const granted = { reportId: 5n, to: "sh-1", at: NOW - 13_000, copy, outcome: null };

describe("the permission to fire", () => {
  it("hands out the conversion's own figures", () => {
    expect(decideAnswer(order(), asker, NOW)).toEqual({
      kind: "fire",
      again: false,
      copy,
      shared: { fbc: `fb.1.${NOW - HOUR}.IwARorder`, page: "https://hats.example/" },
    });
  });

  it("shares what the server copy carries: cleaned, the browser's own first, and keeps none of it in the record", () => {
    const report = {
      fbp: `fb.1.${NOW - HOUR}.1098115397`,
      fbc: `fb.1.${NOW - HOUR}.undefined`,
      pageUrl: "https://shop.app/checkout",
    };
    const answer = decideAnswer(order(), { ...asker, report }, NOW);
    expect(answer).toMatchObject({
      shared: { fbp: report.fbp, fbc: `fb.1.${NOW - HOUR}.IwARorder`, page: "https://hats.example/" },
    });
    expect(answer.kind === "fire" && answer.copy).toEqual(copy);
  });

  it.each([
    ["new", true, ["new_customer_to_business"]],
    ["returning", true, ["existing_customer_to_business"]],
    [null, true, undefined],
    ["new", false, undefined],
  ] as const)("tells of a %s customer (switched on: %s): %s", (customerKind, send, expected) => {
    const { conversion } = order();
    const told = { ...conversion, segmentation: { send, kind: "returning" as const } };
    const answer = decideAnswer(order({ conversion: told, customerKind }), asker, NOW);
    expect(answer.kind === "fire" && answer.copy.customerSegmentation).toEqual(expected);
  });

  it("tells nothing of the customer of an order that an older version stored", () => {
    const answer = decideAnswer(order({ customerKind: "new" }), asker, NOW);
    expect(answer.kind === "fire" && answer.copy).toEqual(copy);
  });

  it("carries Limited Data Use where the sale of data was refused", () => {
    const answer = decideAnswer(order(), { ...asker, consent: { marketing: true, saleOfData: false } }, NOW);
    // Outside of the US Meta finds out itself: country 0, state 0.
    expect(answer).toMatchObject({ kind: "fire", copy: { limit: { country: 0, state: 0 } } });
  });

  const skip = (reason: "test_order" | "source_off" | "no_value") =>
    order({ conversion: { ...order().conversion, skip: reason } });
  it.each<[string, PaidOrder, Asker, string]>([
    ["a test order", skip("test_order"), asker, "test_order"],
    ["a source that is off", skip("source_off"), asker, "paused"],
    ["an order without a value", skip("no_value"), asker, "paused"],
    ["no active dataset", order({ datasets: [] }), asker, "paused"],
    ["refused consent", order(), { ...asker, consent: { marketing: false } }, "no_consent"],
    ["consent that nobody recorded, where it must be", order(), { ...asker, consent: {} }, "no_consent"],
    ["a payment 48 hours ago", order({ paidAt: NOW - PAIRABLE_MS - 1 }), asker, "already_reported"],
    ["a server copy 48 hours ago", order({ firstSentAt: NOW - 48 * HOUR }), asker, "already_reported"],
    [
      "a copy that was fired",
      order({ granted: { ...granted, outcome: "fired" } }),
      asker,
      "already_reported",
    ],
    ["another tab's word", order({ granted: { ...granted, to: "sh-2" } }), asker, "already_reported"],
    ["another page's word", order({ granted: { ...granted, reportId: 6n } }), asker, "already_reported"],
    [
      "a word of two minutes ago",
      order({ granted: { ...granted, at: NOW - 120_000 } }),
      asker,
      "already_reported",
    ],
    ["an erased word", order({ granted: { ...granted, copy: null } }), asker, "already_reported"],
  ])("is withheld from %s", (_name, paid, who, reason) => {
    expect(decideAnswer(paid, who, NOW)).toEqual({ kind: "refuse", reason });
  });

  it("is given again, unchanged, to the retry of the same event", () => {
    const changed = order({ granted, eventTime: NOW - 5 * 60_000 });
    expect(decideAnswer(changed, asker, NOW)).toMatchObject({ kind: "fire", again: true, copy });
  });

  it.each(["blocked", "failed"])(
    "passes on to another browser when the first one's copy was %s",
    (outcome) => {
      const answer = decideAnswer(order({ granted: { ...granted, reportId: 6n, outcome } }), asker, NOW);
      expect(answer).toMatchObject({ kind: "fire", again: false });
    },
  );
});
