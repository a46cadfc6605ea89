import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { signProxyQuery } from "../auth/sign-request.ts";
import { SHOP, StorefrontDesk } from "#tests/setup/sandbox/storefront-desk.ts";

const desk = await StorefrontDesk.open();
afterAll(() => desk.close());
beforeEach(() => desk.visit());

describe("a storefront", () => {
  it("renders the app's embed in the head, with its metafield as safe JSON and its asset", async () => {
    await desk.page.goto(desk.shopUrl);
    expect(JSON.parse((await desk.page.textContent("#block")) ?? "")).toEqual({ datasets: ["</script>1"] });
    await desk.page.waitForFunction(() => "embedRan" in window);
    await expect.poll(() => desk.meta.to("/tr/").length).toBe(1);
    expect(desk.problems).toEqual([]);
  });

  it("renders no embed that the merchant has not switched on", async () => {
    desk.sandbox.store(SHOP).embed.active = false;
    await desk.page.goto(desk.shopUrl);
    expect(await desk.page.locator("#block").count()).toBe(0);
    desk.sandbox.store(SHOP).embed.active = true;
  });

  it("merges cart attributes by key, and an empty value removes", async () => {
    await desk.page.goto(desk.shopUrl);
    const update = (attributes: object) =>
      desk.page.evaluate(async (given) => {
        const headers = { "content-type": "application/json" };
        const response = await fetch("/cart/update.js", {
          method: "POST",
          headers,
          body: JSON.stringify({ attributes: given }),
        });
        return ((await response.json()) as { attributes: unknown }).attributes;
      }, attributes);
    await update({ other: "kept", _fbp: "fb.1.1.1" });
    expect(await update({ _fbp: "" })).toEqual({ other: "kept" });
  });

  it("signs what it forwards to the app and keeps the visitor's cookies to itself", async () => {
    await desk.page.goto(desk.shopUrl);
    await desk.page.evaluate(() => fetch("/apps/tandem/heartbeat?a=1&a=2", { method: "POST", body: "{}" }));
    const [request] = desk.app.to("/proxy/heartbeat");
    const query = request?.query ?? new URLSearchParams();
    expect(query.get("shop")).toBe(SHOP);
    expect(query.get("path_prefix")).toBe("/apps/tandem");
    expect(query.get("signature")).toBe(signProxyQuery(query, "secret"));
    expect(request?.headers.cookie).toBeUndefined();
  });

  it("asks EU visitors first, and tells who answered", async () => {
    await desk.set("region=eu");
    const allowed = () =>
      desk.page.evaluate(async () => {
        const { Shopify } = window as unknown as {
          Shopify: {
            loadFeatures(f: object[], done: () => void): void;
            customerPrivacy: { marketingAllowed(): boolean };
          };
        };
        await new Promise<void>((done) =>
          Shopify.loadFeatures([{ name: "consent-tracking-api", version: "0.1" }], done),
        );
        return Shopify.customerPrivacy.marketingAllowed();
      });
    expect(await allowed()).toBe(false);
    const detail = desk.page.evaluate(
      () =>
        new Promise((resolve) =>
          document.addEventListener("visitorConsentCollected", (event) =>
            resolve((event as CustomEvent).detail),
          ),
        ),
    );
    await desk.page.click("[data-consent=accept]");
    expect(await detail).toMatchObject({ marketingAllowed: true, saleOfDataAllowed: true });
    expect(await allowed()).toBe(true);
    await desk.page.goto(`${desk.shopUrl}/cart`);
    expect(await desk.page.locator("#consent-banner").count()).toBe(0);
  });
});
