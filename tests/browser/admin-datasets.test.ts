import { expect, it } from "vitest";

import { BROWSER_AGENT } from "#sandbox/start-world.ts";

import { findAccessFaults } from "./find-access-faults.ts";
import { focusedLabel } from "./open-admin.ts";
import { failActions, SHOP, shareAdmin } from "./share-admin.ts";

const DATASET = "2345678901234567";
const SHARED = "3456789012345678";
const OTHER_SHOP = "radhaus-berlin.myshopify.com";

const shared = shareAdmin();

it("teaches what a dataset is while there is none, and helps to find its ID and token", async () => {
  const { world, enter } = shared();
  await world.signIn(SHOP);
  const { open } = await enter();
  const index = await open("/app/datasets");
  await index.getByText("A dataset is what Meta calls a Pixel").waitFor();
  expect(await findAccessFaults(index)).toEqual([]);
  const form = await open("/app/datasets/new");
  expect(await findAccessFaults(form)).toEqual([]);
  await form.getByLabel("Dataset ID").fill("12 34x");
  await form.getByRole("button", { name: "Connect" }).click();
  await form.getByText("A dataset ID has digits only").waitFor();
  await form.getByText("Paste the access token.").waitFor();
  expect(await focusedLabel(form)).toBe("Dataset ID");
  await form.getByLabel("Dataset ID").fill("\u200b 1234 5678\u00a09012 3456\ufeff");
  expect(await form.getByLabel("Dataset ID").inputValue()).toBe("1234567890123456");
  await form.getByRole("button", { name: "Connect" }).click();
  await form.getByText("A dataset ID has digits only").waitFor({ state: "detached" });
  expect(await focusedLabel(form)).toBe("Access token");
  expect(await form.getByRole("link", { name: /^Open Events Manager/ }).getAttribute("href")).toMatch(
    /^https:\/\/business\.facebook\.com\/events_manager/,
  );
  expect(await findAccessFaults(form)).toEqual([]);
});

it("keeps what was typed before the page's script ran", async () => {
  const { world, enter } = shared();
  await world.signIn(SHOP);
  const { page } = await enter();
  const script = Promise.withResolvers<void>();
  await page.route(/\/assets\/entry\.client-/, async (route) => {
    await script.promise;
    await route.continue();
  });
  await page.goto(world.shopify.adminUrl(SHOP, "/app/datasets/new"));
  const form = page.frameLocator("iframe#app");
  await form.getByLabel("Dataset ID").fill(DATASET);
  await form.getByLabel("Access token").fill("a-token-that-nobody-gave");
  script.resolve();
  await expect
    .poll(() => form.locator("html").evaluate(() => performance.getEntriesByName("tandem-hydrated").length))
    .toBe(1);
  await form.getByRole("button", { name: "Connect" }).click();
  await form.getByText("Meta does not accept this access token.").waitFor();
  expect(await form.getByLabel("Dataset ID").inputValue()).toBe(DATASET);
  expect(await form.getByLabel("Access token").inputValue()).toBe("a-token-that-nobody-gave");
});

it("keeps a setting that was changed before the page's script ran, and offers to save it", async () => {
  const { world, enter } = shared();
  await world.signIn(SHOP);
  const { page } = await enter();
  const script = Promise.withResolvers<void>();
  await page.route(/\/assets\/entry\.client-/, async (route) => {
    await script.promise;
    await route.continue();
  });
  await page.goto(world.shopify.adminUrl(SHOP, "/app/settings"));
  const form = page.frameLocator("iframe#app");
  await form.getByLabel("Order ID").check({ force: true });
  script.resolve();
  await page.getByRole("button", { name: "Save" }).waitFor();
  expect(await form.getByLabel("Order ID").isChecked()).toBe(true);
});

it("loses nothing of the form when the app does not answer", async () => {
  const { enter } = shared();
  const { open, page } = await enter();
  const form = await open("/app/datasets/new");
  await form.getByLabel("Dataset ID").fill(DATASET);
  await form.getByLabel("Access token").fill("a-token-that-was-typed-with-much-care");
  await failActions(page, "/app/datasets/new");
  await form.getByRole("button", { name: "Connect" }).click();
  await form.getByText("What you entered is still here").waitFor();
  expect(await form.getByLabel("Access token").inputValue()).toBe("a-token-that-was-typed-with-much-care");
});

it("renames, checks, pauses, resumes and replaces the token, each with a word", async () => {
  const { world, enter } = shared();
  await world.connectDataset(SHOP, DATASET, "Web shop");
  const { open, page } = await enter();
  const index = await open("/app/datasets");
  await index.getByRole("link", { name: "Web shop" }).click();
  const app = page.frameLocator("iframe#app");
  await app.getByRole("heading", { name: "Status" }).waitFor();

  await app.getByRole("button", { name: "Check with Meta" }).click();
  await page.getByText("Meta accepts the access token").waitFor();
  await app.getByLabel("Name").fill("Main shop");
  await page.getByRole("button", { name: "Save" }).click();
  await app.getByRole("heading", { name: "Main shop", level: 1 }).waitFor();
  await app.getByRole("button", { name: "Pause" }).click();
  await app.getByText("Paused: events are kept").waitFor();
  expect(world.shopify.store(SHOP).metafields.get("tandem.storefront")?.value).not.toContain(DATASET);
  await app.getByRole("button", { name: "Resume" }).click();
  await app.getByText("Active: orders go here from the server").waitFor();
  expect(world.shopify.store(SHOP).metafields.get("tandem.storefront")?.value).toContain(DATASET);

  await app.getByLabel("New access token").fill("EAAB-not-a-token-of-this-dataset");
  await app.getByRole("button", { name: "Replace token" }).click();
  await app.getByText("Meta does not accept this access token.").waitFor();
  const token = world.meta.addToken({ datasets: [DATASET] });
  await app.getByLabel("New access token").fill(token);
  await app.getByRole("button", { name: "Replace token" }).click();
  await app
    .getByText(`ends in ${token.slice(-4)}`)
    .first()
    .waitFor();
  const frame = await (await page.waitForSelector("iframe#app")).contentFrame();
  if (!frame) throw new Error("the app has no frame");
  expect(await frame.content()).not.toContain(token);
  expect(await findAccessFaults(frame)).toEqual([]);
});

it("warns of another store on the same dataset, and mends it with one press", async () => {
  const { world, enter } = shared();
  await world.signIn(OTHER_SHOP);
  await world.connectDataset(OTHER_SHOP, SHARED, "Rad");
  await world.connectDataset(SHOP, SHARED, "Shared");
  const { open, page } = await enter();
  const index = await open("/app/datasets");
  await index.getByText("Another store sends to it with order numbers").waitFor();
  expect(await findAccessFaults(index)).toEqual([]);
  await index.getByRole("link", { name: "Shared" }).click();
  const app = page.frameLocator("iframe#app");
  const warning = app.getByText("Another store also sends to this dataset with order numbers");
  await warning.waitFor();
  await app.getByRole("button", { name: "Use order IDs as event IDs" }).click();
  await warning.waitFor({ state: "detached" });
});

it("disconnects after saying what happens to what waits", async () => {
  const { enter } = shared();
  const { open, page } = await enter();
  const index = await open("/app/datasets");
  await index.getByRole("link", { name: "Main shop" }).click();
  const app = page.frameLocator("iframe#app");
  await app.getByRole("button", { name: "Disconnect dataset" }).click();
  const dialog = app.getByRole("dialog");
  await dialog.getByText("No events wait for it at the moment.").waitFor();
  await dialog.getByRole("button", { name: "Disconnect" }).click();
  await app.getByRole("row", { name: /Main shop.*Disconnected/ }).waitFor();
});

it("shows another store's dataset to nobody, and lets nobody act on it", async () => {
  const { world, enter } = shared();
  const { open } = await enter({ shop: OTHER_SHOP });
  const index = await open("/app/datasets");
  const address = await index.getByRole("link", { name: "Rad" }).getAttribute("href");
  const ask = async (shop: string, wish?: string) => {
    const answer = await fetch(`${world.app.url}${address}?_data=routes%2Fapp.datasets.%24id`, {
      headers: { "user-agent": BROWSER_AGENT, authorization: `Bearer ${await world.shopify.idToken(shop)}` },
      ...(wish ? { method: "POST", body: new URLSearchParams({ intent: wish }) } : {}),
    });
    return [answer.status, await answer.text()];
  };
  expect(await ask(OTHER_SHOP)).toEqual([200, expect.stringContaining(SHARED)]);
  expect(await ask(SHOP)).toEqual([404, "Not found"]);
  expect(await ask(SHOP, "disconnect")).toEqual([404, "Not found"]);
  expect(await ask(SHOP, "pause")).toEqual([404, "Not found"]);
  await open("/app/datasets").then((again) => again.getByText("Active", { exact: true }).waitFor());
});
