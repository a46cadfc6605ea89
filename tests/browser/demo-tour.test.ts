import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";

import { openDatabase } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { startWorld, type World } from "#sandbox/start-world.ts";

import { fillHistory } from "../../scripts/demo-history.ts";
import { beginWithHistory } from "../../scripts/prepared-history/begin-with-history.ts";
import {
  packHistory,
  readPackedHistory,
  unpackHistory,
} from "../../scripts/prepared-history/packed-history.ts";
import type { HistoryBooks } from "../../scripts/prepared-history/prepared-folder.ts";
import { createTour, type Tour } from "../../scripts/tour/open-tour.ts";
import { kept, recount, sorted } from "../setup/recount-tallies.ts";
import { findAccessFaults } from "./find-access-faults.ts";
import { openAdmin, openBrowser } from "./open-admin.ts";
import { SHOP } from "./share-admin.ts";

const DATASET = "1234567890123456";
const HOUR = 3_600_000;
const DAYS = 4;
/** A history that ended so long ago is moved by two days, and lived on from there for half a day. */
const ENDED_AGO = 60 * HOUR;

let world: World;
let tour: Tour;
let browser: Browser;
let page: Page;
let books: HistoryBooks;
const problems: string[] = [];
const prepared = mkdtempSync(path.join(tmpdir(), "tandem-prepared-"));

beforeAll(async () => {
  books = await prepare();
  tour = createTour();
  world = await startWorld({ tour: tour.pages });
  await world.signIn(SHOP);
  await world.connectDataset(SHOP, DATASET);
  world.shopify.store(SHOP).embed.active = true;
  tour.begin(world, SHOP, DATASET);
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on("console", (line) => line.type() === "error" && problems.push(line.text()));
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(tourAddress());
});
afterAll(async () => {
  await browser.close();
  await world.close();
  rmSync(prepared, { recursive: true, force: true });
});

/** As prepare.ts does, with fewer days. */
async function prepare(): Promise<HistoryBooks> {
  const before = await startWorld();
  await before.signIn(SHOP);
  await before.connectDataset(SHOP, DATASET);
  const store = before.shopify.store(SHOP);
  store.embed.active = true;
  const endedAt = Date.now() - ENDED_AGO;
  await fillHistory(before, SHOP, { kind: "healthy", days: DAYS, to: endedAt });
  const made: HistoryBooks = {
    ...{ endedAt, days: DAYS, storefrontUrl: store.storefrontUrl },
    store: before.shopify.takeBooks(SHOP),
    meta: before.meta.takeBooks(),
  };
  await before.app.stop();
  const file = path.join(prepared, "packed");
  await packHistory(before.dataDirectory, made, file);
  await before.close();
  const packed = readPackedHistory(file);
  await unpackHistory(packed, "a test", path.join(prepared, "unpacked"));
  return packed.books;
}

const tourAddress = () => `${world.shopify.store(SHOP).storefrontUrl}/__tour`;

/** What the picture shows once the step has ended. */
async function press(step: string): Promise<readonly string[]> {
  await page.click(`button[data-step=${step}]`);
  await page.waitForSelector(`tr[data-step=${step}]`);
  return picture();
}

const picture = () =>
  Promise.all(["#browser-copies", "#server-copies", "#counted"].map((each) => page.innerText(each)));

it("says what it is, and can be read by everybody", async () => {
  expect(await page.innerText("h1")).toBe("Tandem in a minute");
  expect(await findAccessFaults(page.mainFrame())).toEqual([]);
});

it("says that a shop without history has none", async () => {
  await expect.poll(() => page.innerText("#history")).toMatch(/it has no history\.$/);
});

it("Buy: both copies arrive with one ID, and one sale counts", async () => {
  expect(await press("buy")).toEqual(["1", "1", "1"]);
  expect(await page.innerText("#said")).toMatch(
    /^Both copies carry the ID \d+\. Meta counts one sale of \$\d/,
  );
  expect(await page.getAttribute("#event", "href")).toMatch(/\/app\/events\?q=\d+$/);
  expect(problems).toEqual([]);
});

it("Buy with an ad blocker: the server's copy alone, and the sale counts", async () => {
  expect(await press("blocked")).toEqual(["0", "1", "1"]);
  expect(await page.innerText("#said")).toMatch(
    /One sale of \$[\d.,]+ that the Pixel alone would have lost\.$/,
  );
  // The blocker says so itself, in the console of the shop's frame.
  expect(problems.filter((line) => !/Content Security Policy/.test(line))).toEqual([]);
  problems.length = 0;
});

it("The same without Tandem: two IDs, and Meta counts two sales", async () => {
  expect(await press("without")).toEqual(["1", "1", "2"]);
  expect(await page.innerText("#said")).toMatch(/^The browser said #1001, the server 1001\. /);
  expect(problems).toEqual([]);
});

it("shows the three beside each other, on a phone too", async () => {
  expect(await page.locator("#results tr").allInnerTexts()).toEqual([
    expect.stringMatching(/^Bought\t1\t1\t1\t\$/),
    expect.stringMatching(/^Bought with an ad blocker\t0\t1\t1\t\$/),
    "Without Tandem\t1\t1\t2\t$49.00",
  ]);
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await findAccessFaults(page.mainFrame())).toEqual([]);
});

it("leads from the thank-you page to what became of the order, to the admin, and back to the shop", async () => {
  // As a new visitor, without the ad blocker of before.
  const visitor = await browser.newPage();
  await visitor.goto(`${world.shopify.store(SHOP).storefrontUrl}/products/tee`);
  await visitor.click("button[name=add]");
  await visitor.goto(`${world.shopify.store(SHOP).storefrontUrl}/checkout`);
  await visitor.click("button[name=pay]");
  await visitor.waitForURL(/thank-you/);
  const links = await visitor
    .locator("li a")
    .evaluateAll((all) =>
      all.map((link) => [link.textContent, (link as HTMLAnchorElement).href.replace(/\d{6,}$/, "ID")]),
    );
  expect(links).toContainEqual([
    "This order in the merchant's admin",
    `${world.shopify.url}/store/tandem-demo/orders/ID`,
  ]);
  expect(links).toContainEqual(["Continue shopping", `${world.shopify.store(SHOP).storefrontUrl}/`]);
  // Beside it: the thank-you page stays, and its pixel goes on.
  const opened = visitor.waitForEvent("popup");
  await visitor.click("text=What became of this order");
  const shown = await opened;
  await shown.waitForSelector("tr[data-step=order]");
  expect(await shown.locator("#results tr").innerText()).toMatch(/^Your own order\t1\t1\t1\t\$/);
  await shown.close();
  await visitor.close();
});

it("waits while the shop begins with its history, and says what is in it", async () => {
  tour.tell({ kind: "beginning" });
  await page.goto(tourAddress());
  await expect.poll(() => page.innerText("#history")).toContain("The buttons wait");
  expect(await page.isEnabled("button[data-step=buy]")).toBe(false);
  await beginWithHistory(world, SHOP, books, path.join(prepared, "unpacked"));
  tour.tellHistoryIsThere("healthy");
  await page.waitForSelector("#history:has-text('90 days behind it')");
  const sales = world.meta.events({ dataset: DATASET, name: "Purchase" });
  const serverAlone = sales.filter(({ copies }) => copies.every(({ channel }) => channel === "server"));
  expect(serverAlone.length).toBeGreaterThan(0);
  expect(await page.innerText("#history")).toContain(
    `Meta counts ${sales.length} sales, and ${serverAlone.length} of them it knows from the server alone`,
  );
  // What was bought before is forgotten; nothing but the history is counted, each sale once.
  expect(sales.length).toBeGreaterThan(books.meta.datasets[0]?.quality.length ?? 0);
  expect(sales.filter(({ counted }) => counted !== 1)).toEqual([]);
});

it("shows the merchant the history up to now, in the store's currency alone", async () => {
  const orders = [...world.shopify.store(SHOP).orders.values()];
  expect(orders.length).toBeGreaterThan(books.store.orders.length);
  const newest = Math.max(...orders.map(({ createdAt }) => createdAt));
  expect(Date.now() - newest).toBeLessThan(12 * HOUR);
  const admin = await openAdmin(world, browser, { shop: SHOP });
  const overview = await admin.open("/app?days=90");
  const text = await overview.innerText("body");
  expect(text).toMatch(new RegExp(`\\b${orders.length} paid orders`));
  expect(text).not.toMatch(/€|£|CA\$/);
  expect(admin.problems()).toEqual([]);
  await admin.close();
});

it("goes on selling in the shop with its history", async () => {
  expect(await press("buy")).toEqual(["1", "1", "1"]);
  problems.length = 0;
});

it("has moved every time and changed no count", async () => {
  const until = Date.now();
  await world.app.stop();
  const database = await openDatabase({
    ...{ dataDirectory: world.dataDirectory, preparedFolder: "", log: createLog("silent") },
  });
  try {
    const store = await database.prisma.store.findUniqueOrThrow({ where: { shop: SHOP } });
    const counted = sorted(await recount(database, store.id));
    // The funnel is written as counts alone.
    const ours = sorted(
      (await kept(database, store.id)).filter(({ metric }) => !metric.startsWith("funnel")),
    );
    expect(ours).toEqual(counted);
    const first = until - (DAYS + 1) * 24 * HOUR;
    const conversions = await database.prisma.conversion.findMany();
    for (const { paidAt, receivedAt, eventTime } of conversions)
      for (const at of [paidAt, receivedAt, eventTime]) {
        expect(at.getTime()).toBeGreaterThan(first);
        expect(at.getTime()).toBeLessThanOrEqual(until);
      }
    // What `--history` has and this one has not: sales that were refused for good or held.
    const states = await database.prisma.delivery.groupBy({ by: ["state"] });
    expect(states.map(({ state }) => state).filter((state) => ["dead", "held"].includes(state))).toEqual([]);
    const sent = await database.prisma.delivery.findMany({ where: { state: "delivered" } });
    for (const { sentPayload, settledAt } of sent) {
      const { event_time: eventTime } = sentPayload as { event_time: number };
      // An hour: nothing of this history waits longer.
      expect(Math.abs((settledAt?.getTime() ?? 0) - eventTime * 1_000)).toBeLessThan(HOUR);
    }
  } finally {
    await database.close();
  }
});
