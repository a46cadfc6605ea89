import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { readEventFilters, writeEventFilters, type EventFilters } from "#app/quality/event-filters.ts";
import { readEventDetail } from "#app/quality/read-event-detail.server.ts";
import { readEvents } from "#app/quality/read-events.server.ts";
import { streamEventsCsv } from "#app/quality/stream-events-csv.server.ts";
import { DATABASE_HOMES, openTestDatabase, type TestDatabase } from "#tests/setup/open-test-database.ts";

const HOUR = 3_600_000;
/** 2026-03-10 00:30 in Los Angeles (UTC-7 since the 8th). */
const NEWEST = Date.UTC(2026, 2, 10, 7, 30);

interface Made {
  readonly number: number;
  readonly state?: string;
  readonly skipReason?: string;
  readonly pairing?: string;
  readonly source?: string;
  readonly dataset?: "first" | "second" | "both";
  readonly hoursAgo?: number;
}

const ORDERS: readonly Made[] = [
  { number: 1001, state: "delivered", pairing: "paired", hoursAgo: 60 },
  { number: 1002, state: "skipped", skipReason: "no_consent", hoursAgo: 50 },
  { number: 1003, state: "dead", hoursAgo: 40 },
  { number: 1004, state: "delivered", pairing: "server_only", hoursAgo: 30 },
  { number: 1005, state: "delivered", pairing: "server_only", source: "pos", hoursAgo: 24 },
  { number: 1006, state: "retrying", hoursAgo: 20 },
  { number: 1007, state: "due", dataset: "second", hoursAgo: 2 },
  { number: 1008, state: "waiting", hoursAgo: 1 },
  { number: 1009, state: "dead", dataset: "both", hoursAgo: 0 },
];

const filters = (query: string): EventFilters => readEventFilters(new URLSearchParams(query));

describe.each(DATABASE_HOMES)("the event log on the %s database", (home) => {
  let test: TestDatabase;
  let store: { id: bigint; timeZone: string };
  let other: { id: bigint; timeZone: string };
  let second: bigint;

  beforeAll(async () => {
    test = await openTestDatabase(home);
    const { prisma } = test.database;
    const open = (shop: string) =>
      prisma.store.create({
        data: {
          shop,
          timeZone: "America/Los_Angeles",
          datasets: {
            create: [
              { datasetId: "111111", name: "First" },
              // A stop of the whole dataset: its rows are shown as held, whatever their own state.
              { datasetId: "222222", name: "=Second", heldAt: new Date(NEWEST), heldClass: "credential" },
            ],
          },
        },
        include: { datasets: { orderBy: { id: "asc" } } },
      });
    for (const shop of ["one.myshopify.com", "two.myshopify.com"]) {
      const made = await open(shop);
      const [first, next] = made.datasets;
      if (!first || !next) throw new Error("no datasets");
      if (shop.startsWith("one")) {
        store = made;
        second = next.id;
      } else other = made;
      for (const order of ORDERS) {
        const at = new Date(NEWEST - (order.hoursAgo ?? 0) * HOUR);
        const ids =
          order.dataset === "both" ? [first.id, next.id] : [order.dataset === "second" ? next.id : first.id];
        await prisma.conversion.create({
          data: {
            storeId: made.id,
            eventName: "Purchase",
            sourceKey: String(700_000 + order.number),
            orderId: String(700_000 + order.number),
            orderNumber: String(order.number),
            orderName: `=HYPERLINK("#${order.number}")`,
            eventId: String(order.number),
            eventTime: at,
            paidAt: at,
            receivedAt: at,
            source: order.source ?? "web",
            actionSource: "website",
            value: 10,
            currency: "USD",
            pairing: order.pairing ?? "pending",
            deliveries: {
              create: ids.map((datasetId) => ({
                storeId: made.id,
                datasetId,
                state: order.state ?? "due",
                skipReason: order.skipReason ?? null,
                dueAt: at,
                expiresAt: new Date(at.getTime() + 7 * 24 * HOUR),
                createdAt: at,
              })),
            },
          },
        });
      }
    }
  });
  afterAll(() => test.destroy());

  const numbers = async (query: string): Promise<string[]> => {
    const page = await readEvents(test.database, { store, filters: filters(query), cursor: {} });
    return page.rows.map((row) => row.eventId);
  };

  it.each([
    ["", "1009 1008 1007 1006 1005 1004 1003 1002 1001"],
    ["view=attention", "1009 1007 1003"],
    ["view=waiting", "1008 1007 1006"],
    ["view=recovered", "1004"],
    ["view=skipped", "1002"],
    ["status=delivered", "1005 1004 1001"],
    ["status=open", "1008"],
    ["status=held", "1007"],
    ["status=dead,skipped", "1009 1003 1002"],
    ["pairing=paired,server_only", "1005 1004 1001"],
    ["source=pos", "1005"],
    ["view=attention&source=pos", ""],
    ["q=%231004", "1004"],
    ["q=701004", "1004"],
    ["q=nothing", ""],
    ["dataset=99999", ""],
    // Days of the store: 1009 and 1008 and 1007 were received on the 9th and 10th in Los Angeles.
    ["from=2026-03-10", "1009"],
    ["from=2026-03-09&to=2026-03-09", "1008 1007 1006 1005"],
    ["to=2026-03-07", "1002 1001"],
    ["view=attention&from=2026-03-09&to=2026-03-09", "1007"],
  ])("finds for “%s”: %s", async (query, expected) => {
    expect((await numbers(query)).join(" ")).toBe(expected);
  });

  it("finds what went to one dataset", async () => {
    expect(await numbers(`dataset=${second}`)).toEqual(["1009", "1007"]);
  });

  it("walks every page there and back, whatever the filter", async () => {
    for (const query of ["", "view=attention", "status=delivered"]) {
      const all = await numbers(query);
      const seen: string[] = [];
      const read = (cursor: { after?: bigint; before?: bigint }) =>
        readEvents(test.database, { store, filters: filters(query), cursor, limit: 2 });
      let page = await read({});
      expect(page.newer).toBeNull();
      for (;;) {
        seen.push(...page.rows.map((row) => row.eventId));
        if (page.older === null) break;
        page = await read({ after: BigInt(page.older) });
      }
      expect(seen).toEqual(all);
      if (page.newer === null) continue;
      const back = await read({ before: BigInt(page.newer) });
      const at = all.indexOf(page.rows[0]?.eventId ?? "");
      expect(back.rows.map((row) => row.eventId)).toEqual(all.slice(Math.max(0, at - 2), at));
    }
  });

  it("exports what the filter finds, one line a dataset, and nothing that a spreadsheet would run", async () => {
    const text = await new Response(
      streamEventsCsv(test.database, { store, filters: filters("view=attention") }),
    ).text();
    const lines = text.trim().split("\r\n");
    expect(lines).toHaveLength(1 + 4);
    expect(lines[1]).toContain(`"'=HYPERLINK(""#1009"")",1009,Purchase`);
    expect(text).toContain(`"'=Second"`);
    expect(text).not.toMatch(/(^|,)=/m);
  });

  it("shows an event to its own store only", async () => {
    const [row] = (await readEvents(test.database, { store, filters: filters(""), cursor: {} })).rows;
    const ask = (of: { id: bigint }) =>
      readEventDetail(test.database, { store: of, id: row?.id ?? "", graphUrl: "https://g", now: NEWEST });
    expect((await ask(store))?.eventId).toBe("1009");
    expect(await ask(other)).toBeNull();
    const strange = { ...(await ask(store)), id: "9".repeat(30) };
    expect(
      await readEventDetail(test.database, { store, id: strange.id, graphUrl: "https://g", now: NEWEST }),
    ).toBeNull();
  });

  it("keeps the filter in the address as it was", () => {
    const query = "view=attention&status=held%2Cdead&source=web&from=2026-03-01&q=%231001";
    expect(writeEventFilters(filters(query)).toString()).toBe(query);
    expect(writeEventFilters(filters("view=evil&status=x&from=2026-99-99&dataset=1;drop")).toString()).toBe(
      "",
    );
  });
});
