import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { startShopify, type ShopifySandbox } from "#sandbox/shopify/start-shopify.ts";
import { openBrowser, watchedPage } from "./open-browser.ts";
import { startStubPixelApp, type StubPixelApp } from "./stub-app.ts";

export const SHOP = "tandem-demo.myshopify.com";

/** Pixel and block made up for the tests: it is the storefront that is on trial, not the real extensions. */
const PIXEL = `shopify.extend("WebPixel::Render", (api) => {
  api.analytics.subscribe("checkout_completed", async (event) => {
    const body = JSON.stringify({
      checkout: event.data.checkout, settings: api.settings, shop: api.init.data.shop.myshopifyDomain,
      privacy: api.init.customerPrivacy, fbp: await api.browser.cookie.get("_fbp"), hasDom: typeof document,
    });
    await fetch(api.settings.appUrl + "/pixel/checkout", { method: "POST", headers: { "content-type": "text/plain" }, body });
    const outcome = await fetch(api.settings.trUrl, { mode: "no-cors" }).then(() => "sent", () => "blocked");
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

function writeExtension(metaUrl: string): string {
  const folder = mkdtempSync(join(tmpdir(), "extension-"));
  for (const name of ["blocks", "assets"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "blocks/pixel.liquid"), BLOCK);
  writeFileSync(join(folder, "assets/embed.js"), EMBED.replace("META", metaUrl));
  writeFileSync(join(folder, "pixel.js"), PIXEL);
  writeFileSync(join(folder, "pixel.toml"), PIXEL_TOML);
  return folder;
}

/** A storefront with both extensions on, a stub for the app and one for Meta. `visit` brings a new visitor. */
export class StorefrontDesk {
  readonly sandbox: ShopifySandbox;
  readonly app: StubPixelApp;
  readonly meta: StubPixelApp;
  readonly browser: Browser;
  page: Page;
  /** Console errors of the current visitor's page. */
  problems: string[] = [];

  private constructor(
    sandbox: ShopifySandbox,
    app: StubPixelApp,
    meta: StubPixelApp,
    browser: Browser,
    page: Page,
  ) {
    this.sandbox = sandbox;
    this.app = app;
    this.meta = meta;
    this.browser = browser;
    this.page = page;
  }

  static async open(): Promise<StorefrontDesk> {
    const app = await startStubPixelApp();
    const meta = await startStubPixelApp();
    const folder = writeExtension(meta.url);
    const sandbox = await startShopify({
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
    const settings = { appUrl: app.url, trUrl: `${meta.url}/tr/` };
    store.webPixel = { id: "gid://shopify/WebPixel/1", settings };
    const name = { id: "1", namespace: "tandem", key: "storefront", type: "json" };
    store.metafields.set("tandem.storefront", { ...name, value: '{"datasets":["</script>1"]}' });
    const browser = await openBrowser();
    return new StorefrontDesk(sandbox, app, meta, browser, await browser.newPage());
  }

  get shopUrl(): string {
    return this.sandbox.store(SHOP).storefrontUrl;
  }

  async visit(): Promise<void> {
    await this.page.close();
    this.app.requests.length = 0;
    this.meta.requests.length = 0;
    ({ page: this.page, problems: this.problems } = await watchedPage(this.browser));
  }

  async close(): Promise<void> {
    await this.browser.close();
    for (const each of [this.sandbox, this.app, this.meta]) await each.close();
  }

  set(switches: string): Promise<unknown> {
    return this.page.goto(`${this.shopUrl}/__switches?${switches}`);
  }

  async buy(): Promise<void> {
    await this.page.goto(`${this.shopUrl}/products/tee`);
    await this.page.click("button[name=add]");
    await this.page.click("button[name=checkout]");
    await this.page.click("button[name=pay]");
  }
}
