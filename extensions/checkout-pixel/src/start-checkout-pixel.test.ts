import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  ALL_ALLOWED,
  checkoutCompleted,
  FakeCheckout,
  type FakeCheckoutOptions,
  forbiddenStorage,
  memoryStorage,
} from "../../../tests/extensions/fake-checkout.ts";
import type { CheckoutCompleted } from "./pixel-surroundings.ts";
import { startCheckoutPixel } from "./start-checkout-pixel.ts";

const NOW = Date.UTC(2026, 8, 3, 10, 0, 1);
const FIRE = {
  fire: true,
  ticket: "t-1",
  eventId: "923177",
  eventTime: 1788429600,
  value: 38.36,
  currency: "USD",
  orderId: "6100000000001",
  datasets: ["1111111111", "2222222222"],
};
const YES = { status: 200, body: FIRE };

/** One page load on which the checkout completes; `minutes` pass afterwards. */
async function load(
  options: FakeCheckoutOptions = {},
  events: CheckoutCompleted[] = [checkoutCompleted()],
  minutes = 1,
): Promise<FakeCheckout> {
  const page = new FakeCheckout({ answers: [YES], ...options });
  startCheckoutPixel(page.api, page.worker);
  for (const event of events) page.complete(event);
  await vi.advanceTimersByTimeAsync(minutes * 60_000);
  return page;
}

const asked = (page: FakeCheckout) => page.to("/pixel/checkout");
const hits = (page: FakeCheckout) => page.to("/tr/");
const reported = (page: FakeCheckout) => page.to("/pixel/checkout/fired").map(({ body }) => body);

beforeEach(() => vi.useFakeTimers({ now: NOW }));
afterEach(() => vi.useRealTimers());

describe("a completed checkout", () => {
  it("asks, fires each dataset by the server's word, and says so", async () => {
    const page = await load();
    expect(page.sent.map(({ url }) => url.pathname)).toEqual([
      "/pixel/checkout",
      "/tr/",
      "/tr/",
      "/pixel/checkout/fired",
    ]);
    expect(hits(page).map(({ url }) => [url.searchParams.get("id"), url.searchParams.get("eid")])).toEqual([
      ["1111111111", "923177"],
      ["2222222222", "923177"],
    ]);
    expect(reported(page)).toEqual([
      {
        v: 1,
        shop: "hats.myshopify.com",
        ticket: "t-1",
        outcome: "sent",
        datasets: [
          { id: "1111111111", outcome: "sent" },
          { id: "2222222222", outcome: "sent" },
        ],
        firedAt: NOW,
      },
    ]);
  });

  it("needs no preflight and sends no credentials to the app", async () => {
    const [question] = asked(await load());
    expect(question?.init).toMatchObject({
      method: "POST",
      headers: { "Content-Type": "text/plain;charset=UTF-8" },
    });
    expect(question?.init).not.toHaveProperty("credentials");
  });

  it.each([
    { fire: false, reason: "awaiting_payment" },
    { fire: false, reason: "unknown_order", ticket: "t-2" },
    { ...FIRE, datasets: [] },
    { ...FIRE, eventId: "" },
    { ...FIRE, value: null },
    "nonsense",
    null,
  ])("fires nothing for the answer %j", async (body) => {
    const page = await load({ answers: [{ status: 200, body }] });
    expect(asked(page)).toHaveLength(1);
    expect(hits(page)).toEqual([]);
  });

  it("does nothing without a token or without settings", async () => {
    expect((await load({}, [checkoutCompleted({ token: null })])).sent).toEqual([]);
    expect((await load({ settings: { appUrl: "https://app.example" } })).sent).toEqual([]);
  });
});

describe("a silent app is asked once more, then the page stays silent too", () => {
  it.each(["error", "silence", { status: 503 }, { status: 429 }, { status: 408 }] as const)(
    "%j, then an answer",
    async (first) => {
      const page = await load({ answers: [first, YES] });
      expect(asked(page)).toHaveLength(2);
      expect(hits(page)).toHaveLength(2);
    },
  );

  it.each(["error", "silence", { status: 503 }] as const)("%j for good", async (reply) => {
    const page = await load({ answers: [reply] }, undefined, 5);
    expect(asked(page)).toHaveLength(2);
    expect(hits(page)).toEqual([]);
  });

  it("waits 12 seconds for an answer", async () => {
    const page = await load({ answers: ["silence"] }, undefined, 0);
    await vi.advanceTimersByTimeAsync(12_900);
    expect(asked(page)).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked(page)).toHaveLength(2);
  });

  it("does not repeat a question that the app calls malformed", async () => {
    expect(asked(await load({ answers: [{ status: 400 }] }))).toHaveLength(1);
  });
});

describe("at most once", () => {
  it("for an event that comes twice, as with an upsell page", async () => {
    const twice = [checkoutCompleted(), { ...checkoutCompleted(), id: "sh-0002" }];
    const page = await load({}, twice);
    expect(asked(page)).toHaveLength(1);
    expect(hits(page)).toHaveLength(2);
  });

  it("for a page that is reloaded five times", async () => {
    const localStorage = memoryStorage();
    const pages = [];
    for (let reload = 0; reload < 6; reload++) pages.push(await load({ localStorage }));
    expect(pages.flatMap(hits)).toHaveLength(2);
    expect(pages.flatMap(asked)).toHaveLength(1);
  });

  it("for two tabs at the same time", async () => {
    const localStorage = memoryStorage();
    const pages = await Promise.all([
      load({ localStorage }, [{ ...checkoutCompleted(), id: "tab-a" }]),
      load({ localStorage }, [{ ...checkoutCompleted(), id: "tab-b" }]),
    ]);
    expect(pages.flatMap(hits)).toHaveLength(2);
    expect(pages.flatMap(reported)).toHaveLength(1);
  });

  it("for a page that dies between the claim and the hit: no copy rather than two", async () => {
    const localStorage = memoryStorage();
    await load({ localStorage, meta: "silence" }, undefined, 0);
    expect(hits(await load({ localStorage }))).toEqual([]);
  });

  it("but again for the next checkout", async () => {
    const localStorage = memoryStorage();
    await load({ localStorage });
    expect(hits(await load({ localStorage }, [checkoutCompleted({ token: "another" })]))).toHaveLength(2);
  });

  it("with session storage where local storage is forbidden, and not at all where both are", async () => {
    const sessionStorage = memoryStorage();
    const pages = [];
    for (let reload = 0; reload < 2; reload++) {
      pages.push(await load({ localStorage: forbiddenStorage, sessionStorage }));
    }
    expect(pages.flatMap(hits)).toHaveLength(2);
    const neither = await load({ localStorage: forbiddenStorage, sessionStorage: forbiddenStorage });
    expect(hits(neither)).toEqual([]);
    expect(reported(neither)[0]).toMatchObject({ outcome: "failed" });
  });

  it("again after a withheld answer: the payment may have come", async () => {
    const localStorage = memoryStorage();
    await load({
      localStorage,
      answers: [{ status: 200, body: { fire: false, reason: "awaiting_payment" } }],
    });
    expect(hits(await load({ localStorage }))).toHaveLength(2);
  });
});

describe("the outcome", () => {
  it("is blocked where the browser refuses the hit", async () => {
    expect(reported(await load({ meta: "error" }))[0]).toMatchObject({ outcome: "blocked" });
  });

  it("is failed where the hit's fate is unknown after ten seconds", async () => {
    expect(reported(await load({ meta: "silence" }))[0]).toMatchObject({ outcome: "failed" });
  });
});

describe("consent", () => {
  it("refused: names the order and the refusal, nothing about the buyer, and fires nothing", async () => {
    const page = await load({
      privacy: { ...ALL_ALLOWED, marketingAllowed: false },
      cookies: { _fbp: "fb.1.1.2" },
    });
    expect(asked(page)[0]?.body).toEqual({
      v: 1,
      shop: "hats.myshopify.com",
      orderId: "6100000000001",
      checkoutToken: "bd5a8aa1ecd019dd3520ff791ee3a24c",
      consent: { marketing: false, analytics: true, preferences: true, saleOfData: true },
    });
    expect(hits(page)).toEqual([]);
  });

  it("withdrawn while the app is being asked: nothing is fired", async () => {
    const page = new FakeCheckout({ answers: ["silence", YES] });
    startCheckoutPixel(page.api, page.worker);
    page.complete(checkoutCompleted());
    await vi.advanceTimersByTimeAsync(5_000);
    page.choose({ ...ALL_ALLOWED, marketingAllowed: false });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked(page)).toHaveLength(2);
    expect(hits(page)).toEqual([]);
  });

  it("given after the page began: the later word counts", async () => {
    const page = new FakeCheckout({
      answers: [YES],
      privacy: { ...ALL_ALLOWED, marketingAllowed: false, saleOfDataAllowed: false },
    });
    startCheckoutPixel(page.api, page.worker);
    page.choose(ALL_ALLOWED);
    page.complete(checkoutCompleted());
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked(page)[0]?.body).toMatchObject({ consent: { marketing: true, saleOfData: true } });
    expect(hits(page)).toHaveLength(2);
  });
});
