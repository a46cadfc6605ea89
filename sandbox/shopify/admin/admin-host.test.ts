import type { Browser, Frame, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startShopify, type ShopifySandbox } from "../start-shopify.ts";
import { openBrowser, watchedPage } from "#tests/setup/sandbox/open-browser.ts";
import { startStubApp, type StubApp } from "#tests/setup/sandbox/stub-app.ts";

const SHOP = "tandem-demo.myshopify.com";
const KEYS = { apiKey: "key123", apiSecret: "secret" };
let browser: Browser;
let app: StubApp;
let sandbox: ShopifySandbox;
let page: Page;
let problems: string[];

beforeAll(async () => {
  browser = await openBrowser();
  app = await startStubApp({ ...KEYS, shop: SHOP, appBridgeUrl: () => `${sandbox.url}/app-bridge.js` });
  sandbox = await startShopify({ ...KEYS, appUrl: app.url });
  sandbox.install(SHOP);
});
afterAll(async () => {
  await browser.close();
  await sandbox.close();
  await app.close();
});
beforeEach(async () => {
  app.requests.length = 0;
  ({ page, problems } = await watchedPage(browser));
});
afterEach(() => page.close());

async function openApp(path = "/app"): Promise<Frame> {
  await page.goto(sandbox.adminUrl(SHOP, path));
  const frame = await (await page.waitForSelector("iframe#app")).contentFrame();
  if (!frame) throw new Error("no frame");
  await frame.waitForFunction(() => "shopify" in window);
  return frame;
}
const logged = (frame: Frame) => frame.textContent("#log");

describe("the admin around the app", () => {
  it("asks for the scopes before it opens an app that is not installed", async () => {
    await page.goto(`${sandbox.url}/store/radhaus-berlin/apps/${KEYS.apiKey}`);
    await page.click("text=Install >> nth=-1");
    await page.waitForSelector("iframe#app");
    expect(sandbox.store("radhaus-berlin").installation?.scopes).toEqual(sandbox.scopes);
  });

  it("launches the app with signed parameters and keeps them out of its own address", async () => {
    await openApp("/app/settings?tab=1");
    const { query, path } = app.requests[0] ?? { query: new URLSearchParams(), path: "" };
    expect(path).toBe("/app/settings");
    expect(query.get("shop")).toBe(SHOP);
    expect(query.get("embedded")).toBe("1");
    expect(Buffer.from(query.get("host") ?? "", "base64").toString()).toBe(
      "admin.shopify.com/store/tandem-demo",
    );
    expect(query.get("id_token")?.split(".")).toHaveLength(3);
    expect(query.get("hmac")).toMatch(/^[0-9a-f]{64}$/);
    expect(new URL(page.url()).pathname).toBe(`/store/tandem-demo/apps/${KEYS.apiKey}/app/settings`);
    expect(new URL(page.url()).search).toBe("?tab=1");
    expect(problems).toEqual([]);
  });

  it("gives every request to the app a session token, and a fresh one when the first was refused", async () => {
    const frame = await openApp();
    app.rejectNext = true;
    expect(await frame.evaluate(async () => (await fetch("/api")).status)).toBe(200);
    expect(app.requests.filter(({ path }) => path === "/api").map(({ bearer }) => bearer)).toEqual([
      true,
      true,
    ]);
  });

  it("comes back from the bounce page with a token", async () => {
    const frame = await openApp("/bare");
    await frame.waitForURL(/\/bare/);
    expect(app.requests.map(({ path }) => path)).toEqual(["/bare"]);
    await frame.goto(`${app.url}/bare`);
    await expect.poll(() => app.requests.at(-1)?.query.has("id_token")).toBe(true);
    expect(app.requests.slice(1).map(({ path }) => path)).toEqual(["/bare", "/auth/session-token", "/bare"]);
  });

  it("shows the app's menu and title, and moves the app without reloading it", async () => {
    const frame = await openApp();
    await page.click("nav >> text=Settings");
    await expect.poll(() => page.url()).toContain("/app/settings");
    expect(await logged(frame)).toBe("at /app/settings;");
    expect(await page.locator("nav [aria-current]").textContent()).toBe("Settings");
    await page.goBack();
    await expect.poll(() => logged(frame)).toBe("at /app/settings;at /app;");
    expect(await page.textContent("#app-title")).toBe("Overview");
    expect(app.requests.filter(({ path }) => path.startsWith("/app"))).toHaveLength(1);
  });

  it("draws the save bar for an element, and lets nobody leave meanwhile", async () => {
    const frame = await openApp();
    await frame.evaluate(() => (document.getElementById("bar") as HTMLElement & { show(): void }).show());
    await page.click('#save-bar >> role=button[name="Save"]');
    await page.click("#save-bar >> text=Discard");
    await expect.poll(() => logged(frame)).toBe("save;discard;");
    await page.click("nav >> text=Settings");
    expect(await logged(frame)).toBe("save;discard;");
    await frame.evaluate(() => (document.getElementById("bar") as HTMLElement & { hide(): void }).hide());
    await expect.poll(() => page.isVisible("#save-bar")).toBe(false);
  });

  it("shows toasts", async () => {
    const frame = await openApp();
    await frame.evaluate(() =>
      (window as unknown as { shopify: { toast: { show(text: string): void } } }).shopify.toast.show("Saved"),
    );
    expect(await page.textContent(".toast")).toContain("Saved");
  });

  it("follows deep links into the admin", async () => {
    const frame = await openApp();
    await frame.click("#deep");
    await page.waitForURL(/\/store\/tandem-demo\/themes\/current\/editor/);
    expect(problems).toEqual([]);
  });
});
