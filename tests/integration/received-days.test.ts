import { beforeEach, describe, expect, it } from "vitest";

import { readReconciliation } from "#app/audit/reconcile/read-reconciliation.server.ts";
import { readReceivedDays } from "#app/audit/reconcile/read-outside-days.server.ts";
import { MOST_UPLOADED, takeReceivedFile } from "#app/audit/reconcile/take-received-file.server.ts";
import { writeReconciliationCsv } from "#app/audit/reconcile/write-reconciliation-csv.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { inPieces } from "#tests/setup/read-text-file.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const NOW = Date.parse("2026-11-27T12:00:00Z");
const clock = () => NOW;

describe.each(DATABASE_KINDS)("what Meta received, from a file, on the %s database", (databaseKind) => {
  const test = shareTestDatabase(databaseKind);
  const ids = { store: 0n, other: 0n, dataset: "", foreign: "" };
  beforeEach(async () => {
    const { prisma } = test.database;
    await prisma.store.deleteMany();
    const open = (shop: string) =>
      prisma.store.create({
        data: {
          shop,
          currency: "USD",
          installedAt: new Date("2026-10-01"),
          datasets: { create: { datasetId: "900000000000001" } },
        },
        include: { datasets: true },
      });
    const [mine, theirs] = [await open("mine.myshopify.com"), await open("theirs.myshopify.com")];
    ids.store = mine.id;
    ids.other = theirs.id;
    ids.dataset = String(mine.datasets[0]?.id);
    ids.foreign = String(theirs.datasets[0]?.id);
  });

  const take = (content: string, change: { readonly dataset?: string } = {}) =>
    takeReceivedFile({ database: test.database, clock }, ids.store, {
      dataset: ids.dataset,
      name: "export.csv",
      bytes: inPieces(content, 4096),
      ...change,
    });
  const HEAD = "Date,Event name,Browser,Server,Value,Currency";

  it("keeps counts by day and event, and replaces those that come again", async () => {
    const first = `${HEAD}\n2026-11-24,Purchase,30,40,2000.5,USD\n2026-11-25,Purchase,31,41,2100,USD\n2026-11-25,PageView,900,,,\n`;
    expect(await take(first)).toEqual({
      kind: "taken",
      from: "2026-11-24",
      to: "2026-11-25",
      days: 2,
      purchases: 142,
    });
    await take(`${HEAD}\n2026-11-25,Purchase,32,42,2200,USD\n`);
    expect(await readReceivedDays(test.database, ids.store, "2026-11-01")).toEqual([
      {
        day: "2026-11-24",
        datasetId: "900000000000001",
        eventName: "Purchase",
        browser: 30,
        server: 40,
        total: 70,
        worth: { currency: "USD", amount: 2000.5 },
      },
      {
        day: "2026-11-25",
        datasetId: "900000000000001",
        eventName: "PageView",
        browser: 900,
        server: null,
        total: 900,
        worth: null,
      },
      {
        day: "2026-11-25",
        datasetId: "900000000000001",
        eventName: "Purchase",
        browser: 32,
        server: 42,
        total: 74,
        worth: { currency: "USD", amount: 2200 },
      },
    ]);
    expect(await readReceivedDays(test.database, ids.other, "2026-11-01")).toBeNull();
  });

  it("keeps nothing of a file with a fault, and names the place", async () => {
    expect(await take(`${HEAD}\n2026-11-24,Purchase,30,40,1,USD\n24.11.2026,Purchase,1,1,1,USD\n`)).toEqual({
      kind: "problem",
      words:
        "export.csv, line 3, column Date: This is no date that can be read without doubt. Expected: 2026-11-26, 2026-11-26 10:31:22 -0500 or 1764171082.",
    });
    expect(await take(`${HEAD}\n`)).toMatchObject({ kind: "problem" });
    expect(await test.database.prisma.receivedDay.count()).toBe(0);
  });

  it("reads no more than its bound", async () => {
    const row = "2026-11-24,Purchase,1,1,1,USD\n";
    const content = `${HEAD}\n${row.repeat(Math.ceil(MOST_UPLOADED / row.length))}`;
    expect(await take(content)).toEqual({
      kind: "problem",
      words: "export.csv: The file is larger than 5 MB. Export fewer days at a time.",
    });
  });

  it("finds no dataset of another store, and none that is no number", async () => {
    for (const dataset of [ids.foreign, "", "1 OR 1=1", "99999999999999999999"])
      expect(await take(`${HEAD}\n2026-11-24,Purchase,30,40,1,USD\n`, { dataset })).toEqual({
        kind: "not_found",
      });
    expect(await test.database.prisma.receivedDay.count()).toBe(0);
  });

  it("takes counts that no database could add up", async () => {
    const many = "2000000000,2000000000,999999999999999,USD";
    const content = `${HEAD}\n2026-11-24,Purchase,${many}\n2026-11-24,Purchase,${many}\n`;
    expect(await take(content)).toMatchObject({ kind: "taken", purchases: 2_000_000_000 });
  });

  it("stands beside Shopify's count and ours, and in the file", async () => {
    const { prisma } = test.database;
    await take(`${HEAD}\n2026-11-25,Purchase,0,9,500,USD\n`);
    const day = new Date("2026-11-25");
    await prisma.shopifyDay.create({
      data: { storeId: ids.store, day, orders: 5, amount: 250, currency: "USD", askedAt: new Date(NOW) },
    });
    const dataset = BigInt(ids.dataset);
    await prisma.tally.createMany({
      data: [
        { datasetId: 0n, metric: "order", label: "web", count: 4n, amount: 200 },
        { datasetId: dataset, metric: "delivery", label: "delivered", count: 3n, amount: 150 },
        { datasetId: dataset, metric: "delivery", label: "skipped:no_consent", count: 1n, amount: 50 },
      ].map((row) => ({ ...row, storeId: ids.store, day, currency: "USD" })),
    });
    const store = await prisma.store.findUniqueOrThrow({ where: { id: ids.store } });
    const report = await readReconciliation(test.database, { store, dataset: ids.foreign, now: NOW });
    expect([report.days.length, report.days[0]?.day, report.today, report.dataset]).toEqual([
      30,
      "2026-10-29",
      "2026-11-27",
      ids.dataset,
    ]);
    expect(report.days.find((each) => each.day === "2026-11-25")).toMatchObject({
      shopify: { orders: 5, worth: { currency: "USD", amount: 250 } },
      taken: { count: 4, worth: [{ currency: "USD", amount: 200 }] },
      sent: { count: 3 },
      skipped: [{ reason: "no_consent", count: 1 }],
      received: { browser: 0, server: 9, total: 9 },
      odd: [
        { kind: "missing", count: 1 },
        { kind: "received_more", received: 9, ours: 3 },
      ],
    });
    const lines = writeReconciliationCsv(report).split("\r\n");
    expect(lines[0]).toBe(
      "day,shopify_orders,shopify_amount,shopify_currency,taken_in_orders,taken_in_amount,taken_in_currency,dataset,sent_orders,sent_amount,sent_currency,skipped_orders,skipped_reasons,open_orders,failed_orders,before_dataset_orders,meta_received_browser,meta_received_server,meta_received_total,stands_out",
    );
    expect(lines.find((line) => line.startsWith("2026-11-25"))).toBe(
      "2026-11-25,5,250.00,USD,4,200.00,USD,900000000000001,3,150.00,USD,1,no_consent 1,0,0,0,0,9,9,missing received_more",
    );
    expect(lines.find((line) => line.startsWith("2026-11-26"))).toBe(
      "2026-11-26,,,,0,,,900000000000001,0,,,0,,0,0,0,,,,",
    );
  });
});
