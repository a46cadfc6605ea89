import { beforeAll, expect, it } from "vitest";

import { BROWSER_AGENT } from "#sandbox/start-world.ts";

import { findAccessFaults } from "./find-access-faults.ts";
import { SHOP, shareAdmin } from "./share-admin.ts";

const shared = shareAdmin();

beforeAll(() => shared().world.signIn(SHOP));

it("reaches the first step of the setup by keyboard alone", async () => {
  const { page, open } = await shared().enter();
  const frame = await open("/app");
  await frame.locator("body").focus();
  for (let presses = 0; presses < 15; presses += 1) {
    await page.keyboard.press("Tab");
    const focused = await frame.evaluate(() => document.activeElement?.textContent ?? "");
    if (focused === "Connect dataset") break;
  }
  const outline = await frame.evaluate(() => {
    const { activeElement } = document;
    return activeElement ? getComputedStyle(activeElement).outlineStyle : "none";
  });
  expect(outline).not.toBe("none");
  await page.keyboard.press("Enter");
  await frame.getByRole("heading", { name: "Connect a dataset", level: 1 }).waitFor();
});

it("leads on from a link that is clicked before the page's script runs", async () => {
  const { world } = shared();
  const { page } = await shared().enter();
  let release: (() => void) | undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/assets/entry.client-*.js", async (route) => {
    await held;
    // The page that asked for it may be gone by then.
    await route.continue().catch(() => undefined);
  });
  await page.goto(world.shopify.adminUrl(SHOP, "/app/datasets"), { waitUntil: "commit" });
  const app = page.frameLocator("iframe#app");
  await app.getByRole("link", { name: "Connect dataset" }).click({ noWaitAfter: true });
  await page.waitForRequest((request) => request.url().includes("/app/datasets/new?"));
  release?.();
  await app.getByLabel("Dataset ID").fill("1234567890123456");
  expect(await app.getByLabel("Dataset ID").inputValue()).toBe("1234567890123456");
});

it("says what a page that is not there is, inside the frame", async () => {
  const { open, forgive, page } = await shared().enter();
  const lost = ["/app/events/999999999", "/app/datasets/999999999", "/app/nothing", "/app/events/1/more"];
  for (const path of lost) {
    const frame = await open(path);
    await frame.getByRole("heading", { name: "This page isn’t here", level: 1 }).waitFor();
    expect(await findAccessFaults(frame)).toEqual([]);
    await frame.getByRole("link", { name: "Go to the overview" }).click();
    await frame.getByText("Setup guide").waitFor();
  }
  expect(
    await page.getByRole("navigation").getByRole("link", { name: "Events", exact: true }).isVisible(),
  ).toBe(true);
  // The browser itself reports an answer of 404 as an error of the console.
  forgive(/status of 404/);
});

it("answers every unknown address with 404, in words, without a line of code", async () => {
  const { world } = shared();
  const { page, forgive } = await shared().enter();
  for (const path of ["/nothing", "/auth2", "/app/nothing", "/app/datasets/999999999/more"]) {
    const inside = path.startsWith("/app");
    const address = inside ? await world.shopify.launchUrl(SHOP, path) : `${world.app.url}${path}`;
    const answer = await fetch(address, { headers: { "user-agent": BROWSER_AGENT } });
    expect(answer.status, path).toBe(404);
    const text = await answer.text();
    expect(text, path).toContain("<main");
    expect(text, path).not.toMatch(/\bat .*\.(js|tsx?):\d+/);
    if (inside) continue;
    await page.goto(address);
    await page.getByRole("heading", { name: "There is nothing here", level: 1 }).waitFor();
    expect(await findAccessFaults(page.mainFrame()), path).toEqual([]);
  }
  await page.goto(world.app.url);
  await page.getByText("Open it from the Apps section").waitFor();
  expect(await findAccessFaults(page.mainFrame())).toEqual([]);
  forgive(/status of 404/);
});

it("says that the connection is lost, also on a page never opened before, and shows it once it is back", async () => {
  const { world, enter } = shared();
  const { open, forgive, page } = await enter();
  const frame = await open("/app");
  await frame.waitForFunction(() => {
    const ahead = [...document.querySelectorAll<HTMLLinkElement>("head link[rel=modulepreload]")];
    const isThere = ({ href }: HTMLLinkElement) => performance.getEntriesByName(href).length > 0;
    return ahead.some(({ href }) => href.includes("app.privacy")) && ahead.every(isThere);
  });
  // Of the app alone: the admin around it, which hands out session tokens, may have them still.
  const ofApp = (url: URL) => url.origin === new URL(world.app.url).origin;
  await page.route(ofApp, (route) => route.abort("internetdisconnected"));
  await page.getByRole("navigation").getByRole("link", { name: "Privacy", exact: true }).click();
  await frame.getByRole("heading", { name: "No connection", level: 1 }).waitFor();
  expect(
    await page.getByRole("navigation").getByRole("link", { name: "Events", exact: true }).isVisible(),
  ).toBe(true);
  expect(await findAccessFaults(frame)).toEqual([]);
  await frame.getByRole("button", { name: "Try again" }).click();
  await frame.getByRole("heading", { name: "No connection", level: 1 }).waitFor();
  await page.unrouteAll();
  await frame.evaluate(() => window.dispatchEvent(new Event("online")));
  await frame.getByText("No privacy requests yet").waitFor();
  forgive(/ERR_INTERNET_DISCONNECTED|Failed to fetch/);
});

it("keeps the frame when a page cannot be loaded, and shows it once it can", async () => {
  const { open, forgive, page } = await shared().enter();
  const frame = await open("/app");
  await page.route(
    (url) => url.pathname === "/app/events" && url.searchParams.has("_data"),
    (route) =>
      route.fulfill({ status: 500, headers: { "x-remix-error": "yes" }, json: { message: "in trouble" } }),
  );
  await page.getByRole("navigation").getByRole("link", { name: "Events", exact: true }).click();
  await frame.getByRole("heading", { name: "This page could not be loaded", level: 1 }).waitFor();
  expect(await findAccessFaults(frame)).toEqual([]);
  await page.unrouteAll();
  await frame.getByRole("button", { name: "Try again" }).click();
  await frame.getByText("No purchases yet").waitFor();
  forgive(/status of 500|in trouble/);
});
