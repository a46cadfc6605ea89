import { readFile } from "node:fs/promises";

import type { Browser, Frame } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";

import type { Database } from "#app/platform/database/database.server.ts";
import { startWorld, type World } from "#sandbox/start-world.ts";
import { openTestDatabase, type TestDatabase } from "#tests/setup/open-test-database.ts";

import { findAccessFaults } from "./find-access-faults.ts";
import { oneBrowser } from "./one-browser.ts";
import { openAdmin, type Admin } from "./open-admin.ts";
import { SHOP } from "./share-admin.ts";

const PATH = "/app/audit/orders";
const DAY_MS = 86_400_000;

let test: TestDatabase;
let database: Database;
let world: World;
let browser: Browser;
const inside: Admin[] = [];
beforeAll(async () => {
  test = await openTestDatabase("server");
  ({ database } = test);
  world = await startWorld({ databaseUrl: test.url });
  browser = await oneBrowser();
  await world.signIn(SHOP);
});
afterEach(async () => {
  const left = inside.splice(0);
  const problems = left.flatMap((admin) => admin.problems());
  for (const admin of left) await admin.close();
  expect(problems).toEqual([]);
});
afterAll(async () => {
  await world.close();
  await test.destroy();
});

async function enter(width = 1280): Promise<Admin> {
  const admin = await openAdmin(world, browser, { shop: SHOP, width });
  inside.push(admin);
  return admin;
}

/** The store's calendar day so many days ago: counted in days, for not every day has 24 hours. */
async function dayAgo(days: number): Promise<string> {
  const store = await database.prisma.store.findUniqueOrThrow({ where: { shop: SHOP } });
  const format = new Intl.DateTimeFormat("en-CA", { timeZone: store.timeZone });
  const day = new Date(format.format(Date.now()));
  day.setUTCDate(day.getUTCDate() - days);
  return day.toISOString().slice(0, 10);
}

/** 40 days of a store: 12 orders a day, all sent but one without consent; yesterday Shopify has two more. */
async function fillDays(): Promise<void> {
  const { prisma } = database;
  const store = await prisma.store.update({
    where: { shop: SHOP },
    data: { installedAt: new Date(Date.now() - 40 * DAY_MS) },
  });
  const dataset = await prisma.dataset.findFirstOrThrow({ where: { storeId: store.id } });
  for (let ago = 1; ago <= 30; ago += 1) {
    const day = new Date(await dayAgo(ago));
    const of = { storeId: store.id, day, currency: "USD" };
    const orders = 8 + ((ago * 7) % 9);
    await prisma.tally.createMany({
      data: [
        { ...of, datasetId: 0n, metric: "order", label: "web", count: BigInt(orders), amount: orders * 61.5 },
        {
          ...of,
          datasetId: dataset.id,
          metric: "delivery",
          label: "delivered",
          count: BigInt(orders - 1),
          amount: (orders - 1) * 61.5,
        },
        {
          ...of,
          datasetId: dataset.id,
          metric: "delivery",
          label: "skipped:no_consent",
          count: 1n,
          amount: 61.5,
        },
      ],
    });
    const atShopify = orders + (ago === 1 ? 2 : 0);
    await prisma.shopifyDay.create({
      data: {
        storeId: store.id,
        day,
        orders: atShopify,
        amount: atShopify * 61.5,
        currency: "USD",
        askedAt: new Date(),
      },
    });
  }
}

async function uploadFile(app: Frame, name: string, content: string | Buffer): Promise<void> {
  await app
    .locator('input[type="file"]')
    .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(content) });
}

it("says what will be here before there is anything, and takes no file without a dataset", async () => {
  const app = await (await enter()).open(PATH);
  await app.getByText("No orders to compare yet").waitFor();
  await app.getByText("Connect a dataset first.").waitFor();
  expect(await app.getByRole("button", { name: "Choose file" }).isDisabled()).toBe(true);
  expect(await findAccessFaults(app)).toEqual([]);
});

it("shows the days by everybody's count, and each number opens its orders", async () => {
  await world.connectDataset(SHOP, "1234567890123456");
  await fillDays();
  const merchant = await enter();
  const app = await merchant.open(PATH);
  await app.getByText("Shopify has 2 paid orders that Tandem does not have.").waitFor();
  expect(await app.locator(".tandem-days tbody tr").count()).toBe(30);
  expect(await app.locator(".tandem-days .tandem-odd").count()).toBe(1);
  expect(await findAccessFaults(app)).toEqual([]);

  // Yesterday: 8 + 7 orders, one of them left out.
  const yesterday = app.locator(".tandem-days tbody tr").nth(1);
  expect(await yesterday.locator("td").allInnerTexts()).toEqual([
    expect.stringMatching(/^17\s+\$1,045\.50$/),
    expect.stringMatching(/^15\s+\$922\.50$/),
    expect.stringMatching(/^14\s+\$861\.00$/),
    expect.stringMatching(/^1\s/),
    "0",
    "0",
    "Not known",
  ]);
  await yesterday.getByRole("link", { name: "14" }).click();
  await app.waitForURL(/\/app\/events/);
  const day = await dayAgo(1);
  const query = new URL((await merchant.frame()).url()).searchParams;
  expect([query.get("from"), query.get("to"), query.get("status")]).toEqual([day, day, "delivered"]);

  const narrow = await (await enter(390)).open(PATH);
  expect(await findAccessFaults(narrow)).toEqual([]);
  const overflow = await narrow.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
});

it("takes an export of Meta's: what is wrong stands beside the field, what is right in the table", async () => {
  const merchant = await enter();
  const app = await merchant.open(PATH);
  await uploadFile(app, "meta.csv", "Event name,Browser\nPurchase,3\n");
  await app
    .getByText("meta.csv, line 1, column Event time: There is no such column.", { exact: false })
    .waitFor();
  expect(await app.evaluate(() => document.activeElement?.textContent)).toBe("Choose file");
  expect(await findAccessFaults(app)).toEqual([]);

  await uploadFile(app, "large.csv", Buffer.alloc(5 * 1024 * 1024 + 1, "x"));
  await app.getByText("The file is larger than 5 MB. Export fewer days at a time.").waitFor();

  const day = await dayAgo(1);
  const good = `Date;Event name;Browser;Server\n${day};Purchase;12;29\n`;
  await uploadFile(app, "meta.csv", Buffer.from(`\ufeff${good}`, "utf16le"));
  await app.getByText("Read: 41 purchases from", { exact: false }).waitFor();
  await app.getByText("Meta received 29 purchases where Tandem sent 14", { exact: false }).waitFor();
  await app.getByText("12 browser, 29 server").waitFor();

  const download = merchant.page.waitForEvent("download");
  await app.getByRole("button", { name: "Download CSV" }).click();
  const text = await readFile(await (await download).path(), "utf8");
  const line = text.split("\r\n").find((each) => each.startsWith(day));
  expect(line).toMatch(/,12,29,41,missing received_more$/);
});
