import { expect, it } from "vitest";

import { CONSENTED, LATE } from "./admin-orders.ts";
import { findAccessFaults } from "./find-access-faults.ts";
import { focusedLabel } from "./open-admin.ts";
import { failActions, SHOP, shareAdmin } from "./share-admin.ts";

const DATASET = "4567890123456789";

const shared = shareAdmin();

it("says before the first order that examples will come, and where the storefront stands", async () => {
  const { world, enter } = shared();
  await world.signIn(SHOP);
  await world.connectDataset(SHOP, DATASET);
  const { open } = await enter();
  const app = await open("/app/settings");
  await app.getByText("After your first order, each setting shows").waitFor();
  await app.getByRole("heading", { name: "Storefront" }).waitFor();
  for (const state of ["On", "Up to date"]) await app.getByText(state, { exact: true }).first().waitFor();
  expect(await app.getByRole("link", { name: "Open the theme editor" }).getAttribute("href")).toMatch(
    /^https:\/\/tandem-demo\.myshopify\.com\/admin\/themes\/current\/editor\?context=apps&template=index&activateAppId=/,
  );
  expect(await findAccessFaults(app)).toEqual([]);
});

it("shows what the last order would send under each choice", async () => {
  const { world, enter } = shared();
  const order = world.shopify.placeOrder(SHOP, { kind: "pos", country: "US" });
  await world.shopify.sendPaid(SHOP, order);
  const { open } = await enter();
  const app = await open("/app/settings");
  const { order_number: number, id, current_total_price: total } = order.payload;
  await app.getByText(`would send the event ID ${number} on both copies, as it did`).waitFor();
  await app.getByText(`would send the value $${total}`).waitFor();

  await app.getByLabel("Order ID", { exact: true }).check({ force: true });
  await app.getByText(`would send the event ID ${id} on both copies. It arrived as ${number}`).waitFor();
  await app.getByLabel("Value of a purchase").selectOption("subtotal");
  const goods = (order.payload.line_items ?? []).length;
  expect(goods).toBeGreaterThan(0);
  await app.getByText(`would send the value $${total}`).waitFor({ state: "detached" });
  await app.getByLabel("Content ID").selectOption("variant");
  await app.getByText(String(order.payload.line_items[0]?.variant_id)).first().waitFor();
  await app.getByLabel("Point of sale").uncheck({ force: true });
  await app.getByText("It would not be sent, and would be listed as not sent").waitFor();
  expect(await findAccessFaults(app)).toEqual([]);
});

it("keeps errors beside their field, saves once, and says so", async () => {
  const { world, enter } = shared();
  const { open, page } = await enter();
  const app = await open("/app/settings");
  expect(await app.locator('[aria-invalid="true"]').count()).toBe(0);
  const wait = app.getByLabel("Wait for the browser");
  await wait.fill("500");
  await page.getByRole("button", { name: "Save" }).click();
  await app.getByText("At most 120 seconds").waitFor();
  expect(await wait.getAttribute("aria-invalid")).toBe("true");
  await expect.poll(() => focusedLabel(app)).toBe("Wait for the browser");
  await wait.fill("");
  await page.getByRole("button", { name: "Save" }).click();
  await app.getByText("Enter a number of seconds.").waitFor();
  await wait.fill("5");
  await app.getByLabel("Order ID", { exact: true }).check({ force: true });
  await page.getByRole("button", { name: "Save" }).dblclick();
  await page.getByText("Settings saved").waitFor();
  await page.getByRole("button", { name: "Save" }).waitFor({ state: "hidden" });
  const told = JSON.parse(
    world.shopify.store(SHOP).metafields.get("tandem.storefront")?.value ?? "{}",
  ) as object;
  expect(told).toMatchObject({ datasets: [DATASET], eventIdRule: "order_id" });
  await page.reload();
  const again = page.frameLocator("iframe#app");
  expect(await again.getByLabel("Wait for the browser").inputValue()).toBe("5");
});

it("overwrites nothing that another tab saved, and loses nothing that was typed", async () => {
  const { enter } = shared();
  const [one, two] = [await enter(), await enter()];
  const first = await one.open("/app/settings");
  const second = await two.open("/app/settings");
  await first.getByLabel("Keep details of an order for").fill("45");
  await one.page.getByRole("button", { name: "Save" }).click();
  await one.page.getByText("Settings saved").waitFor();

  await second.getByLabel("Wait for the browser").fill("33");
  await two.page.getByRole("button", { name: "Save" }).click();
  await second.getByText("Not saved: the settings were changed elsewhere meanwhile").waitFor();
  await second.getByText("Changed there: Retention.").waitFor();
  expect(await second.getByLabel("Wait for the browser").inputValue()).toBe("33");
  expect(await findAccessFaults(second)).toEqual([]);
  await second.getByRole("button", { name: "Show what is saved now" }).click();
  expect(await second.getByLabel("Keep details of an order for").inputValue()).toBe("45");
  await two.page.getByRole("button", { name: "Save" }).waitFor({ state: "hidden" });
});

it("keeps what was typed when the app does not answer, and saves it when it does again", async () => {
  const { enter } = shared();
  const { open, page } = await enter();
  const app = await open("/app/settings");
  await app.getByLabel("Wait for the browser").fill("12");
  await failActions(page, "/app/settings");
  await page.getByRole("button", { name: "Save" }).click();
  await app.getByText("What you entered is still here").waitFor();
  expect(await findAccessFaults(app)).toEqual([]);
  await page.unrouteAll();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Settings saved").waitFor();
  expect(await app.getByLabel("Wait for the browser").inputValue()).toBe("12");
});

it("finds an order that no webhook brought, and sends it", async () => {
  const { world, enter } = shared();
  // From before the installation: not ours to report.
  const older = world.shopify.placeOrder(SHOP, {
    kind: "web",
    country: "US",
    noteAttributes: CONSENTED,
    ...LATE,
  });
  const missed = world.shopify.placeOrder(SHOP, { kind: "pos", country: "US", at: Date.now() });
  const app = await (await enter()).open("/app/settings#missed-orders");
  const look = app.getByRole("button", { name: "Look through the last 7 days" });
  await look.click();
  await app.getByText("1 missed order is on the way to Meta now.").waitFor();
  const ids = [missed.id, String(missed.payload.order_number)];
  await expect
    .poll(() => world.meta.events({ dataset: DATASET }).filter(({ id }) => ids.includes(id ?? "")).length)
    .toBe(1);
  await look.click();
  await app.getByText("Nothing was missed.").waitFor();
  const before = [older.id, String(older.payload.order_number)];
  expect(world.meta.events({ dataset: DATASET }).filter(({ id }) => before.includes(id ?? ""))).toEqual([]);
  expect(await findAccessFaults(app)).toEqual([]);
});

it("says that nothing is sent while every source is off, and that a paused dataset keeps what it gets", async () => {
  const { world, enter } = shared();
  const { open, page } = await enter();
  const app = await open("/app/settings");
  expect(await app.getByText("every source is switched off").count()).toBe(0);
  for (const each of [
    "Online store",
    "Point of sale",
    "Draft orders",
    "Subscription renewals",
    "Other channels",
  ])
    await app.getByLabel(each, { exact: true }).uncheck({ force: true });
  await page.getByRole("button", { name: "Save" }).click();
  await app.getByText("No orders are sent: every source is switched off").waitFor();
  expect(await findAccessFaults(app)).toEqual([]);
  await app.getByLabel("Online store", { exact: true }).check({ force: true });
  await page.getByRole("button", { name: "Save" }).click();
  await app.getByText("every source is switched off").waitFor({ state: "detached" });

  const index = await open("/app/datasets");
  const href = await index
    .locator('a[href^="/app/datasets/"]:not([href$="/new"])')
    .first()
    .getAttribute("href");
  const dataset = await open(href ?? "");
  await dataset.getByRole("button", { name: "Pause" }).click();
  await dataset.getByRole("button", { name: "Resume" }).waitFor();
  const again = await open("/app/settings");
  await again.getByText("“Web shop” is paused").waitFor();
  expect(await again.getByRole("link", { name: "Open the dataset" }).getAttribute("href")).toBe(href);
  expect(await findAccessFaults(again)).toEqual([]);
  expect(world.shopify.store(SHOP).metafields.get("tandem.storefront")?.value).not.toContain(DATASET);
});
