import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeStorefront, type FakeStorefrontOptions } from "../../../tests/extensions/fake-storefront.ts";
import { isPairable } from "./order-purchase.ts";
import { startStorefrontPixel } from "./start-storefront-pixel.ts";

const NOW = Date.UTC(2026, 8, 3, 10, 0, 0);
const PAID_AT = NOW / 1000 - 3600;
const ORDER = { id: 6100000000001, status: "paid", paidAt: PAID_AT };
const BLOCK = {
  shop: "hats.myshopify.com",
  page: "customers/order",
  order: ORDER,
  settings: {
    v: 1,
    datasets: ["1111111111"],
    heartbeat: 0,
    fbevents: "https://meta.example/fbevents.js",
    ldu: true,
  },
};
const FIRE = {
  fire: true,
  ticket: "t-1",
  eventId: "923177",
  eventTime: PAID_AT,
  value: 38.36,
  currency: "USD",
  orderId: "6100000000001",
  contents: [{ id: "7", quantity: 3, item_price: 9.57 }],
  datasets: ["1111111111"],
};

async function visit(options: FakeStorefrontOptions = {}): Promise<FakeStorefront> {
  const page = new FakeStorefront({ block: BLOCK, order: FIRE, ...options });
  void startStorefrontPixel(page.window, Date.now, () => 0.5);
  await vi.advanceTimersByTimeAsync(20_000);
  return page;
}

const purchases = (page: FakeStorefront) => page.calls.filter((call) => call[2] === "Purchase");

beforeEach(() => vi.useFakeTimers({ now: NOW }));
afterEach(() => vi.useRealTimers());

it.each([
  ["paid an hour ago", { ...ORDER }, true],
  ["paid 46 h 59 min ago", { ...ORDER, paidAt: NOW / 1000 - 47 * 3600 + 60 }, true],
  ["paid 47 h ago: Meta would count it again", { ...ORDER, paidAt: NOW / 1000 - 47 * 3600 }, false],
  ["not paid yet", { ...ORDER, status: "pending" }, false],
  ["refunded", { ...ORDER, status: "refunded" }, false],
])("%s", (_name, order, pairable) => {
  expect(isPairable(order, NOW)).toBe(pairable);
});

describe("a customer's order page", () => {
  it("fires the Purchase with the server's word to the letter, and says so", async () => {
    const page = await visit();
    expect(page.sent("/apps/tandem/order")).toEqual([
      {
        v: 1,
        orderId: "6100000000001",
        consent: { marketing: true, analytics: true, preferences: false, saleOfData: true },
        fbp: "fb.1.1761288000000.1098115397",
        pageUrl: "https://www.example.com/products/hat",
        clientTime: expect.any(Number),
      },
    ]);
    expect(purchases(page)).toEqual([
      [
        "trackSingle",
        "1111111111",
        "Purchase",
        {
          value: 38.36,
          currency: "USD",
          order_id: "6100000000001",
          contents: [{ id: "7", quantity: 3, item_price: 9.57 }],
        },
        { eventID: "923177" },
      ],
    ]);
    expect(page.sent("/apps/tandem/fired")).toEqual([
      {
        v: 1,
        shop: "hats.myshopify.com",
        ticket: "t-1",
        outcome: "sent",
        datasets: [{ id: "1111111111", outcome: "sent" }],
        firedAt: expect.any(Number),
      },
    ]);
  });

  it("is silent on every revisit in the same browser", async () => {
    const storage = new Map<string, string>();
    await visit({ storage });
    const again = await visit({ storage });
    expect(again.sent("/apps/tandem/order")).toEqual([]);
    expect(purchases(again)).toEqual([]);
  });

  it("asks again later when the server withheld", async () => {
    const storage = new Map<string, string>();
    const waiting = await visit({ storage, order: { fire: false, reason: "awaiting_payment" } });
    expect(purchases(waiting)).toEqual([]);
    expect(purchases(await visit({ storage }))).toHaveLength(1);
  });

  it("fires nothing where the browser remembers nothing: a revisit would fire again", async () => {
    const page = await visit({ storage: "forbidden" });
    expect(page.sent("/apps/tandem/order")).toEqual([]);
    expect(purchases(page)).toEqual([]);
  });

  it("reports an ad blocker", async () => {
    const page = await visit({ adBlocker: true });
    expect(page.sent("/apps/tandem/fired")[0]).toMatchObject({
      outcome: "blocked",
      datasets: [{ id: "1111111111", outcome: "blocked" }],
    });
  });

  it("limits data use as the server says", async () => {
    const page = await visit({ order: { ...FIRE, limit: { country: 1, state: 1000 } } });
    const limit = page.calls.findIndex(([method]) => method === "dataProcessingOptions");
    expect(page.calls[limit]).toEqual(["dataProcessingOptions", ["LDU"], 1, 1000]);
    expect(limit).toBe(page.calls.findIndex((call) => call[2] === "Purchase") - 1);
  });

  it("fires nothing without consent, and nothing for an answer that is not whole", async () => {
    expect((await visit({ marketing: null })).requests).toEqual([]);
    expect(purchases(await visit({ order: { ...FIRE, eventId: undefined } }))).toEqual([]);
  });
});
