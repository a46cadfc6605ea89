import { beforeAll, describe, expect, it } from "vitest";

import { BLOCKED } from "./open-storefront.ts";
import { shareStorefront } from "./share-storefront.ts";
import {
  ALL_EVENTS,
  BOTH_ONCE,
  counted,
  grantPersonalData,
  listenToTracking,
  saidOf,
  SERVER_ONCE,
  TOLD_MS,
  WALK,
  walkToCart,
  type WalkEvent,
} from "./walk-funnel.ts";

const EVERY = { interval: 200 };
const shop = shareStorefront({ events: ALL_EVENTS });
beforeAll(() => grantPersonalData(shop()));

const eventsOf = (name: WalkEvent) => shop().world.meta.events({ dataset: shop().dataset, name });
const toldAs = (copies: object) => (name: WalkEvent) =>
  expect.poll(() => counted(eventsOf(name)), EVERY).toEqual([copies]);

describe("a visit from an ad to the purchase", () => {
  it("reaches Meta with both copies of every step, each counted once, of one visitor who is known better and better", async () => {
    const visitor = await shop().visit();
    const heard = listenToTracking(visitor.page);
    await visitor.page.goto(`${shop().url}/?fbclid=IwAR0-Funnel_click`);
    await expect.poll(() => visitor.cookie("_fbp"), EVERY).toMatch(/^fb\.1\./);
    await walkToCart(visitor, shop().url, toldAs(BOTH_ONCE));
    await visitor.page.click("button[name=checkout]");
    await visitor.page.waitForURL(/\/checkouts\//);
    await toldAs(BOTH_ONCE)("InitiateCheckout");
    const order = await visitor.pay();

    for (const name of WALK) await toldAs(BOTH_ONCE)(name);
    await expect
      .poll(
        () =>
          shop()
            .purchase(order)
            ?.copies.map(({ channel }) => channel)
            .sort(),
        EVERY,
      )
      .toEqual(["browser", "server"]);
    const said = Object.fromEntries(
      WALK.map((name) => [name, eventsOf(name).map((event) => saidOf(shop(), event))[0]]),
    );
    for (const name of WALK) expect([name, said[name]?.["server"]]).toEqual([name, said[name]?.["browser"]]);

    // Two tees at 29.00 without delivery and tax, as the pages of shop and checkout show them.
    expect(said["AddToCart"]?.["browser"]?.parameters).toMatchObject({
      value: "58",
      currency: "USD",
      num_items: "2",
    });
    expect(said["InitiateCheckout"]?.["browser"]?.parameters).toMatchObject({ value: "58", num_items: "2" });
    expect(said["Search"]?.["browser"]?.parameters).toMatchObject({ search_string: "tee" });
    expect(said["ViewCategory"]?.["browser"]?.parameters).toMatchObject({ content_category: "Products" });
    for (const name of WALK)
      expect(said[name]?.["browser"]?.person).toMatchObject({
        fbp: await visitor.cookie("_fbp"),
        fbc: expect.stringMatching(/\.IwAR0-Funnel_click$/) as string,
      });
    expect(Object.keys(said["ViewContent"]?.["browser"]?.person ?? {}).sort()).toEqual(["fbc", "fbp"]);
    // The buyer typed e-mail, name and address: known from the payment on.
    expect(Object.keys(said["AddPaymentInfo"]?.["browser"]?.person ?? {})).toEqual(
      expect.arrayContaining(["em", "fn", "ln", "ct", "zp", "country", "fbp", "fbc"]),
    );

    // One request a page; the product's page has a step of its own after its view, and "Pay now" is one on the checkout's:
    // where that is answered too late for its page, the next one tells it again.
    const told = (path: RegExp) => heard.pages.filter((page) => path.test(page)).length;
    expect([/^\/$/, /collections/, /search/, /products/, /cart/].map(told)).toEqual([0, 1, 1, 2, 0]);
    expect(told(/checkouts\/cn\/\w+$/)).toBeLessThanOrEqual(2);
    expect(told(/thank-you/)).toBeLessThanOrEqual(1);
    expect(shop().world.meta.state().datasets[0]?.notes).toEqual({});

    // The same tab later: the visit still knows the buyer, as hashes alone.
    await visitor.page.goto(`${shop().url}/products/ornament`);
    await expect.poll(() => counted(eventsOf("ViewContent")), EVERY).toEqual([BOTH_ONCE, BOTH_ONCE]);
    const later = eventsOf("ViewContent").at(-1);
    expect(later?.copies.map(({ keys }) => keys.includes("em"))).toEqual([true, true]);
    const kept = await visitor.page.evaluate(() => JSON.stringify({ ...sessionStorage }));
    expect(kept).toContain("tandem:visit");
    expect(kept).not.toMatch(/jane|example\.com/i);
  });

  it("behind an ad blocker arrives from the server alone", async () => {
    shop().world.meta.reset("received");
    const visitor = await shop().visit("adblock=on", BLOCKED);
    // Without a click there would be nothing to know this visitor by: Meta's script, which makes `_fbp`, is blocked.
    await visitor.page.goto(`${shop().url}/?fbclid=IwAR0-Blocked`);
    await expect.poll(() => visitor.cookie("_fbc"), EVERY).toMatch(/IwAR0-Blocked$/);
    await walkToCart(visitor, shop().url, toldAs(SERVER_ONCE));
    const blocked = async () => {
      const rows = await shop().query<{ label: string }>(
        `SELECT DISTINCT label FROM (SELECT metric, label FROM tally UNION ALL SELECT metric, label FROM tally_delta) told
         WHERE metric = 'funnel' AND label LIKE '%:blocked' ORDER BY 1`,
      );
      return rows.map(({ label }) => label);
    };
    await expect
      .poll(blocked, EVERY)
      .toEqual(["AddToCart:blocked", "Search:blocked", "ViewCategory:blocked", "ViewContent:blocked"]);
  });
});

describe("consent", () => {
  it("that was refused or not given: no request to the app and none to Meta", async () => {
    shop().world.meta.reset("received");
    for (const answer of ["decline", "nothing"] as const) {
      const visitor = await shop().visit("region=eu");
      const heard = listenToTracking(visitor.page);
      await visitor.page.goto(`${shop().url}/?fbclid=IwAR0-Refused`);
      if (answer === "decline") await visitor.decline();
      await walkToCart(visitor, shop().url);
      expect(heard).toEqual({ app: [], meta: [], pages: [] });
    }
    expect(shop().world.meta.events()).toEqual([]);
  });

  it("given on a product's page tells what follows, not what came before", async () => {
    shop().world.meta.reset("received");
    const visitor = await shop().visit("region=eu");
    await visitor.page.goto(`${shop().url}/products/tee`);
    await visitor.page.waitForTimeout(1_000);
    await visitor.accept();
    await expect.poll(() => visitor.cookie("_fbp"), EVERY).toMatch(/^fb\.1\./);
    await visitor.page.waitForTimeout(TOLD_MS);
    await visitor.page.click("button[name=add]");
    await visitor.page.waitForURL(/\/cart$/);
    await expect.poll(() => counted(eventsOf("AddToCart")), EVERY).toEqual([BOTH_ONCE]);
    expect(eventsOf("ViewContent")).toEqual([]);
  });
});

it("two tabs of one visitor: each tells its own", async () => {
  shop().world.meta.reset("received");
  const one = await shop().visit();
  await one.arrive();
  const two = await one.page.context().newPage();
  await Promise.all([
    one.page.goto(`${shop().url}/products/tee`),
    two.goto(`${shop().url}/products/ornament`),
  ]);
  await expect.poll(() => counted(eventsOf("ViewContent")), EVERY).toEqual([BOTH_ONCE, BOTH_ONCE]);
  await two.close();
});
