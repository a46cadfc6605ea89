import { describe, expect, it } from "vitest";

import { BLOCKED, verdict } from "./open-storefront.ts";
import { shareStorefront } from "./share-storefront.ts";

const EVERY = { interval: 100 };
const shop = shareStorefront();

describe("a purchase, in a browser", () => {
  it("reaches Meta twice under the order's number, agrees to the cent and counts once", async () => {
    const visitor = await shop().visit();
    await visitor.page.goto(`${shop().url}/?fbclid=IwAR0-Test_click`);
    await expect.poll(() => visitor.cookie("_fbp"), EVERY).toMatch(/^fb\.1\.\d{13}\.\d+$/);
    const order = await visitor.buy();

    await expect
      .poll(() => verdict(shop().purchase(order)), EVERY)
      .toEqual({
        id: String(order.payload.order_number),
        copies: ["browser", "server"],
        counted: 1,
        differences: [],
      });
    const copies = shop().purchase(order)?.copies ?? [];
    const [first, second] = copies;
    // A tee at 29.00, shipping 4.99, and 6.25 % tax on the tee alone.
    expect(copies.map(({ value, currency }) => [value, currency])).toEqual([
      [35.8, "USD"],
      [35.8, "USD"],
    ]);
    expect(Math.abs((first?.eventTime ?? 0) - (second?.eventTime ?? 0))).toBeLessThanOrEqual(300);
    const server = copies.find(({ channel }) => channel === "server");
    expect(server?.keys).toEqual(
      expect.arrayContaining(["em", "fbp", "fbc", "client_ip_address", "client_user_agent"]),
    );
    await expect
      .poll(() => shop().conversion(order), EVERY)
      .toMatchObject({
        event_id: String(order.payload.order_number),
        pairing: "paired",
        delivery: "delivered",
      });
  });

  it("is found by its checkout where the browser never learns the order's ID", async () => {
    const visitor = await shop().visit("orderId=null");
    const order = await visitor.buy();
    await expect
      .poll(() => verdict(shop().purchase(order)), EVERY)
      .toMatchObject({ copies: ["browser", "server"], counted: 1, differences: [] });
    await expect.poll(() => shop().conversion(order), EVERY).toMatchObject({ pairing: "paired" });
  });

  it("behind an ad blocker arrives from the server alone, at once, and counts once", async () => {
    const visitor = await shop().visit("adblock=on&orderId=gid", BLOCKED);
    const order = await visitor.buy();
    const paid = Date.now();
    await expect
      .poll(() => shop().conversion(order), EVERY)
      .toMatchObject({ pairing: "server_only", delivery: "delivered" });
    // Told by the pixel that its copy was blocked, the server copy does not wait for it.
    expect(Date.now() - paid).toBeLessThan(15_000);
    expect(verdict(shop().purchase(order))).toMatchObject({ copies: ["server"], counted: 1 });
  });

  it("on a page loaded five times more, with the event each time, counts once", async () => {
    const visitor = await shop().visit("repeatEvent=on");
    const order = await visitor.buy();
    await expect
      .poll(() => verdict(shop().purchase(order)), EVERY)
      .toMatchObject({ copies: ["browser", "server"] });
    for (let load = 0; load < 5; load += 1) {
      await visitor.page.reload();
      await visitor.page.waitForTimeout(400);
    }
    expect(verdict(shop().purchase(order))).toMatchObject({ copies: ["browser", "server"], counted: 1 });
  });

  it("whose page is opened in a second browser fires there no more", async () => {
    const buyer = await shop().visit("repeatEvent=on");
    const order = await buyer.buy();
    await expect
      .poll(() => verdict(shop().purchase(order)), EVERY)
      .toMatchObject({ copies: ["browser", "server"] });
    const second = await shop().visit("repeatEvent=on");
    const answered = second.page.waitForResponse(/\/pixel\/checkout$/);
    await second.page.goto(buyer.page.url());
    expect(await (await answered).json()).toMatchObject({ fire: false, reason: "already_reported" });
    expect(verdict(shop().purchase(order))).toMatchObject({ copies: ["browser", "server"], counted: 1 });
  });

  it("with an offer accepted after the payment counts once, with one value on both sides", async () => {
    const visitor = await shop().visit("upsell=on");
    const placed = await visitor.buy();
    await visitor.page.waitForTimeout(4000);
    await visitor.page.click("text=Add to my order");
    await visitor.page.waitForURL(/thank-you/);
    await expect
      .poll(() => shop().conversion(placed), EVERY)
      .toMatchObject({ pairing: "paired", delivery: "delivered" });
    expect(verdict(shop().purchase(placed))).toMatchObject({
      copies: ["browser", "server"],
      counted: 1,
      differences: [],
    });
  });

  it("with an offer answered before the app has heard of the order counts once", async () => {
    const visitor = await shop().visit("upsell=on");
    const placed = await visitor.buy();
    await visitor.page.click("text=Add to my order");
    await visitor.page.waitForURL(/thank-you/);
    await expect
      .poll(() => shop().conversion(placed), { interval: 200 })
      .toMatchObject({ delivery: "delivered" });
    expect(verdict(shop().purchase(placed))).toMatchObject({ counted: 1, differences: [] });
  });

  it("of a visitor who opted out of the sale of data counts once, with Limited Data Use on both sides", async () => {
    const visitor = await shop().visit();
    await visitor.page.goto(shop().url);
    await visitor.page.click("[data-opt-out]");
    await expect.poll(() => visitor.cartAttributes(), EVERY).toMatchObject({ _tandem_consent: "m1a1p1s0" });
    const order = await visitor.buy();
    await expect
      .poll(() => verdict(shop().purchase(order)), EVERY)
      .toMatchObject({ copies: ["browser", "server"], counted: 1, differences: [] });
    expect(
      shop()
        .purchase(order)
        ?.copies.map(({ limited }) => limited),
    ).toEqual([true, true]);
  });

  it("that is a test order reaches Meta from neither side", async () => {
    const visitor = await shop().visit("testOrder=on&webhook=first");
    const answered = visitor.page.waitForResponse(/\/pixel\/checkout$/);
    const order = await visitor.buy();
    expect(await (await answered).json()).toMatchObject({ fire: false, reason: "test_order" });
    expect(await shop().conversion(order)).toMatchObject({ delivery: "skipped: test_order" });
    expect(shop().purchase(order)).toBeUndefined();
  });

  it("never reaches Meta under an ID that is no order's number", () => {
    const numbers = [...shop().world.shopify.store(shop().shop).orders.values()].map(({ payload }) =>
      String(payload.order_number),
    );
    const ids = shop()
      .purchases()
      .map(({ id }) => id ?? "none");
    expect(ids.filter((id) => !numbers.includes(id))).toEqual([]);
    expect(
      shop()
        .purchases()
        .filter(({ counted }) => counted !== 1),
    ).toEqual([]);
  });
});
