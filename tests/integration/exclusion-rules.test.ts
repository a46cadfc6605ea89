import { readFileSync } from "node:fs";

import { beforeAll, beforeEach, describe, expect, it } from "vitest";

import type { ExclusionRule } from "#app/conversions/model.ts";
import { parseOrder } from "#app/conversions/order/parse-order.ts";
import { ordersOfRule } from "#app/conversions/order/seen-traits.ts";
import { createIntake, type Intake } from "#app/intake/take-in-order.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { deleteOldRows } from "#app/privacy/delete-old-rows.server.ts";
import { foldTallies } from "#app/quality/fold-tallies.server.ts";
import { readEventFilters } from "#app/quality/event-filters.ts";
import { EVENT_CSV_WORDS } from "#app/components/events/event-csv-words.ts";
import { readEvents } from "#app/quality/read-events.server.ts";
import { readSeenTraits } from "#app/quality/read-seen-traits.server.ts";
import { readTallies } from "#app/quality/read-tallies.server.ts";
import { streamEventsCsv } from "#app/quality/stream-events-csv.server.ts";
import { saveSettings } from "#app/stores/settings/save-settings.server.ts";
import { settingsOf } from "#app/stores/settings/store-settings.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const SHOP = "rules.myshopify.com";
const DAY = 86_400_000;
const NOW = Date.parse("2026-06-15T12:00:00Z");
const FIXTURE = JSON.parse(readFileSync("tests/orders/field/08_marketplace.json", "utf8")) as object;
/** What the form sends. */
const FORM = {
  eventIdRule: "order_number",
  valueBasis: "total",
  currencySide: "shop",
  contentId: "product",
  consentPolicy: "merchant",
  reportWaitSeconds: "20",
  retentionDays: "30",
  sources: { web: true, pos: true, draft: true, subscription: false, other: true },
};

describe.each(DATABASE_KINDS)("rules that leave orders out, on the %s database", (databaseKind) => {
  const test = shareTestDatabase(databaseKind);
  let intake: Intake;
  let store: { readonly id: bigint; readonly timeZone: string };
  const time = { now: NOW };
  let serial = 0;

  beforeAll(async () => {
    intake = createIntake({ database: test.database, clock: () => time.now, log: createLog("silent") });
  });
  beforeEach(async () => {
    time.now = NOW;
    await test.database.prisma.store.deleteMany();
    await test.database.prisma.$executeRaw`DELETE FROM tally`;
    await test.database.prisma.$executeRaw`DELETE FROM tally_delta`;
    await test.database.prisma.retentionMark.deleteMany();
    store = await test.database.prisma.store.create({
      data: { shop: SHOP, consentPolicy: "merchant", datasets: { create: { datasetId: "1110001" } } },
    });
  });

  const row = () => test.database.prisma.store.findUniqueOrThrow({ where: { id: store.id } });
  const save = async (exclude: unknown) => {
    const { settingsVersion } = await row();
    return saveSettings(
      { database: test.database, clock: () => NOW },
      { storeId: store.id, values: { ...FORM, settingsVersion, exclude } },
    );
  };
  const takeIn = async (more: Readonly<Record<string, unknown>>, daysAgo = 0) => {
    serial += 1;
    const at = new Date(NOW - daysAgo * DAY).toISOString();
    const order = { ...FIXTURE, id: 7_000_000 + serial, order_number: serial, name: `#${serial}` };
    const parsed = parseOrder(
      JSON.stringify({ ...order, created_at: at, processed_at: at, updated_at: at, ...more }),
    );
    if (!parsed.ok) throw new Error(parsed.problem.message);
    await intake.takeIn({ shop: SHOP, order: parsed.order, via: "webhook" });
    return test.database.prisma.conversion.findFirstOrThrow({
      where: { storeId: store.id, sourceKey: parsed.order.id },
      include: { deliveries: true },
    });
  };
  const reasonOf = async (more: Readonly<Record<string, unknown>>) => {
    const { deliveries, excludedBy } = await takeIn(more);
    return [deliveries[0]?.state, deliveries[0]?.skipReason, excludedBy];
  };
  const seen = (rules: readonly ExclusionRule[] = []) => readSeenTraits(test.database, store, rules, NOW);

  it("are saved, hold for new orders only, and are named on what they leave out", async () => {
    const before = await takeIn({ tags: "Ankorstore" });
    expect(
      await save([
        { by: "tag", value: " ankorstore " },
        { by: "tag", value: "ANKORSTORE" },
      ]),
    ).toMatchObject({
      kind: "saved",
    });
    expect(settingsOf(await row()).exclude).toEqual([{ by: "tag", value: "ankorstore" }]);
    expect(await reasonOf({ tags: "net 30, AnkorStore" })).toEqual([
      "skipped",
      "excluded_by_rule",
      "tag: ankorstore",
    ]);
    expect(await reasonOf({ tags: "net 30" })).toEqual(["due", null, null]);
    const kept = await test.database.prisma.delivery.findFirst({ where: { conversionId: before.id } });
    expect(kept?.state).toBe("due");
  });

  it("come after test orders and switches, and before what the order itself lacks", async () => {
    await save([{ by: "tag", value: "ankorstore" }]);
    expect((await reasonOf({ test: true }))[1]).toBe("test_order");
    expect((await reasonOf({ source_name: "subscription_contract" }))[1]).toBe("source_off");
    expect((await reasonOf({ current_total_price: "many", current_total_price_set: null }))[1]).toBe(
      "excluded_by_rule",
    );
  });

  it.each([
    [[{ by: "colour", value: "x" }], "Rule 1 is not complete"],
    [
      [
        { by: "tag", value: "x" },
        { by: "tag", value: "  " },
      ],
      "Rule 2 is not complete",
    ],
    [[{ by: "tag", value: "x".repeat(101) }], "Rule 1 is not complete"],
    [[{ by: "tag", value: "a\u0000b" }], "Rule 1 is not complete"],
    [Array.from({ length: 51 }, (_, each) => ({ by: "tag", value: `tag ${each}` })), "At most 50 rules."],
    ["everything", "At most 50 rules."],
  ])("are refused in words: %#", async (exclude, words) => {
    const outcome = await save(exclude);
    expect(outcome.kind === "invalid" && outcome.errors.exclude).toContain(words);
    expect(settingsOf(await row()).exclude).toEqual([]);
  });

  it("stay as they are where a form says nothing of them", async () => {
    await save([{ by: "gateway", value: "Klarna" }]);
    await save(undefined);
    expect(settingsOf(await row()).exclude).toEqual([{ by: "gateway", value: "Klarna" }]);
  });

  it("show how many orders of 30 and 90 days carried what they name", async () => {
    const b2b = { tags: "Wholesale, Net 30", payment_gateway_names: ["manual"] };
    await takeIn(b2b);
    await takeIn({ ...b2b, tags: "wholesale, ada@example.com, order-1042917" }, 29);
    await takeIn(b2b, 30);
    await takeIn(b2b, 89);
    await takeIn(b2b, 90);
    await takeIn({ ...b2b, test: true });
    await takeIn({ source_name: "pos", app_id: 129785, tags: "", payment_gateway_names: ["cash"] });
    const expected = [
      { by: "app", value: "3041525761", last30: 2, last90: 4 },
      { by: "app", value: "129785", last30: 1, last90: 1 },
      { by: "gateway", value: "manual", last30: 2, last90: 4 },
      { by: "gateway", value: "cash", last30: 1, last90: 1 },
      { by: "source", value: "3041525761", last30: 2, last90: 4 },
      { by: "source", value: "pos", last30: 1, last90: 1 },
      { by: "tag", value: "wholesale", last30: 2, last90: 4 },
      { by: "tag", value: "net 30", last30: 1, last90: 3 },
    ];
    expect(await seen()).toEqual(expected);
    await foldTallies(test.database);
    expect(await seen()).toEqual(expected);
    const counted = (rule: ExclusionRule) => seen([rule]).then((values) => ordersOfRule(rule, values));
    expect(await counted({ by: "tag", value: "WHOLESALE" })).toBe(2);
    expect(await counted({ by: "app", value: "Point of Sale" })).toBe(1);
    expect(await counted({ by: "tag", value: "never seen" })).toBe(0);
    expect(await counted({ by: "tag", value: "ada@example.com" })).toBeNull();
  });

  it("count an order once, however often it comes", async () => {
    await takeIn({ id: 99, tags: "vip" });
    await takeIn({ id: 99, tags: "vip" });
    expect((await seen()).find(({ by }) => by === "tag")).toMatchObject({ value: "vip", last30: 1 });
  });

  it("are counted as other reasons are, and their counts stay out of the other figures", async () => {
    await save([{ by: "gateway", value: "manual" }]);
    const left = await takeIn({ payment_gateway_names: ["manual"] });
    const tallies = await readTallies(test.database, {
      storeId: store.id,
      from: "2026-06-01",
      to: "2026-06-30",
    });
    expect(tallies.map(({ metric, label, count }) => [metric, label, count]).sort()).toEqual([
      ["delivery", "skipped:excluded_by_rule", 1],
      ["order", "other", 1],
      ["pairing", "other:pending", 1],
    ]);
    await takeIn({});
    const filters = readEventFilters(new URLSearchParams("reason=excluded_by_rule"));
    const page = await readEvents(test.database, { store, filters, cursor: {} });
    expect(page.rows.map(({ id, excludedBy }) => [id, excludedBy])).toEqual([
      [String(left.id), "gateway: manual"],
    ]);
    const csv = await new Response(
      streamEventsCsv(test.database, { store, filters, words: EVENT_CSV_WORDS, offsets: [] }),
    ).text();
    expect(csv).toContain("excluded_by_rule");
    expect(csv).toContain("gateway: manual");
  });

  it("are kept for 90 days and no longer", async () => {
    await takeIn({ tags: "old" }, 89);
    await foldTallies(test.database);
    const sweep = (now: number) =>
      deleteOldRows(test.database, { now, signal: new AbortController().signal });
    await sweep(NOW);
    expect(await test.database.prisma.tally.count({ where: { metric: "seen_tag" } })).toBe(1);
    await sweep(NOW + 4 * DAY);
    expect(await test.database.prisma.tally.count({ where: { metric: { startsWith: "seen_" } } })).toBe(0);
    expect(await test.database.prisma.tally.count({ where: { metric: "order" } })).toBe(1);
  });

  it("go day by day, and none comes back for a day that is gone", async () => {
    const sweep = (now: number) =>
      deleteOldRows(test.database, { now, signal: new AbortController().signal });
    const labels = async () => {
      await foldTallies(test.database);
      const rows = await test.database.prisma.tally.findMany({
        where: { metric: "seen_tag" },
        orderBy: { day: "asc" },
      });
      return rows.map(({ label }) => label);
    };
    await takeIn({ tags: "first" }, 89);
    await takeIn({ tags: "second" }, 87);
    expect(await labels()).toEqual(["first", "second"]);
    await sweep(NOW + 3 * DAY);
    expect(await labels()).toEqual(["second"]);
    await takeIn({ tags: "late" }, 93);
    expect(await labels()).toEqual(["second"]);
    await sweep(NOW + 5 * DAY);
    expect(await labels()).toEqual([]);
  });
});
