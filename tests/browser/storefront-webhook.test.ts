import { describe, expect, it } from "vitest";

import { APP_DOWN, verdict } from "./open-storefront.ts";
import { shareStorefront } from "./share-storefront.ts";

const EVERY = { interval: 100 };
const DAY_MS = 86_400_000;
// A fiftieth of Shopify's waits: a webhook that finds nobody is tried again after 1, 2, 5 and 9 seconds.
const shop = shareStorefront({ webhookTimeScale: 0.02, reportWaitSeconds: 4 });
const bothOnce = { copies: ["browser", "server"], counted: 1, differences: [] };

describe("a purchase whose webhook comes", () => {
  it("before the page asks: both copies, counted once", async () => {
    const visitor = await shop().visit("webhook=first");
    const order = await visitor.buy();
    await expect.poll(() => verdict(shop().purchase(order)), EVERY).toMatchObject(bothOnce);
    await expect
      .poll(() => shop().conversion(order), EVERY)
      .toMatchObject({ pairing: "paired", via: "webhook" });
  });

  it("while the page waits for the answer: both copies, counted once", async () => {
    const visitor = await shop().visit("webhook=slow&webhookDelayMs=1500");
    const order = await visitor.buy();
    await expect.poll(() => verdict(shop().purchase(order)), EVERY).toMatchObject(bothOnce);
    await expect
      .poll(() => shop().conversion(order), EVERY)
      .toMatchObject({ pairing: "paired", via: "webhook" });
  });

  it("after the page has had its word from Shopify's Admin API: the webhook changes nothing any more", async () => {
    const visitor = await shop().visit("webhook=slow&webhookDelayMs=6000");
    const order = await visitor.buy();
    await expect.poll(() => verdict(shop().purchase(order)), EVERY).toMatchObject(bothOnce);
    expect(await shop().conversion(order)).toMatchObject({ via: "lookup" });
    await shop().world.shopify.webhooks.idle();
    await visitor.page.waitForTimeout(1000);
    expect(verdict(shop().purchase(order))).toMatchObject(bothOnce);
    expect(await shop().conversion(order)).toMatchObject({ pairing: "paired", delivery: "delivered" });
  });

  it("after the page gave up, with Shopify's Admin API down as well: the server's copy alone", async () => {
    const { faults } = shop().world.shopify.admin;
    Object.assign(faults, { failNext: 1000 });
    const visitor = await shop().visit("webhook=slow&webhookDelayMs=12000");
    await visitor.arrive();
    const answered = visitor.page.waitForResponse(/\/pixel\/checkout$/);
    const order = await visitor.buy();
    expect(await (await answered).json()).toEqual({ fire: false, reason: "unknown_order" });
    Object.assign(faults, { failNext: 0 });
    await expect.poll(() => shop().conversion(order), EVERY).toMatchObject({ delivery: "delivered" });
    expect(verdict(shop().purchase(order))).toMatchObject({ copies: ["server"], counted: 1 });
    // What the page had told is not lost with it.
    expect(shop().purchase(order)?.copies[0]?.keys).toContain("fbp");
  });

  it("never: Shopify is asked, both copies, counted once", async () => {
    const visitor = await shop().visit("webhook=lost");
    const order = await visitor.buy();
    await expect.poll(() => verdict(shop().purchase(order)), EVERY).toMatchObject(bothOnce);
    await expect
      .poll(() => shop().conversion(order), EVERY)
      .toMatchObject({ pairing: "paired", via: "lookup" });
  });
});

describe("a bank transfer", () => {
  it("that arrives three days later is counted once, from the server, and not before", async () => {
    // The order is dated back three days, and so is the buyer's clock: they bought then.
    const visitor = await shop().visit("payment=bank&ageDays=3", undefined, Date.now() - 3 * DAY_MS);
    await visitor.arrive();
    const answered = visitor.page.waitForResponse(/\/pixel\/checkout$/);
    const order = await visitor.buy();
    expect(await (await answered).json()).toEqual({ fire: false, reason: "awaiting_payment" });
    expect(shop().purchase(order)).toBeUndefined();
    expect(await visitor.cookie("_fbp")).toMatch(/^fb\.1\.\d{13}\./);

    await visitor.page.click("text=The transfer arrives");
    await expect.poll(() => shop().conversion(order), EVERY).toMatchObject({ delivery: "delivered" });
    expect(verdict(shop().purchase(order))).toMatchObject({ copies: ["server"], counted: 1 });
    // The time of the purchase and the identifiers of three days ago come along.
    const [copy] = shop().purchase(order)?.copies ?? [];
    expect(Math.abs((copy?.eventTime ?? 0) * 1000 - order.createdAt)).toBeLessThan(300_000);
    expect(copy?.keys).toContain("fbp");
    await visitor.page.waitForTimeout(1500);
    expect(verdict(shop().purchase(order))).toMatchObject({ copies: ["server"], counted: 1 });
  });

  it("of a minute ago fires on the customer's order page, once for all visits", async () => {
    const visitor = await shop().visit("payment=bank");
    const answered = visitor.page.waitForResponse(/\/pixel\/checkout$/);
    const order = await visitor.buy();
    expect(await (await answered).json()).toEqual({ fire: false, reason: "awaiting_payment" });
    await visitor.page.click("text=The transfer arrives");
    await expect.poll(() => shop().conversion(order), EVERY).toMatchObject({ delivery: "delivered" });
    for (let visit = 0; visit < 2; visit += 1) {
      await visitor.page.goto(`${shop().url}/account/orders/${order.payload.token}`);
      await expect.poll(() => verdict(shop().purchase(order)), EVERY).toMatchObject(bothOnce);
      await visitor.page.waitForTimeout(1500);
    }
    expect(verdict(shop().purchase(order))).toMatchObject(bothOnce);
    await expect.poll(() => shop().conversion(order), EVERY).toMatchObject({ pairing: "paired" });
  });
});

describe("a purchase while the app is down", () => {
  it("fires nothing in the browser; once the app is back, the server's copy goes and counts once", async () => {
    const visitor = await shop().visit("", APP_DOWN);
    await visitor.toCheckout();
    await shop().world.app.kill();
    const order = await visitor.pay();
    // The pixel asks, waits a second, asks once more and gives up.
    await visitor.page.waitForTimeout(3000);
    await shop().world.app.start();
    await expect.poll(() => shop().conversion(order), EVERY).toMatchObject({ delivery: "delivered" });
    await shop().world.shopify.webhooks.idle();
    expect(verdict(shop().purchase(order))).toMatchObject({ copies: ["server"], counted: 1 });
    // For an hour a browser might still tell of itself; then the pair is closed as server_only.
    expect(await shop().conversion(order)).toMatchObject({ pairing: "pending" });
  });
});
