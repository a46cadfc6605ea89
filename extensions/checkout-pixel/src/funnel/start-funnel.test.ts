import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ALL_ALLOWED, forbiddenStorage, memoryStorage } from "../../../../tests/extensions/fake-checkout.ts";
import {
  FBP,
  NOW,
  add,
  hits,
  pass,
  reported,
  reports,
  view,
  openFunnelPage as open,
} from "../../../../tests/extensions/funnel-page.ts";
import {
  checkoutStarted,
  collectionViewed,
  productViewed,
  shopifyEvent,
} from "../../../../tests/extensions/shopify-events.ts";

const REFUSED = { ...ALL_ALLOWED, marketingAllowed: false };
const sha = (text: string) => createHash("sha256").update(text).digest("hex");

beforeEach(() => vi.useFakeTimers({ now: NOW }));
afterEach(() => vi.useRealTimers());

describe("an event", () => {
  it("leaves for each dataset at once, and the same for the app in one request", async () => {
    const page = open({ customer: { id: "77", email: "Jane@Example.com" } });
    const event = view();
    page.publish("product_viewed", event);
    await pass(10);
    const known = { em: sha("jane@example.com"), external_id: sha("77") };
    expect(hits(page)).toEqual(
      ["1111111111", "2222222222"].map((id) => ({
        id,
        ev: "ViewContent",
        eid: event.id,
        dl: "https://hats.example/products/hat",
        ts: String(NOW),
        v: "tandem-1.4.1",
        fbp: FBP,
        noscript: "1",
        "cd[contents]": '[{"id":"40000000000005","quantity":1,"item_price":29}]',
        "cd[content_ids]": '["40000000000005"]',
        "cd[content_type]": "product",
        "cd[num_items]": "1",
        "cd[content_name]": "Hat",
        "cd[content_category]": "Hats",
        "cd[value]": "29",
        "cd[currency]": "USD",
        "ud[em]": known.em,
        "ud[external_id]": known.external_id,
      })),
    );
    await pass(2_000);
    expect(reports(page)).toEqual([
      {
        v: 1,
        shop: "hats.myshopify.com",
        sentAt: NOW + 1_500,
        consent: { marketing: true, analytics: true, preferences: true, saleOfData: true },
        userAgent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0",
        visitors: [{ fbp: FBP, known }],
        events: [
          {
            name: "ViewContent",
            id: event.id,
            time: NOW,
            page: "https://hats.example/products/hat",
            outcome: "sent",
            visitor: 0,
            parameters: {
              contents: [{ id: "40000000000005", quantity: 1, item_price: 29 }],
              content_ids: ["40000000000005"],
              content_type: "product",
              num_items: 1,
              content_name: "Hat",
              content_category: "Hats",
              value: 29,
              currency: "USD",
            },
          },
        ],
      },
    ]);
    expect(page.to("/pixel/events")[0]?.init).toMatchObject({ method: "POST", keepalive: true });
    expect(page.to("/pixel/events")[0]?.init).not.toHaveProperty("credentials");
  });

  it("that the store has for the browser alone is told to nobody else", async () => {
    const page = open();
    page.publish("collection_viewed", shopifyEvent(collectionViewed, NOW));
    await pass(60_000);
    expect(hits(page).map(({ ev }) => ev)).toEqual(["ViewCategory", "ViewCategory"]);
    expect(reports(page)).toEqual([]);
  });

  it.each([null, { events: {} }, { datasets: [] }, { v: 2 as 1 }])(
    "is none with the choices %j",
    async (choices) => {
      const page = open({ choices });
      page.publish("product_viewed", view());
      await pass(60_000);
      expect(page.sent).toEqual([]);
    },
  );

  it("that comes twice, or holds nothing for Meta, or has no ID, is not sent (again)", async () => {
    const page = open();
    const event = view();
    page.publish("product_viewed", event);
    page.publish("product_viewed", event);
    page.publish("product_viewed", { ...view(), data: {} });
    page.publish("product_viewed", { ...view(), id: "" });
    await pass(60_000);
    expect(hits(page)).toHaveLength(2);
    expect(reported(page)).toHaveLength(1);
  });

  it("under Limited Data Use says so where the sale of data was refused and the store honours it", async () => {
    const privacy = { ...ALL_ALLOWED, saleOfDataAllowed: false };
    for (const ldu of [true, false]) {
      const page = open({ privacy, choices: { ldu } });
      page.publish("product_viewed", view());
      await pass(2_000);
      expect(hits(page)[0]?.["dpo"]).toBe(ldu ? "LDU" : undefined);
      expect(reports(page)[0]?.consent.saleOfData).toBe(false);
    }
  });

  it("with more goods than an address holds is shortened on both copies alike", async () => {
    const page = open();
    const checkout = checkoutStarted({ email: "jane@example.com" }, 20);
    page.publish("checkout_started", shopifyEvent(checkout, NOW, "https://hats.example/checkouts/cn/x"));
    await pass(2_000);
    const [hit] = hits(page);
    const [event] = reported(page);
    expect(page.to("/tr/")[0]?.url.href.length).toBeLessThanOrEqual(2_000);
    expect(event?.parameters.contents?.length).toBeGreaterThan(5);
    expect(hit?.["cd[contents]"]).toBe(JSON.stringify(event?.parameters.contents));
    expect(hit?.["cd[content_ids]"]).toBe(JSON.stringify(event?.parameters.content_ids));
    expect([hit?.["cd[value]"], hit?.["cd[num_items]"]]).toEqual(["580", "20"]);
  });
});

describe("the browser copy's fate", () => {
  it("is told where it was blocked, also by an event that leaves at once", async () => {
    const page = open({ meta: "error" });
    page.publish("product_added_to_cart", add());
    await pass(5);
    expect(reported(page).map(({ outcome }) => outcome)).toEqual(["blocked"]);
  });

  it("is sent where nothing stopped it in time", async () => {
    const page = open({ meta: "silence" });
    page.publish("product_added_to_cart", add());
    await pass(250);
    expect(reported(page).map(({ outcome }) => outcome)).toEqual(["sent"]);
  });
});

describe("identifiers", () => {
  it("are waited for on the first page of a visit, a second at most", async () => {
    const cookies: Record<string, string> = {};
    const page = open({ cookies });
    page.publish("product_viewed", view());
    await pass(600);
    expect(hits(page)).toEqual([]);
    cookies["_fbp"] = FBP;
    await pass(300);
    expect(hits(page)[0]).toMatchObject({ fbp: FBP });

    const without = open({ cookies: {} });
    without.publish("product_viewed", view());
    await pass(1_100);
    expect(hits(without)[0]).not.toHaveProperty("fbp");
  });

  it("are those of the click that led to this page", async () => {
    const old = "fb.1.1761288000000.IwAR_old_click";
    const cookies: Record<string, string> = { _fbp: FBP, _fbc: old };
    const page = open({ cookies });
    page.publish(
      "product_viewed",
      shopifyEvent(productViewed, NOW, "https://hats.example/?a=1&fbclid=IwAR_new"),
    );
    await pass(300);
    expect(hits(page)).toEqual([]);
    cookies["_fbc"] = "fb.1.1764237600000.IwAR_new";
    await pass(300);
    expect(hits(page)[0]).toMatchObject({ fbc: "fb.1.1764237600000.IwAR_new" });
  });
});

describe("consent", () => {
  it("that is not there: no event, no request, nothing kept", async () => {
    const values = new Map<string, string>();
    const page = open({ privacy: REFUSED, sessionStorage: memoryStorage(values), customer: { id: "7" } });
    page.publish("product_viewed", view());
    await pass(60_000);
    expect(page.sent).toEqual([]);
    expect([...values]).toEqual([]);
  });

  it("given in the middle of a page: what came before is not told", async () => {
    const localStorage = memoryStorage(new Map([["tandem:allowed", String(NOW - 3_000)]]));
    const page = open({ localStorage });
    page.publish("product_viewed", view(NOW - 5_000));
    page.publish("product_added_to_cart", add(NOW - 2_000));
    await pass(5_000);
    expect(reported(page).map(({ name }) => name)).toEqual(["AddToCart"]);
    expect(hits(page).map(({ ev }) => ev)).toEqual(["AddToCart", "AddToCart"]);
  });

  it("without a mark of its moment: what is older than a page takes to load is not told", async () => {
    const page = open();
    page.publish("product_viewed", view(NOW - 15_001));
    page.publish("product_viewed", { ...view(), timestamp: "soon" });
    page.publish("product_added_to_cart", add(NOW - 14_000));
    await pass(5_000);
    expect(reported(page).map(({ name }) => name)).toEqual(["AddToCart"]);
  });

  it("withdrawn: what waits is dropped, what the visit knew is forgotten", async () => {
    const values = new Map<string, string>();
    const page = open({ sessionStorage: memoryStorage(values), customer: { id: "7" } });
    page.publish("product_viewed", view());
    await pass(500);
    expect([...values.keys()].sort()).toEqual(["tandem:events", "tandem:visit"]);
    page.choose(REFUSED);
    await pass(60_000);
    expect(reports(page)).toEqual([]);
    expect([...values]).toEqual([]);
  });

  it("withdrawn while identifiers are waited for: nothing leaves", async () => {
    const page = open({ cookies: {} });
    page.publish("product_viewed", view());
    await pass(500);
    page.choose(REFUSED);
    await pass(60_000);
    expect(page.sent).toEqual([]);
  });
});

describe("what the visit knows", () => {
  it("is kept as hashes for the pages that follow, and grows", async () => {
    const values = new Map<string, string>();
    const sessionStorage = memoryStorage(values);
    const checkout = open({ sessionStorage });
    checkout.publish("checkout_started", shopifyEvent(checkoutStarted({ email: "jane@example.com" }), NOW));
    await pass(1_000);
    expect(JSON.parse(values.get("tandem:visit") ?? "")).toEqual({ em: sha("jane@example.com") });

    const later = open({ sessionStorage, customer: { id: "7", email: null } });
    later.publish("product_viewed", view());
    await pass(2_000);
    expect(reports(later)[0]?.visitors).toEqual([
      { fbp: FBP, known: { em: sha("jane@example.com"), external_id: sha("7") } },
    ]);
    expect(JSON.stringify([...values])).not.toContain("jane");
  });

  it("is each event's own where the browser keeps nothing", async () => {
    const page = open({ sessionStorage: forbiddenStorage, customer: { id: "7" } });
    page.publish("product_viewed", view());
    await pass(2_000);
    expect(reports(page)[0]?.visitors).toEqual([{ fbp: FBP, known: { external_id: sha("7") } }]);
  });
});

it("leaves the Purchase as it is, whatever the funnel's setting holds", async () => {
  const settings = {
    appUrl: "https://app.example",
    trUrl: "https://www.facebook.com/tr/",
    accountID: "hats.myshopify.com",
  };
  for (const funnel of ["", "{", "null", "[]", '{"v":1,"datasets":[1],"events":{"ViewContent":"both"}}']) {
    const page = open({ settings: { ...settings, funnel } });
    const completed = shopifyEvent(checkoutStarted({ order: { id: "6100000000001" } }), NOW);
    page.publish("checkout_completed", completed);
    await pass(2_000);
    expect(page.to("/pixel/checkout")).toHaveLength(1);
  }
});
