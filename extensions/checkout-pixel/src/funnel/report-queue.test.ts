import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { forbiddenStorage, memoryStorage, type Reply } from "../../../../tests/extensions/fake-checkout.ts";
import {
  NOW,
  add,
  pass,
  reported,
  reports,
  view,
  openFunnelPage as open,
} from "../../../../tests/extensions/funnel-page.ts";
import { collectionViewed, shopifyEvent } from "../../../../tests/extensions/shopify-events.ts";

beforeEach(() => vi.useFakeTimers({ now: NOW }));
afterEach(() => vi.useRealTimers());

describe("the queue", () => {
  it("gathers what a page says in one moment into one request", async () => {
    const page = open();
    page.publish("product_viewed", view());
    await pass(300);
    page.publish("product_viewed", view());
    page.publish("product_added_to_cart", add());
    await pass(60_000);
    expect(reports(page)).toHaveLength(1);
    expect(reported(page).map(({ name }) => name)).toEqual(["ViewContent", "ViewContent", "AddToCart"]);
  });

  it("does not keep a step waiting: a navigation follows", async () => {
    const page = open();
    page.publish("product_added_to_cart", add());
    await pass(10);
    expect(reports(page)).toHaveLength(1);
  });

  it("leaves to the next page what a page could not send, with the same IDs", async () => {
    const sessionStorage = memoryStorage();
    const first = open({ sessionStorage, answers: ["silence"] });
    const event = view();
    first.publish("product_viewed", event);
    await pass(1_000);
    // The page goes here: its worker is asked nothing more.
    const second = open({ sessionStorage });
    second.publish("collection_viewed", shopifyEvent(collectionViewed, Date.now()));
    await pass(1_600);
    expect(reported(second).map(({ id }) => id)).toEqual([event.id]);
  });

  it("of a page from the browser's cache does not repeat what another page has sent meanwhile", async () => {
    const values = new Map<string, string>();
    const page = open({ sessionStorage: memoryStorage(values) });
    page.publish("product_viewed", view());
    await pass(500);
    values.delete("tandem:events");
    await pass(60_000);
    expect(reports(page)).toEqual([]);
  });

  it.each<Reply>(["error", { status: 503 }, { status: 429 }, { status: 408 }])(
    "tries again after %j, with growing pauses, until it is taken",
    async (reply) => {
      const values = new Map<string, string>();
      const page = open({ sessionStorage: memoryStorage(values), answers: [reply, reply, { status: 204 }] });
      page.publish("product_added_to_cart", add());
      await pass(4_900);
      expect(reports(page)).toHaveLength(1);
      await pass(200);
      expect(reports(page)).toHaveLength(2);
      await pass(9_800);
      expect(reports(page)).toHaveLength(2);
      await pass(60_000);
      expect(reports(page)).toHaveLength(3);
      expect(new Set(reported(page).map(({ id }) => id)).size).toBe(1);
      expect(values.has("tandem:events")).toBe(false);
    },
  );

  it("does not repeat what the app refuses for good", async () => {
    const page = open({ answers: [{ status: 400 }] });
    page.publish("product_added_to_cart", add());
    await pass(600_000);
    expect(reports(page)).toHaveLength(1);
  });

  it("sends 25 events a request, keeps 100, and gives up the oldest of the least worth", async () => {
    const page = open({ answers: ["error", { status: 204 }] });
    for (let count = 0; count < 60; count += 1) page.publish("product_added_to_cart", add());
    for (let count = 0; count < 60; count += 1) page.publish("product_viewed", view());
    await pass(60_000);
    const [, ...taken] = reports(page);
    expect(taken.map(({ events }) => events.length)).toEqual([25, 25, 25, 25]);
    const names = taken.flatMap(({ events }) => events.map(({ name }) => name));
    expect(names.filter((name) => name === "AddToCart")).toHaveLength(60);
  });

  it("survives junk in the storage, and sends from memory where there is none", async () => {
    for (const sessionStorage of [
      memoryStorage(new Map([["tandem:events", '["x",{},null,7]']])),
      forbiddenStorage,
    ]) {
      const page = open({ sessionStorage });
      page.publish("product_viewed", view());
      await pass(2_000);
      expect(reported(page)).toHaveLength(1);
    }
  });

  it("of one tab is not another's", async () => {
    const [one, two] = [open(), open()];
    one.publish("product_viewed", view());
    await pass(60_000);
    expect(reported(one)).toHaveLength(1);
    expect(reported(two)).toEqual([]);
  });
});
