import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { EVENT_CSV_WORDS } from "#app/components/events/event-csv-words.ts";
import { countEvents, foundBeside } from "#app/quality/count-events.server.ts";
import { readBuyerCountries } from "#app/quality/read-buyer-countries.server.ts";
import { zoneOffsets } from "#app/quality/zone-offsets.server.ts";
import { readEventFilters, writeEventFilters, type EventFilters } from "#app/quality/event-filters.ts";
import { readEventDetail } from "#app/quality/read-event-detail.server.ts";
import { readEvents } from "#app/quality/read-events.server.ts";
import { streamEventsCsv } from "#app/quality/stream-events-csv.server.ts";
import { NEWEST, openEventLog } from "#tests/setup/open-event-log.ts";
import { DATABASE_KINDS, type TestDatabase } from "#tests/setup/open-test-database.ts";

const filters = (query: string): EventFilters => readEventFilters(new URLSearchParams(query));

it.each([
  // Counted, and how far; orders on the page, and whether it is the first; what the page says.
  [10_000, true, 50, true, 10_000, true],
  [0, true, 50, true, 50, true],
  [30, true, 7, false, 30, true],
  [0, true, 0, true, 0, false],
  [20, true, 0, false, 20, true],
  [7, false, 7, true, 7, false],
  [51, false, 1, false, 51, false],
])(
  "a count of %i (at least: %s) beside a page of %i (the first: %s) is said as %i (at least: %s)",
  (count, isLeast, shown, isFirst, said, saidLeast) => {
    expect(foundBeside({ count, isLeast }, { shown, isFirst })).toEqual({ count: said, isLeast: saidLeast });
  },
);

describe.each(DATABASE_KINDS)("the event log on the %s database", (databaseKind) => {
  let test: TestDatabase;
  let store: { id: bigint; timeZone: string };
  let other: { id: bigint; timeZone: string };
  let second: bigint;

  beforeAll(async () => {
    ({ test, store, other, second } = await openEventLog(databaseKind));
  });
  afterAll(() => test.destroy());

  const csvOf = (query: string) => ({
    store,
    filters: filters(query),
    words: EVENT_CSV_WORDS,
    offsets: zoneOffsets("America/Los_Angeles", NEWEST),
  });
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
    // 1005 was sold in person: it has no browser, so nothing of it was recovered.
    ["pairing=paired,server_only", "1004 1001"],
    ["pairing=no_browser", "1005"],
    ["pairing=no_copies", "1002"],
    ["pairing=pending", "1009 1008 1007 1006 1003"],
    ["reason=no_consent", "1002"],
    ["reason=consent_refused", "1002"],
    ["reason=consent_missing", ""],
    ["reason=payload", "1003"],
    // 1001 had a fault of Meta's on its way, and arrived.
    ["reason=transient", ""],
    ["reason=payload,no_consent", "1003 1002"],
    ["reason=test_order", ""],
    ["country=DE", "1004 1002"],
    ["country=FR,DE", "1004 1003 1002"],
    ["country=DE&view=skipped", "1002"],
    ["country=US", ""],
    ["source=pos", "1005"],
    ["view=attention&source=pos", ""],
    ["q=%231004", "1004"],
    ["q=701004", "1004"],
    ["q=%23100", "1009 1008 1007 1006 1005 1004 1003 1002 1001"],
    ["q=04", "1004"],
    ["q=004", "1004"],
    ["q=1004&status=dead", ""],
    // A part of an order ID finds nothing: it would be in nearly every one.
    ["q=7010", ""],
    ["q=nothing", ""],
    ["dataset=99999", ""],
    // Days of the store: 1009 and 1008 and 1007 were received on the 9th and 10th in Los Angeles.
    ["from=2026-03-10", "1009"],
    ["from=2026-03-09&to=2026-03-09", "1008 1007 1006 1005"],
    ["to=2026-03-07", "1002 1001"],
    ["view=attention&from=2026-03-09&to=2026-03-09", "1007"],
  ])("finds for “%s”: %s", async (query, expected) => {
    expect((await numbers(query)).join(" ")).toBe(expected);
    const found = expected === "" ? 0 : expected.split(" ").length;
    expect(await countEvents(test.database, { store, filters: filters(query) })).toEqual({
      count: found,
      isLeast: false,
    });
  });

  it("names the countries that there are", async () => {
    expect(await readBuyerCountries(test.database, store.id)).toEqual([
      { code: "FR", name: "France" },
      { code: "DE", name: "Germany" },
    ]);
  });

  it.each([
    ["", 9, 9, false],
    ["", 8, 8, true],
    // An index holds the one order that is paired: nothing else is looked at.
    ["pairing=paired", 4, 1, false],
    ["view=attention", 2, 2, true],
    // No index holds what was sent: of the nine orders the newest five are looked at, and 1005 is the one sent.
    ["status=delivered", 2, 1, true],
  ])("counts for “%s” no further than %i orders: %i", async (query, most, count, isLeast) => {
    expect(await countEvents(test.database, { store, filters: filters(query), most })).toEqual({
      count,
      isLeast,
    });
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
    const text = await new Response(streamEventsCsv(test.database, csvOf("view=attention"))).text();
    const lines = text.trim().split("\r\n");
    expect(lines).toHaveLength(1 + 4);
    expect(lines[1]).toContain(`"'=HYPERLINK(""#1009"")",701009,1009,Purchase`);
    expect(text).toContain(`"'=Second"`);
    expect(text).not.toMatch(/(^|,)=/m);
  });

  it("tells in the file apart what the pages tell apart, in codes and in words", async () => {
    const text = await new Response(streamEventsCsv(test.database, csvOf(""))).text();
    const [head = "", ...lines] = text.replace("\uFEFF", "").trim().split("\r\n");
    const names = head.split(",");
    const cell = (number: number, name: string) =>
      lines
        .find((line) => line.includes(`,70${number},`))
        ?.replace(/^"(?:[^"]|"")*"/, "")
        .split(",")[names.indexOf(name)];
    const cells = (name: string) => [1001, 1002, 1003, 1004, 1005, 1006].map((number) => cell(number, name));
    expect(cells("deduplication")).toEqual([
      "paired",
      "no_copies",
      "pending",
      "server_only",
      "no_browser",
      "pending",
    ]);
    expect(cells("deduplication_text")).toEqual([
      "Paired",
      "No copies",
      "Not known yet",
      "Recovered",
      "No browser",
      "Not known yet",
    ]);
    expect(cells("status_text")).toEqual(["Sent", "Not sent", "Failed", "Sent", "Sent", "Retrying"]);
    expect(cells("skip_reason_text")).toEqual(["", "Consent refused", "", "", "", ""]);
    expect(cells("customer_information_keys")).toEqual(["em", "", "em", "em", "em", "em"]);
    expect(cells("last_error")).toEqual(["", "", "payload", "", "", ""]);
    expect(cells("last_error_text")).toEqual(["", "", "Event refused", "", "", ""]);
    expect(cells("value")).toEqual(["10", "10.00", "10.00", "10.00", "10.00", "10.00"]);
    expect(cells("buyer_country")).toEqual(["", "DE", "FR", "DE", "", ""]);
    // 24 hours before 07:30 UTC of the 10th, which is half past midnight in Los Angeles.
    expect(cell(1005, "paid_at_utc")).toBe("2026-03-09T07:30:00.000Z");
    expect(cell(1005, "paid_at_store")).toBe("2026-03-09 00:30:00");
    expect(cell(1005, "store_time_zone")).toBe("America/Los_Angeles");
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
    const query = "view=attention&status=held%2Cdead&source=web&country=DE%2CGB&from=2026-03-01&q=%231001";
    expect(writeEventFilters(filters(query)).toString()).toBe(query);
    expect(
      writeEventFilters(
        filters("view=evil&status=x&from=2026-99-99&dataset=1;drop&country=de,x'"),
      ).toString(),
    ).toBe("");
  });
});
