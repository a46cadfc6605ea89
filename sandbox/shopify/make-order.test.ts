import { describe, expect, it } from "vitest";
import { makeOrder } from "./make-order.ts";
import { USUAL_WISHES } from "./orders/draw-order.ts";
import { readOrder, writeJson } from "./orders/order-json.ts";
import { seededRandom } from "./orders/seeded-random.ts";
import { storeTime } from "./orders/store-time.ts";
import { openStore, SEED_STORES, type Store } from "./store.ts";

const AT = Date.parse("2026-03-08T10:30:00Z");
const store = (index = 0): Store => {
  const spec = SEED_STORES[index];
  if (!spec) throw new Error("no such seed store");
  return openStore(spec, "70000001");
};

describe("an invented order", () => {
  it("has the 95 keys and the 30 line keys of a real current payload", () => {
    const order = makeOrder(store(), seededRandom(1), AT);
    const line = order.line_items[0];
    expect(Object.keys(order)).toHaveLength(95);
    expect(Object.keys(line ?? {})).toHaveLength(30);
  });

  it("repeats with its seed and differs with another", () => {
    const once = writeJson(makeOrder(store(), seededRandom(7), AT));
    expect(writeJson(makeOrder(store(), seededRandom(7), AT))).toBe(once);
    expect(writeJson(makeOrder(store(), seededRandom(8), AT))).not.toBe(once);
  });

  it("adds up on both sides in every store", () => {
    SEED_STORES.forEach((_, index) => {
      const seller = store(index);
      const random = seededRandom(index + 1);
      for (let round = 0; round < 50; round++) {
        const order = makeOrder(seller, random, AT, random.pick(USUAL_WISHES));
        for (const side of ["shop_money", "presentment_money"] as const) {
          const amount = (key: string): number =>
            Number((order[key] as Record<typeof side, { amount: string }>)[side].amount);
          const tax = order.taxes_included ? 0 : amount("total_tax_set");
          const parts = amount("subtotal_price_set") + amount("total_shipping_price_set") + tax;
          expect(parts).toBeCloseTo(amount("total_price_set"), 6);
        }
      }
    });
  });

  it("keeps IDs beyond 2^53 digit for digit through JSON", () => {
    const text = '{"id":820982911946154508,"customer":{"id":115310627314723954},"total_weight":8400}';
    const order = readOrder(text);
    expect(order.id).toBe(820982911946154508n);
    expect(writeJson(order)).toBe(text);
    expect(makeOrder(store(), seededRandom(1), AT, { hugeId: true }).id > 2n ** 53n).toBe(true);
  });

  it("has no browser facts when nobody browsed, and the staff's when a draft was entered", () => {
    const renewal = makeOrder(store(), seededRandom(1), AT, { kind: "renewal" });
    expect([
      renewal.browser_ip,
      renewal.client_details,
      renewal.landing_site,
      renewal.checkout_token,
    ]).toEqual([null, null, null, null]);
    const draft = makeOrder(store(), seededRandom(1), AT, { kind: "draft" });
    expect([draft.source_name, draft.browser_ip, draft.cart_token]).toEqual([
      "shopify_draft_order",
      "203.0.113.77",
      null,
    ]);
  });

  it("writes time as the store's wall clock on both sides of a daylight saving change", () => {
    expect(storeTime(Date.parse("2026-03-08T09:59:59Z"), "America/Los_Angeles")).toBe(
      "2026-03-08T01:59:59-08:00",
    );
    expect(storeTime(Date.parse("2026-03-08T10:00:00Z"), "America/Los_Angeles")).toBe(
      "2026-03-08T03:00:00-07:00",
    );
    expect(storeTime(Date.parse("2026-01-01T00:00:00Z"), "UTC")).toBe("2026-01-01T00:00:00+00:00");
  });
});
