import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { signProxyQuery } from "../auth/sign-request.ts";
import { startShopify, type ShopifySandbox } from "../start-shopify.ts";
import { openBrowser } from "../testing/open-browser.ts";
import { startStubPixelApp, type StubPixelApp } from "../testing/stub-pixel-app.ts";

const SHOP = "tandem-demo.myshopify.com";

/** Pixel and block written for this test: it is the storefront that is on trial, not the real extensions. */
const PIXEL = `shopify.extend("WebPixel::Render", (api) => {
  api.analytics.subscribe("checkout_completed", async (event) => {
    const body = JSON.stringify({
      checkout: event.data.checkout, settings: api.settings, shop: api.init.data.shop.myshopifyDomain,
      privacy: api.init.customerPrivacy, fbp: await api.browser.cookie.get("_fbp"), hasDom: typeof document,
    });
    await fetch(api.settings.appUrl + "/pixel/checkout", { method: "POST", headers: { "content-type": "text/plain" }, body });
    const outcome = await fetch(api.settings.trUrl, { mode: "no-cors" }).then(() => "fired", () => "blocked");
    await fetch(api.settings.appUrl + "/pixel/checkout/fired", { method: "POST", body: outcome });
  });
});`;
const PIXEL_TOML = `
type = "web_pixel_extension"
[customer_privacy]
analytics = false
marketing = true
preferences = false
sale_of_data = "ldu"
[settings.fields.appUrl]
type = "single_line_text_field"
`;
const BLOCK = `<script type="application/json" id="block">{{ app.metafields.tandem.storefront.value | json }}</script>
<script src="{{ 'embed.js' | asset_url }}" async></script>
{% schema %}{ "name": "Pixel", "target": "head", "settings": [] }{% endschema %}`;
const EMBED = `window.embedRan = true; const image = new Image(); image.src = "META/tr/?ev=PageView";`;

let browser: Browser;
let context: BrowserContext;
let page: Page;
let problems: string[];
let app: StubPixelApp;
let meta: StubPixelApp;
let sandbox: ShopifySandbox;
let shopUrl = "";

beforeAll(async () => {
  browser = await openBrowser();
  app = await startStubPixelApp();
  meta = await startStubPixelApp();
  const folder = mkdtempSync(join(tmpdir(), "extension-"));
  for (const name of ["blocks", "assets"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "blocks/pixel.liquid"), BLOCK);
  writeFileSync(join(folder, "assets/embed.js"), EMBED.replace("META", meta.url));
  writeFileSync(join(folder, "pixel.js"), PIXEL);
  writeFileSync(join(folder, "pixel.toml"), PIXEL_TOML);
  sandbox = await startShopify({
    appUrl: app.url,
    apiKey: "key",
    apiSecret: "secret",
    themeExtensionDir: folder,
    webPixelBundle: join(folder, "pixel.js"),
    webPixelToml: join(folder, "pixel.toml"),
    metaUrl: meta.url,
  });
  const store = sandbox.install(SHOP);
  store.embed.active = true;
  store.webPixel = {
    id: "gid://shopify/WebPixel/1",
    settings: { appUrl: app.url, trUrl: `${meta.url}/tr/` },
  };
  const at = Date.now();
  const value = '{"datasets":["</script>1"]}';
  store.metafields.set("tandem.storefront", {
    id: "1",
    namespace: "tandem",
    key: "storefront",
    type: "json",
    value,
    createdAt: at,
    updatedAt: at,
  });
  shopUrl = store.storefrontUrl;
});
afterAll(async () => {
  await browser.close();
  await sandbox.close();
  await app.close();
  await meta.close();
});
beforeEach(async () => {
  app.requests.length = 0;
  meta.requests.length = 0;
  problems = [];
  context = await browser.newContext();
  page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.message));
});
afterEach(() => context.close());

const set = (switches: string) => page.goto(`${shopUrl}/__switches?${switches}`);
async function toCheckout(): Promise<void> {
  await page.goto(`${shopUrl}/products/tee`);
  await page.click("button[name=add]");
  await page.click("button[name=checkout]");
}
async function buy(): Promise<void> {
  await toCheckout();
  await page.click("button[name=pay]");
}
const fired = () => app.to("/pixel/checkout/fired").map(({ body }) => body);
const report = () =>
  JSON.parse(app.to("/pixel/checkout")[0]?.body ?? "{}") as Record<string, never> & {
    checkout: {
      token: string;
      order: { id: string | null };
      attributes: unknown[];
      totalPrice: { amount: number };
    };
  };
const webhooks = () =>
  app.to("/webhooks/orders/paid").map(({ body }) => JSON.parse(body) as Record<string, never>);

describe("a storefront", () => {
  it("renders the app's embed in the head, with its metafield as safe JSON and its asset", async () => {
    await page.goto(shopUrl);
    expect(JSON.parse((await page.textContent("#block")) ?? "")).toEqual({ datasets: ["</script>1"] });
    await page.waitForFunction(() => "embedRan" in window);
    await expect.poll(() => meta.to("/tr/").length).toBe(1);
    expect(problems).toEqual([]);
  });

  it("renders no embed that the merchant has not switched on", async () => {
    sandbox.store(SHOP).embed.active = false;
    await page.goto(shopUrl);
    expect(await page.locator("#block").count()).toBe(0);
    sandbox.store(SHOP).embed.active = true;
  });

  it("merges cart attributes by key, and an empty value removes", async () => {
    await page.goto(shopUrl);
    const update = (attributes: object) =>
      page.evaluate(async (given) => {
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
    await page.goto(shopUrl);
    await page.evaluate(() => fetch("/apps/tandem/heartbeat?a=1&a=2", { method: "POST", body: "{}" }));
    const [request] = app.to("/proxy/heartbeat");
    const query = request?.query ?? new URLSearchParams();
    expect(query.get("shop")).toBe(SHOP);
    expect(query.get("path_prefix")).toBe("/apps/tandem");
    expect(query.get("signature")).toBe(signProxyQuery(query, "secret"));
    expect(request?.headers.cookie).toBeUndefined();
  });

  it("asks EU visitors first, and tells who answered", async () => {
    await set("region=eu");
    const allowed = () =>
      page.evaluate(async () => {
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
    const detail = page.evaluate(
      () =>
        new Promise((resolve) =>
          document.addEventListener("visitorConsentCollected", (event) =>
            resolve((event as CustomEvent).detail),
          ),
        ),
    );
    await page.click("[data-consent=accept]");
    expect(await detail).toMatchObject({ marketingAllowed: true, saleOfDataAllowed: true });
    expect(await allowed()).toBe(true);
    await page.goto(`${shopUrl}/cart`);
    expect(await page.locator("#consent-banner").count()).toBe(0);
  });
});

describe("a purchase", () => {
  it("places an order that the webhook and the web pixel agree on, from a worker of Origin null", async () => {
    await page.goto(shopUrl);
    await page.evaluate(() => (document.cookie = "_fbp=fb.1.5.7; path=/"));
    await buy();
    await expect.poll(fired).toEqual(["fired"]);
    await expect.poll(() => webhooks().length).toBe(1);
    const [order] = webhooks();
    expect(report()).toMatchObject({
      settings: { appUrl: app.url },
      shop: SHOP,
      fbp: "fb.1.5.7",
      hasDom: "undefined",
      privacy: { marketingAllowed: true },
    });
    expect(report().checkout.order.id).toBe(String(order?.["id"]));
    expect(report().checkout.token).toBe(order?.["checkout_token"]);
    expect(report().checkout.totalPrice.amount).toBe(Number(order?.["total_price"]));
    expect(app.to("/pixel/checkout")[0]?.headers.origin).toBe("null");
    expect(problems).toEqual([]);
  });

  it("publishes checkout_completed once, however often the page is loaded", async () => {
    await buy();
    await expect.poll(fired).toHaveLength(1);
    for (let load = 0; load < 3; load++) await page.reload();
    await page.waitForTimeout(300);
    expect(fired()).toHaveLength(1);
  });

  it("behind an ad blocker reaches the app but not Meta", async () => {
    await set("adblock=on");
    await buy();
    await expect.poll(fired).toEqual(["blocked"]);
    expect(meta.requests).toEqual([]);
  });

  it("does not run the pixel without consent, and runs it when consent comes", async () => {
    await set("region=eu");
    await buy();
    await page.waitForTimeout(300);
    expect(app.to("/pixel/checkout")).toEqual([]);
    await page.click("[data-consent=accept]");
    await expect.poll(fired).toEqual(["fired"]);
  });

  it("by bank transfer sends no webhook until the money is there", async () => {
    await set("payment=bank&orderId=gid");
    await buy();
    await expect.poll(fired).toHaveLength(1);
    expect(report().checkout.order.id).toMatch(/^gid:\/\/shopify\/OrderIdentity\/\d+$/);
    expect(webhooks()).toEqual([]);
    await page.click("text=The transfer arrives");
    await expect.poll(() => webhooks()[0]?.["financial_status"]).toBe("paid");
  });

  it("with an accepted offer fires before it and is announced with the larger total", async () => {
    await set("upsell=on");
    await buy();
    await page.waitForURL(/post-purchase/);
    await expect.poll(fired).toHaveLength(1);
    expect(webhooks()).toEqual([]);
    await page.click("text=Add to my order");
    await page.waitForURL(/thank-you/);
    await expect.poll(() => webhooks().length).toBe(1);
    expect(Number(webhooks()[0]?.["total_price"])).toBeGreaterThan(report().checkout.totalPrice.amount);
    expect(report().checkout.order.id).toBe(String(webhooks()[0]?.["id"]));
    await page.waitForTimeout(200);
    expect(fired()).toHaveLength(1);
  });

  it("shows the buyer the order page, and no stranger", async () => {
    await buy();
    await page.click("text=Order status");
    expect(await page.textContent("[data-status]")).toBe("paid");
    const stranger = await browser.newPage();
    await stranger.goto(page.url());
    expect(new URL(stranger.url()).pathname).toBe("/account");
    await stranger.close();
  });
});
