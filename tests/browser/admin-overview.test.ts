import { expect, it } from "vitest";

import { CONSENTED, LATE, arrived, sendOrder } from "./admin-orders.ts";
import { findAccessFaults } from "./find-access-faults.ts";
import { SHOP, shareAdmin } from "./share-admin.ts";

const DATASET = "1234567890123456";

const shared = shareAdmin();

it("says how many sales were sent, links each reason why not, and says what is too few to judge", async () => {
  const { world, enter } = shared();
  await world.signIn(SHOP);
  await world.connectDataset(SHOP, DATASET, "Web shop");
  const sent = await sendOrder(world, SHOP, LATE);
  // A German buyer whom nobody asked, and a test order of Shopify's.
  await sendOrder(world, SHOP, { ...LATE, country: "DE", noteAttributes: [] });
  await sendOrder(world, SHOP, { ...LATE, test: true, noteAttributes: CONSENTED });
  await arrived(world, DATASET, sent);
  const merchant = await enter();
  await expect
    .poll(async () => (await merchant.open("/app")).getByText("1 of 3 sent").count())
    .toBeGreaterThan(0);
  const app = await merchant.frame();
  await app.getByText("2 left out:").waitFor();
  const href = await app.getByRole("link", { name: "1 test order", exact: true }).getAttribute("href");
  expect(Object.fromEntries(new URL(href ?? "", "http://localhost").searchParams)).toMatchObject({
    view: "skipped",
    reason: "test_order",
  });
  await app.getByRole("link", { name: "1 without consent", exact: true }).waitFor();
  await app.getByText("Too few sales yet to say whether that is usual for your store.").waitFor();
  await app.getByText("0 of 1 request failed. A rate is shown from 20 requests on.").waitFor();
  for (const name of ["Checkout tracking", "Theme embed"])
    await app.getByRole("link", { name }).first().waitFor();
  await app.getByText("Other senders to Meta").waitFor();
  expect(await findAccessFaults(app)).toEqual([]);
});

it("lists everything to act on: a paused dataset and no order switched on", async () => {
  const { open, page } = await shared().enter();
  const index = await open("/app/datasets");
  await index.getByRole("link", { name: "Web shop" }).click();
  const dataset = page.frameLocator("iframe#app");
  await dataset.getByRole("button", { name: "Pause" }).click();
  await dataset.getByText("Paused: events are kept").waitFor();

  const settings = await open("/app/settings");
  for (const name of ["Online store", "Point of sale", "Draft orders", "Other channels"])
    await settings.getByRole("checkbox", { name }).uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await settings.getByText("Settings changed: orders to send.").waitFor();
  await settings.getByText("Web shop paused").waitFor();

  const overview = await open("/app");
  await overview.getByText("2 things need action").waitFor();
  const titles = overview.locator(".tandem-attention h3");
  expect(await titles.allTextContents()).toEqual(["All orders are switched off", "“Web shop” is paused"]);
  await overview.getByText("All switched off").waitFor();
  await overview.getByText("Paused", { exact: true }).waitFor();
  expect(await findAccessFaults(overview)).toEqual([]);
});

it("shows own dates and calendar months, and as many days before beside them", async () => {
  const { open } = await shared().enter({ width: 390 });
  const own = await open("/app?from=2026-01-05&to=2026-01-10");
  await own.getByText("Jan 5 to Jan 10, days in").waitFor();
  expect(await own.getByLabel("From", { exact: true }).inputValue()).toBe("2026-01-05");
  await own.getByText("all days from Dec 30 to Jan 4").waitFor();
  await own.getByLabel("To", { exact: true }).fill("2026-01-07");
  await own.getByRole("button", { name: "Show these days" }).click();
  await own.getByText("Jan 5 to Jan 7, days in").waitFor();
  await own.getByLabel("Period", { exact: true }).selectOption("Last 7 days");
  await own.getByLabel("From", { exact: true }).waitFor({ state: "detached" });
});

it("goes on while the fields for own dates are still on their way", async () => {
  const { open, page } = await shared().enter();
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/own-dates/, async (route) => {
    await held;
    await route.continue();
  });
  const own = await open("/app?from=2026-01-05&to=2026-01-10");
  await own.getByLabel("Event", { exact: true }).selectOption({ label: "Product viewed (ViewContent)" });
  await own.waitForURL(/event=ViewContent/);
  release();
  await own.getByLabel("From", { exact: true }).waitFor();
});
