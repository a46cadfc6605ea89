import { expect, it } from "vitest";

import { readFunnelSettings } from "../../extensions/contract/funnel-settings.ts";
import { openHistoryApp } from "../../scripts/history-app.ts";
import { fillFunnelHistory } from "../../scripts/history-funnel.ts";
import { findAccessFaults } from "./find-access-faults.ts";
import { SHOP, shareAdmin } from "./share-admin.ts";

const DATASET = "5567890123456789";
const DAY = 86_400_000;

const shared = shareAdmin();

it("saves which copies are made of each event, and tells Shopify's side", async () => {
  const { world, enter } = shared();
  await world.signIn(SHOP);
  await world.connectDataset(SHOP, DATASET);
  const { open, page } = await enter();
  const app = await open("/app/settings");
  const table = app.getByRole("table", { name: "Copies of each event" });
  await table
    .getByRole("row", { name: /Purchase/ })
    .getByText("Browser and server, always")
    .waitFor();
  const copiesOf = (name: string) => app.getByLabel(`Copies of ${name}`);
  expect(await copiesOf("Product viewed (ViewContent)").inputValue()).toBe("both");
  expect(await copiesOf("Page viewed (PageView)").locator("option").allTextContents()).toEqual([
    "Browser only",
    "Off",
  ]);
  await copiesOf("Added to cart (AddToCart)").selectOption("Off");
  await copiesOf("Search made (Search)").selectOption("Browser only");
  await copiesOf("Page viewed (PageView)").selectOption("Off");
  // By the keyboard alone: the menu's next choice.
  await copiesOf("Checkout started (InitiateCheckout)").focus();
  await page.keyboard.press("ArrowDown");
  expect(await copiesOf("Checkout started (InitiateCheckout)").inputValue()).toBe("browser");
  expect(await findAccessFaults(app)).toEqual([]);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Settings saved").waitFor();
  await app.getByText("Settings changed: events to send.").waitFor();
  const { settings } = world.shopify.store(SHOP).webPixel ?? {};
  expect(readFunnelSettings(settings?.["funnel"])).toMatchObject({
    datasets: [DATASET],
    events: { Search: "browser", ViewContent: "both", InitiateCheckout: "browser" },
  });
  const told = world.shopify.store(SHOP).metafields.get("tandem.storefront")?.value ?? "{}";
  expect(JSON.parse(told)).toMatchObject({ pageView: false });
  await copiesOf("Checkout started (InitiateCheckout)").selectOption("Browser and server");
  await page.getByRole("button", { name: "Save" }).click();
  await expect
    .poll(() => world.shopify.store(SHOP).webPixel?.settings["funnel"])
    .toContain('"InitiateCheckout":"both"');
});

it("says that there is nothing to see yet, and why of an event that is not sent twice", async () => {
  const { open } = await shared().enter({ width: 390 });
  // An address of the overview that names the event leads to the event's own page.
  const empty = await open("/app?event=ViewContent");
  await empty.getByText("Fills within a minute of the first visitor").waitFor();
  const off = await open("/app?event=AddToCart");
  await off.getByText("Added to cart (AddToCart) is off").waitFor();
  expect(await findAccessFaults(off)).toEqual([]);
  const browser = await open("/app/events?event=Search");
  await browser.getByText("Its copies are not reported to Tandem").waitFor();
  expect(await findAccessFaults(browser)).toEqual([]);
});

it("shows the figures of the event that is picked, and keeps it in the address", async () => {
  const { world, enter } = shared();
  const history = await openHistoryApp(world, SHOP, { startsAt: Date.now() - 8 * DAY, isNew: true });
  const filled = { shop: SHOP, days: 8, ordersPerDay: 10, adBlockers: [0.2, 0.2], refused: 0.05 } as const;
  await fillFunnelHistory(history.tandem.database, filled, Date.now());
  await history.passUntil(Date.now());
  await history.close();
  const { open, page, frame } = await enter();
  const purchases = await open("/app");
  const steps = purchases.getByRole("table", { name: "Steps from product to purchase" });
  await steps.getByRole("row", { name: /ViewContent/ }).waitFor();
  await purchases.getByLabel("Event", { exact: true }).selectOption("Product viewed (ViewContent)");
  const app = await frame();
  await app.getByRole("heading", { name: "Recovered events" }).waitFor();
  expect(new URL(app.url()).searchParams.get("event")).toBe("ViewContent");
  await app.getByText("Browser copies blocked").waitFor();
  await app.getByText("Meta has not scored this event").waitFor();
  await app.getByLabel("Period", { exact: true }).selectOption("Last 7 days");
  await expect.poll(() => new URL(app.url()).searchParams.get("days")).toBe("7");
  expect(new URL(app.url()).searchParams.get("event")).toBe("ViewContent");
  await app.getByRole("heading", { name: "Refused by Meta" }).waitFor();
  expect(await findAccessFaults(app)).toEqual([]);
  await app.getByLabel("Event", { exact: true }).selectOption("Purchase");
  await app.getByRole("heading", { name: "Orders", exact: true }).waitFor();
  expect(new URL(app.url()).searchParams.has("event")).toBe(false);
  await page.reload();
});

it("lists the events that are picked, narrows them down, and opens one by the keyboard", async () => {
  const { open, page, frame } = await shared().enter();
  const purchases = await open("/app/events");
  await purchases.getByLabel("Event", { exact: true }).selectOption("Product viewed (ViewContent)");
  const app = await frame();
  const rows = app.getByRole("table", { name: "Events, newest first" }).locator("tbody tr");
  await app.getByText("50 events on this page").waitFor();
  expect(await rows.count()).toBe(50);
  await app.getByRole("button", { name: "Next" }).click();
  await app.getByText("22 events on this page").waitFor();
  await app.getByRole("button", { name: "Previous" }).click();
  await app.getByText("50 events on this page").waitFor();

  await app.getByRole("button", { name: "Browser copy", exact: true }).click();
  await app.getByLabel("Blocked", { exact: true }).click({ force: true });
  await expect.poll(() => new URL(app.url()).searchParams.get("outcome")).toBe("blocked");
  await expect.poll(() => rows.first().textContent()).toContain("Blocked");
  await page.keyboard.press("Escape");
  expect(await findAccessFaults(app)).toEqual([]);

  const link = rows.first().getByRole("link");
  const id = (await link.textContent()) ?? "";
  await link.focus();
  await page.keyboard.press("Enter");
  await app.getByRole("heading", { name: "Product viewed (ViewContent)" }).waitFor();
  await app
    .getByText("the server copy reached Meta")
    .or(app.getByText("Neither copy reached Meta"))
    .waitFor();
  await app.getByRole("cell", { name: id }).first().waitFor();
  await app.getByText("What Meta answered").waitFor();
  expect(await findAccessFaults(app)).toEqual([]);

  const one = await open("/app/events?event=ViewContent");
  const search = one.getByLabel("Find an event by its whole ID");
  await search.fill(id);
  await search.press("Enter");
  await one.getByText("1 event on this page").waitFor();
  await search.fill("nothing");
  await search.press("Enter");
  await one.getByText("No event of the last seven days fits these filters.").waitFor();
  expect(await findAccessFaults(one)).toEqual([]);
});
