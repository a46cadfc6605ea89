import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { inPieces, listOf } from "#tests/setup/read-text-file.ts";

import { ReceivedDays } from "./add-received-days.ts";
import type { FileEventRow } from "./file-event.ts";
import { FileProblem } from "./file-problem.ts";
import { readEvents } from "./read-events.server.ts";

const NOW = Date.parse("2026-11-27T12:00:00Z");
const read = (content: string | Uint8Array, size?: number) =>
  listOf(readEvents(inPieces(content, size), "meta.csv", NOW));

const EVENT: FileEventRow = {
  kind: "event",
  line: 2,
  name: "Purchase",
  at: Date.parse("2026-11-26T15:31:22Z"),
  day: "2026-11-26",
  eventId: "1001",
  side: "server",
  value: 12.5,
  currency: "USD",
  count: 1,
  isTest: false,
  orderId: null,
};
const HEAD = "Event name,Event time,Event ID,Action source,Value,Currency,Number of events";
const ROW = "Purchase,2026-11-26 10:31:22 -0500,1001,Server,12.50,USD,1";

describe("a table of events", () => {
  it.each([
    ["commas", `${HEAD}\n${ROW}\n`],
    ["no newline at its end", `${HEAD}\n${ROW}`],
    ["Windows' line ends", `${HEAD}\r\n${ROW}\r\n`],
    ["a byte order mark", `\ufeff${HEAD}\n${ROW}\n`],
    ["semicolons", `${HEAD}\n${ROW}\n`.replaceAll(",", ";")],
    ["tabs", `${HEAD}\n${ROW}\n`.replaceAll(",", "\t")],
    ["quotes around every cell", `${HEAD}\n${ROW}\n`.replaceAll(/[^,\n]+/g, '"$&"')],
    [
      "other spellings",
      `event_name,event_time,event_id,action_source,value,currency,Count\nPurchases,1795707082,1001,Conversions API,"12,50",usd,1`,
    ],
    ["empty rows", `\n${HEAD}\n\n${ROW}\n\n`],
  ])("is read with %s", async (_, content) => {
    const [row, ...others] = await read(content);
    expect(others).toEqual([]);
    expect({ ...row, line: 2 }).toEqual(EVENT);
  });

  it("is read from UTF-16, with a byte order mark and without, of either order", async () => {
    const little = Buffer.from(`\ufeff${HEAD}\n${ROW}\n`, "utf16le");
    const big = Buffer.from(little).swap16();
    for (const bytes of [little, big, little.subarray(2), big.subarray(2)])
      expect(await read(bytes)).toEqual([EVENT]);
  });

  it("is read after the line that names its separator", async () => {
    const content = `sep=;\r\n${HEAD}\n${ROW}\n`.replaceAll(",", ";");
    expect(await read(content)).toEqual([{ ...EVENT, line: 3 }]);
  });

  it("counts rows that span lines", async () => {
    const rows = `${HEAD},Note\n${ROW},"two\nlines"\n${ROW},x\n`;
    expect((await read(rows)).map(({ line }) => line)).toEqual([2, 4]);
  });

  it("takes the side from the column that tells it, and none from one that says website for both", async () => {
    const rows = "Event,Date,Event ID,Action source,Received from\nPurchase,2026-11-26,1,website,Browser\n";
    expect(await read(rows)).toMatchObject([{ side: "browser" }]);
    expect(await read(rows.replace(",Received from", "").replace(",Browser", ""))).toMatchObject([
      { side: null },
    ]);
  });

  it("takes an ID that says nothing as none", async () => {
    const rows = ["", "null", "undefined", "N/A"].map((id) => ROW.replace("1001", id));
    const found = await read(`${HEAD}\n${rows.join("\n")}\n`);
    expect(found.map((row) => (row.kind === "event" ? row.eventId : "-"))).toEqual([null, null, null, null]);
  });
});

describe("a table of days", () => {
  it("keeps browser and server apart", async () => {
    const rows = await read(
      "Date,Event,Browser,Server,Value (USD),Currency\n2026-11-26,Purchase,40,42,2050,USD\n",
    );
    expect(rows).toEqual([
      {
        kind: "total",
        line: 2,
        name: "Purchase",
        day: "2026-11-26",
        browser: 40,
        server: 42,
        total: 82,
        value: 2050,
        currency: "USD",
      },
    ]);
  });

  it("takes one row a way, and adds the ways up", async () => {
    const days = new ReceivedDays("meta.csv");
    const content =
      "Day,Event name,Received from,Events received\n2026-11-26,Purchase,Browser,40\n2026-11-26,Purchase,Server,42\n2026-11-25,PageView,Browser,900\n";
    for (const row of await read(content)) days.add(row);
    expect(days.sums()).toEqual([
      {
        day: "2026-11-25",
        eventName: "PageView",
        browser: 900,
        server: null,
        total: 900,
        amount: null,
        currency: null,
      },
      {
        day: "2026-11-26",
        eventName: "Purchase",
        browser: 40,
        server: 42,
        total: 82,
        amount: null,
        currency: null,
      },
    ]);
  });
});

describe("a log of requests", () => {
  const event = {
    event_name: "Purchase",
    event_time: 1795707082,
    event_id: "1001",
    user_data: { em: ["person@example.com"] },
    custom_data: { value: 12.5, currency: "usd", order_id: "6100000000001" },
  };
  const expected = { ...EVENT, line: 1, orderId: "6100000000001" };

  it.each([
    ["a request a line", `${JSON.stringify({ data: [event] })}\n`],
    ["a list of requests", JSON.stringify([{ data: [event] }])],
    ["an event a line", `${JSON.stringify(event)}\n`],
    ["a request over several lines", JSON.stringify({ data: [event] }, null, 2)],
    ["Meta's form field, JSON within JSON", JSON.stringify({ data: JSON.stringify([event]) })],
  ])("is read as %s", async (_, content) => {
    expect(await read(content)).toEqual([expected]);
  });

  it("knows requests with a test event code, and keeps IDs beyond 2^53", async () => {
    const content = `{"data":[{"event_name":"Purchase","event_time":1795707082,"event_id":820982911946154508}],"test_event_code":"TEST1"}`;
    expect(await read(content)).toMatchObject([{ eventId: "820982911946154508", isTest: true }]);
  });
});

const fault = async (content: string | Uint8Array) =>
  read(content).then(
    () => "read",
    (error: unknown) => (error instanceof FileProblem ? error.message : error),
  );

it.each([
  ["nothing in it", "", "meta.csv: The file is empty."],
  ["white space only", "  \n ", "meta.csv: The file is empty."],
  [
    "no name of the event",
    "Time,Event ID\n2026-11-26,1\n",
    "meta.csv, line 1, column Event name: There is no such column. The first line of the file must name it.",
  ],
  [
    "no time",
    "Event name,Event ID\nPurchase,1\n",
    "meta.csv, line 1, column Event time: There is no such column. The first line of the file must name it.",
  ],
  [
    "neither IDs nor numbers",
    "Event name,Event time\nPurchase,2026-11-26\n",
    "meta.csv, line 1: There is neither a column with event IDs (“Event ID”) nor one with a number of events (“Total”, “Browser” or “Server”).",
  ],
  [
    "a date that may be two",
    `${HEAD}\nPurchase,03/04/2026,1,Server,1,USD,1\n`,
    "meta.csv, line 2, column Event time: This is no date that can be read without doubt. Expected: 2026-11-26, 2026-11-26 10:31:22 -0500 or 1764171082.",
  ],
  [
    "a date in the future",
    `${HEAD}\n${ROW}\n${ROW.replace("2026-11-26", "2026-11-29")}\n`,
    "meta.csv, line 3, column Event time: This date is in the future.",
  ],
  [
    "words for a value",
    `${HEAD}\n${ROW.replace("12.50", "jane@example.com")}\n`,
    "meta.csv, line 2, column Value: This is no number. Expected: 1234.56.",
  ],
  [
    "a sign for a currency",
    `${HEAD}\n${ROW.replace("USD", "$")}\n`,
    "meta.csv, line 2, column Currency: This is no currency code. Expected: three letters such as USD.",
  ],
  [
    "a part of an event",
    `${HEAD}\n${ROW.replace(/1$/, "1.5")}\n`,
    "meta.csv, line 2, column Number of events: This is no count. Expected: a whole number that is not negative.",
  ],
  [
    "a quote that is not closed",
    `${HEAD}\n${ROW}\n"Purchase,2026-11-26,1\n${ROW}\n`,
    "meta.csv, line 3: A quote that begins here is never closed. Every cell with a quote in it stands in quotes, with its own quotes doubled.",
  ],
  [
    "a quote within a cell",
    `${HEAD}\n${ROW.replace("1001", '"10"01')}\n`,
    "meta.csv, line 2: A quote stands where none can. Every cell with a quote in it stands in quotes, with its own quotes doubled.",
  ],
  [
    "a row with more cells than names",
    `${HEAD}\n${ROW},more,cells\n`,
    "meta.csv, line 2: The row has 9 cells where the first line names 7 columns. A quote or a separator is missing.",
  ],
  [
    "bytes of Windows-1252",
    Buffer.concat([Buffer.from(`${HEAD}\n${ROW}\nCaf`), Buffer.from([0xe9]), Buffer.from(`,${ROW}\n`)]),
    "meta.csv, line 3, column 4: This is no UTF-8 and no UTF-16 text. Save the file as CSV in UTF-8.",
  ],
  [
    "JSON that breaks off",
    `{"data":[]}\n{"data":[{"event_name":`,
    "meta.csv, line 2: This is not JSON. Expected: one JSON object a line, or a list of them.",
  ],
  [
    "JSON of something else",
    `{"events":1}`,
    "meta.csv, line 1: This is no Conversions API request and no event: it has neither “data” nor “event_name”.",
  ],
  [
    "an event without a time",
    `{"event_name":"Purchase"}`,
    "meta.csv, line 1, column event_time: This event has no “event_time”.",
  ],
])("names the place of the fault in a file with %s", async (_, content, expected) => {
  expect(await fault(content)).toBe(expected);
});

it("ends any file with rows or with a named problem", async () => {
  const piece = fc.oneof(
    fc.constantFrom(HEAD, ROW, '"', "\n", ",", ";", "{", "}", "[", "]", '{"data":[', "2026-11-26", "\ufeff"),
    fc.string(),
  );
  const text = fc.array(piece, { maxLength: 30 }).map((parts) => Buffer.from(parts.join("")));
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.uint8Array({ maxLength: 200 }), text),
      fc.integer({ min: 1, max: 64 }),
      async (bytes, size) => {
        const outcome = await read(bytes, size).catch((error: unknown) => error);
        if (!Array.isArray(outcome)) expect(outcome).toBeInstanceOf(FileProblem);
      },
    ),
    { numRuns: 500 },
  );
});

it("reads the same whatever the pieces that a file comes in", async () => {
  const content = Buffer.from(`\ufeff${HEAD},Note\n${ROW},"größer, 日本 😀"\n${ROW},x\n`);
  const whole = await read(content, content.length);
  for (let size = 1; size < 40; size += 1) expect(await read(content, size)).toEqual(whole);
});
