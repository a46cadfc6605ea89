import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { SHOP, StorefrontDesk } from "#tests/setup/sandbox/storefront-desk.ts";

const desk = await StorefrontDesk.open();
afterAll(() => desk.close());
beforeEach(() => desk.visit());

const fired = () => desk.app.to("/pixel/checkout/fired").map(({ body }) => body);
const report = () =>
  JSON.parse(desk.app.to("/pixel/checkout")[0]?.body ?? "{}") as Record<string, never> & {
    checkout: {
      token: string;
      order: { id: string | null };
      attributes: unknown[];
      totalPrice: { amount: number };
    };
  };
const webhooks = () =>
  desk.app.to("/webhooks/orders/paid").map(({ body }) => JSON.parse(body) as Record<string, never>);

describe("a purchase", () => {
  it("places an order that the webhook and the web pixel agree on, from a worker of Origin null", async () => {
    await desk.page.goto(desk.shopUrl);
    await desk.page.evaluate(() => (document.cookie = "_fbp=fb.1.5.7; path=/"));
    await desk.buy();
    await expect.poll(fired).toEqual(["sent"]);
    await expect.poll(() => webhooks().length).toBe(1);
    const [order] = webhooks();
    expect(report()).toMatchObject({
      settings: { appUrl: desk.app.url },
      shop: SHOP,
      fbp: "fb.1.5.7",
      hasDom: "undefined",
      privacy: { marketingAllowed: true },
    });
    expect(report().checkout.order.id).toBe(String(order?.["id"]));
    expect(report().checkout.token).toBe(order?.["checkout_token"]);
    expect(report().checkout.totalPrice.amount).toBe(Number(order?.["total_price"]));
    expect(desk.app.to("/pixel/checkout")[0]?.headers.origin).toBe("null");
    expect(desk.problems).toEqual([]);
  });

  it("publishes checkout_completed once, however often the page is loaded", async () => {
    await desk.buy();
    await expect.poll(fired).toHaveLength(1);
    for (let load = 0; load < 3; load++) await desk.page.reload();
    await desk.page.waitForTimeout(300);
    expect(fired()).toHaveLength(1);
  });

  it("behind an ad blocker reaches the app but not Meta", async () => {
    await desk.set("adblock=on");
    await desk.buy();
    await expect.poll(fired).toEqual(["blocked"]);
    expect(desk.meta.requests).toEqual([]);
  });

  it("does not run the pixel without consent, and runs it when consent comes", async () => {
    await desk.set("region=eu");
    await desk.buy();
    await desk.page.waitForTimeout(300);
    expect(desk.app.to("/pixel/checkout")).toEqual([]);
    await desk.page.click("[data-consent=accept]");
    await expect.poll(fired).toEqual(["sent"]);
  });

  it("by bank transfer sends no webhook until the money is there", async () => {
    await desk.set("payment=bank&orderId=gid");
    await desk.buy();
    await expect.poll(fired).toHaveLength(1);
    expect(report().checkout.order.id).toMatch(/^gid:\/\/shopify\/OrderIdentity\/\d+$/);
    expect(webhooks()).toEqual([]);
    await desk.page.click("text=The transfer arrives");
    await expect.poll(() => webhooks()[0]?.["financial_status"]).toBe("paid");
  });

  it("with an accepted offer fires before it and is announced with the larger total", async () => {
    await desk.set("upsell=on");
    await desk.buy();
    await desk.page.waitForURL(/post-purchase/);
    await expect.poll(fired).toHaveLength(1);
    expect(webhooks()).toEqual([]);
    await desk.page.click("text=Add to my order");
    await desk.page.waitForURL(/thank-you/);
    await expect.poll(() => webhooks().length).toBe(1);
    expect(Number(webhooks()[0]?.["total_price"])).toBeGreaterThan(report().checkout.totalPrice.amount);
    expect(report().checkout.order.id).toBe(String(webhooks()[0]?.["id"]));
    await desk.page.waitForTimeout(200);
    expect(fired()).toHaveLength(1);
  });

  it("shows the buyer the order page, and no stranger", async () => {
    await desk.buy();
    await desk.page.click("text=Order status");
    expect(await desk.page.textContent("[data-status]")).toBe("paid");
    const stranger = await desk.browser.newPage();
    await stranger.goto(desk.page.url());
    expect(new URL(stranger.url()).pathname).toBe("/account");
    await stranger.close();
  });
});
