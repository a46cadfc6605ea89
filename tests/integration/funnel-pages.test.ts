import { beforeAll, describe, expect, it } from "vitest";

import type { FunnelLogFilters } from "#app/quality/funnel-log-filters.ts";
import { readFunnelEvent } from "#app/quality/read-funnel-event.server.ts";
import { readFunnelLog } from "#app/quality/read-funnel-log.server.ts";
import { readFunnelOverview } from "#app/quality/read-funnel-overview.server.ts";
import { readOverview } from "#app/quality/read-overview.server.ts";
import type { EventCursor } from "#app/quality/read-events.server.ts";
import { streamFunnelCsv } from "#app/quality/stream-funnel-csv.server.ts";
import { countFunnel, fillFunnel } from "#tests/setup/fill-funnel.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

/** 12:00 in UTC, 13:00 in Berlin. */
const NOW = Date.UTC(2026, 2, 10, 12);
const HOUR = 3_600_000;
const ALL: FunnelLogFilters = { state: [], outcome: [], dataset: null, eventId: "" };

describe.each(DATABASE_KINDS)("the pages of the funnel on the %s database", (databaseKind) => {
  const test = shareTestDatabase(databaseKind);
  let storeId: bigint;
  let datasetId: bigint;
  let second: bigint;
  let others: { readonly storeId: bigint; readonly datasetId: bigint };
  beforeAll(async () => {
    const { prisma } = test.database;
    const make = (shop: string) =>
      prisma.store.create({
        data: {
          shop,
          timeZone: "Europe/Berlin",
          installedAt: new Date(NOW - 90 * 24 * HOUR),
          datasets: {
            create: [{ datasetId: `${shop.length}001`, name: "Agency" }, { datasetId: `${shop.length}002` }],
          },
        },
        include: { datasets: { orderBy: { id: "asc" } } },
      });
    const [mine, theirs] = [await make("mine.myshopify.com"), await make("theirs.myshopify.com")];
    [storeId, datasetId, second] = [mine.id, mine.datasets[0]?.id ?? 0n, mine.datasets[1]?.id ?? 0n];
    others = { storeId: theirs.id, datasetId: theirs.datasets[0]?.id ?? 0n };
    const own = { storeId, datasetId, event: "ViewContent" };
    // 120 events, half an hour apart: two and a half days.
    await fillFunnel(test.database, { ...own, count: 120, newest: NOW - HOUR, everyMs: HOUR / 2 });
    await fillFunnel(test.database, {
      ...own,
      count: 3,
      newest: NOW - 60_000,
      outcome: "blocked",
      state: "dead",
      lastClass: "payload",
      idPrefix: "refused-",
    });
    await fillFunnel(test.database, { ...own, event: "AddToCart", count: 2, newest: NOW, idPrefix: "cart-" });
    await fillFunnel(test.database, {
      ...own,
      datasetId: second,
      count: 1,
      newest: NOW,
      idPrefix: "refused-",
    });
    await fillFunnel(test.database, { ...others, event: "ViewContent", count: 5, newest: NOW });
  });

  const log = (filters: Partial<FunnelLogFilters> = {}, cursor: EventCursor = {}) =>
    readFunnelLog(test.database, {
      store: { id: storeId },
      event: "ViewContent",
      filters: { ...ALL, ...filters },
      cursor,
      now: NOW,
    });

  it("list a store's own events of one name, newest first, page by page and back", async () => {
    const first = await log();
    expect(first.rows).toHaveLength(50);
    expect(first.newer).toBeNull();
    expect(first.rows[0]).toMatchObject({
      eventId: "refused-1",
      dataset: expect.any(String),
      state: "delivered",
    });
    const next = await log({}, { after: BigInt(first.older ?? 0) });
    const last = await log({}, { after: BigInt(next.older ?? 0) });
    const ids = [first, next, last].flatMap(({ rows }) => rows.map(({ id }) => id));
    expect(new Set(ids).size).toBe(124);
    expect(last.older).toBeNull();
    const back = await log({}, { before: BigInt(last.newer ?? 0) });
    expect(back.rows).toEqual(next.rows);
    expect(back.newer).toBe(next.newer);
    expect(back.older).toBe(next.rows.at(-1)?.id);
  });

  it("are narrowed to what became of either copy, to a dataset, and to one whole event ID", async () => {
    expect((await log({ state: ["dead"] })).rows.map(({ eventId }) => eventId)).toEqual([
      "refused-3",
      "refused-2",
      "refused-1",
    ]);
    expect((await log({ outcome: ["blocked", "failed"] })).rows).toHaveLength(3);
    expect((await log({ outcome: ["blocked"], state: ["delivered"] })).rows).toEqual([]);
    expect((await log({ dataset: String(second) })).rows).toHaveLength(1);
    expect((await log({ dataset: String(others.datasetId) })).rows).toEqual([]);
    const both = (await log({ eventId: "refused-1" })).rows;
    expect(both.map(({ datasetId: each }) => each).toSorted()).toEqual(
      [String(datasetId), String(second)].toSorted(),
    );
    expect((await log({ eventId: "refused" })).rows).toEqual([]);
    expect((await log({ eventId: "refused-1", state: ["dead"] })).rows).toHaveLength(1);
    expect((await log({ eventId: "cart-1" })).rows).toEqual([]);
  });

  it("show one event with both copies and Meta's answer, to its own store alone", async () => {
    const [row] = (await log({ state: ["dead"] })).rows;
    const place = `${row?.day}.${row?.id}`;
    expect(await readFunnelEvent(test.database, { storeId, event: "ViewContent", place })).toMatchObject({
      eventId: "refused-3",
      eventTime: NOW - 60_000,
      outcome: "blocked",
      state: "dead",
      dataset: "Agency",
      page: "https://shop.example/products/mug",
      parameters: [
        ["value", "19.9"],
        ["currency", "EUR"],
      ],
      answer: { class: "payload", code: 100, message: "Invalid parameter" },
    });
    for (const [store, event, at] of [
      [others.storeId, "ViewContent", place],
      [storeId, "AddToCart", place],
      [storeId, "ViewContent", `2026-02-31.${row?.id}`],
      [storeId, "ViewContent", `${row?.id}`],
      [storeId, "ViewContent", `${row?.day}.1'`],
    ] as const)
      expect(await readFunnelEvent(test.database, { storeId: store, event, place: at })).toBeNull();
  });

  it("are exported as the filters find them", async () => {
    const stream = streamFunnelCsv(test.database, {
      store: { id: storeId, timeZone: "Europe/Berlin" },
      event: "ViewContent",
      filters: { ...ALL, state: ["dead"] },
      offsets: [[0, 60]],
      now: NOW,
    });
    const [head, ...lines] = (await new Response(stream).text()).trimEnd().split("\r\n");
    expect(head).toContain("event_id,event_name");
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain("refused-3,ViewContent,2026-03-10T11:59:00.000Z,2026-03-10");
    expect(lines[0]).toContain("19.9,EUR,Agency,blocked,dead,payload,fbp client_ip_address");
  });

  describe("and their counts", () => {
    beforeAll(async () => {
      const of = { storeId, datasetId, day: "2026-03-10" };
      await countFunnel(test.database, of, {
        "ViewContent:taken": 200,
        "ViewContent:paired": 150,
        "ViewContent:server_only": 40,
        "ViewContent:neither": 6,
        "ViewContent:dead:payload": 6,
        "AddToCart:taken": 30,
      });
      await countFunnel(test.database, of, { "ViewContent:em": 19, "ViewContent:fbp": 190 });
      await countFunnel(test.database, { ...of, datasetId: 0n }, { "ViewContent:shed": 4 });
      await countFunnel(test.database, { ...of, ...others }, { "ViewContent:taken": 777 });
      await test.database.prisma.scoreSnapshot.create({
        data: {
          storeId,
          datasetId,
          day: new Date("2026-03-10"),
          takenAt: new Date(NOW),
          others: [
            { event_name: "PageView", event_match_quality: { composite_score: 2.5 } },
            {
              event_name: "ViewContent",
              event_match_quality: { composite_score: 5.4, match_key_feedback: [] },
              event_coverage: { percentage: 88, goal_percentage: 75 },
            },
          ],
        },
      });
    });

    const overview = async (event: "ViewContent" | "PageView" | "Search") =>
      readFunnelOverview(test.database, {
        store: await test.database.prisma.store.findUniqueOrThrow({ where: { id: storeId } }),
        event,
        period: { kind: "days", days: 7 },
        dataset: null,
        now: NOW,
      });

    it("fill the overview of an event, with Meta's own score of it", async () => {
      const report = await overview("ViewContent");
      expect(report).toMatchObject({
        dataset: String(datasetId),
        copies: "both",
        figures: {
          taken: { count: 200, worth: [{ currency: "EUR", amount: 2000 }] },
          copies: { paired: 150, serverOnly: 40, browserOnly: 0, neither: 6 },
          open: 4,
          shed: 4,
          refused: [{ class: "payload", count: 6 }],
        },
        match: { latest: { score: 5.4, coverage: 88, coverageGoal: 75 }, scoredSales: 190 },
      });
      expect(report.match.keys.find(({ key }) => key === "em")).toMatchObject({ ours: 0.1 });
      expect(report.match.history.at(-1)).toEqual({ day: "2026-03-10", score: 5.4 });
      expect(report.steps).toEqual([
        { event: "ViewContent", count: 200 },
        { event: "AddToCart", count: 30 },
        { event: "InitiateCheckout", count: 0 },
        { event: "Purchase", count: 0 },
      ]);
    });

    it("are none where an event is not sent twice, and Meta's word stays", async () => {
      expect(await overview("PageView")).toMatchObject({
        copies: "browser",
        figures: { taken: { count: 0 } },
        match: { latest: { score: 2.5 } },
      });
      expect(await overview("Search")).toMatchObject({ copies: "off", match: { latest: null } });
    });

    it("stay out of the figures of orders", async () => {
      const report = await readOverview(test.database, {
        store: await test.database.prisma.store.findUniqueOrThrow({ where: { id: storeId } }),
        period: { kind: "days", days: 7 },
        dataset: null,
        now: NOW,
      });
      expect(report.orders.paid.count).toBe(0);
      expect(report.steps[0]).toEqual({ event: "ViewContent", count: 200 });
    });
  });
});
