import { describe, expect, it } from "vitest";

import { compareCopies, differingFigures, readBrowserCopy, readServerCopy } from "./compare-copies.ts";
import { sayText } from "../texts/texts.ts";
import { writeMoney } from "./write-number.ts";
import { csvLine } from "./write-csv.ts";
import { writeCurl } from "./write-curl.ts";

const FORMAT = {
  time: String,
  number: String,
  money: (amount: number, currency: string | null) => writeMoney(amount, currency ?? "USD", "USD"),
  say: sayText,
};
const SENT = {
  event_name: "Purchase",
  event_id: "1001",
  event_time: 1_770_000_000,
  user_data: { em: ["a".repeat(64)], fbp: "fb.1.1.2" },
  custom_data: { value: 38.36, currency: "USD", contents: [{ id: "7", quantity: 2, item_price: 19.18 }] },
};
const TOLD = {
  eventId: "1001",
  eventTime: 1_770_000_000,
  value: 38.36,
  currency: "USD",
  contents: [{ id: "7", quantity: 2, item_price: 19.18 }],
};
const differing = (told: object) =>
  compareCopies(readBrowserCopy(told, ["fbp"]), readServerCopy(SENT), FORMAT)
    .filter((row) => row.differs)
    .map((row) => row.field);

describe("both copies side by side", () => {
  it.each([
    ["equal copies", {}, []],
    ["another ID", { eventId: "1002" }, ["event_id"]],
    ["another value", { value: 38.37 }, ["value"]],
    ["another currency", { currency: "EUR" }, ["currency"]],
    ["a time within five minutes", { eventTime: 1_770_000_299 }, []],
    ["a time further off", { eventTime: 1_770_000_301 }, ["event_time"]],
    ["other contents", { contents: [{ id: "7", quantity: 1, item_price: 19.18 }] }, ["contents"]],
    ["no contents", { contents: undefined }, ["contents"]],
    ["contents left out on purpose", { contents: undefined, shortened: { contents: 1 } }, []],
    ["fewer left out than are missing", { contents: undefined, shortened: { contents: 2 } }, ["contents"]],
    [
      "other contents, shortened",
      { contents: [{ id: "8", quantity: 2, item_price: 19.18 }], shortened: { contents: 0 } },
      ["contents"],
    ],
  ])("marks what differs: %s", (_name, change, fields) => {
    expect(differing({ ...TOLD, ...change })).toEqual(fields);
  });

  it.each([
    ["the same word in each side's form", ["new_customer_to_business"], "new_customer_to_business", false],
    ["another word", ["new_customer_to_business"], "existing_customer_to_business", true],
    ["one side alone", undefined, "new_customer_to_business", true],
  ])(
    "compares whether the buyer is new: %s",
    (_name, customerSegmentation, customer_segmentation, differs) => {
      const sent = { ...SENT, custom_data: { ...SENT.custom_data, customer_segmentation } };
      const rows = compareCopies(
        readBrowserCopy({ ...TOLD, customerSegmentation }, []),
        readServerCopy(sent),
        FORMAT,
      );
      expect(rows.find((row) => row.field === "customer_segmentation")).toEqual({
        field: "customer_segmentation",
        browser: customerSegmentation ? "New customer" : null,
        server: customer_segmentation.startsWith("new") ? "New customer" : "Returning customer",
        differs,
      });
    },
  );

  it("has no line for it where neither copy tells", () => {
    const rows = compareCopies(readBrowserCopy(TOLD, []), readServerCopy(SENT), FORMAT);
    expect(rows.map((row) => row.field)).not.toContain("customer_segmentation");
  });

  it("never says that keys of customer information differ: each side knows what the other cannot", () => {
    const row = compareCopies(readBrowserCopy(TOLD, ["fbc"]), readServerCopy(SENT), FORMAT).at(-1);
    expect(row).toEqual({ field: "user_data", browser: "fbc", server: "em, fbp", differs: false });
  });

  it("says that the browser's copy was shortened", () => {
    const told = { ...TOLD, contents: undefined, shortened: { contents: 1, contentIds: 0 } };
    const rows = compareCopies(readBrowserCopy(told, []), readServerCopy(SENT), FORMAT);
    expect(rows.find((row) => row.field === "contents")).toMatchObject({
      browser: "1 more left out",
      differs: false,
      shortened: true,
    });
  });

  it("writes values as money, in each copy's own currency", () => {
    const told = {
      ...TOLD,
      value: 4500,
      currency: "JPY",
      contents: [{ id: "7", quantity: 1, item_price: 4500 }],
    };
    const rows = compareCopies(readBrowserCopy(told, []), readServerCopy(SENT), FORMAT);
    expect(rows.find((row) => row.field === "value")).toMatchObject({ browser: "¥4,500", server: "$38.36" });
    expect(rows.find((row) => row.field === "contents")).toMatchObject({
      browser: "1 × 7 at ¥4,500",
      server: "2 × 7 at $19.18",
    });
  });

  it.each([
    [{}, null],
    [{ value: 40 }, { browserValue: "$40.00", serverValue: "$38.36" }],
    [{ currency: "EUR" }, { browserValue: "€38.36", serverValue: "$38.36" }],
    [{ contents: undefined }, "other"],
  ])("says what differs in a sale that Meta counts once: %j", (change, expected) => {
    const told = readBrowserCopy({ ...TOLD, ...change }, []);
    expect(differingFigures(told, readServerCopy(SENT), FORMAT)).toEqual(expected);
  });

  it("does not compare with a copy that is not there", () => {
    expect(compareCopies(null, readServerCopy(SENT), FORMAT).every((row) => row.differs === null)).toBe(true);
  });
});

describe("what leaves the page", () => {
  it.each([
    ["=1+1", `"'=1+1"`],
    ["+49", `"'+49"`],
    ["-5", `"'-5"`],
    ["@x", `"'@x"`],
    ["\tx", `"'\tx"`],
    ['say "hi", all', '"say ""hi"", all"'],
    ["plain", "plain"],
  ])("writes %j so that no spreadsheet runs it", (text, cell) => {
    expect(csvLine([text, -5, null])).toBe(`${cell},-5,\r\n`);
  });

  it("writes a request without the token, and quotes what the shell would read", () => {
    const curl = writeCurl("https://graph.facebook.com", "v26.0", "123456", { note: "it's" });
    expect(curl).toContain("https://graph.facebook.com/v26.0/123456/events");
    expect(curl).toContain("Bearer $META_ACCESS_TOKEN");
    expect(curl).toContain(`it'\\''s`);
  });
});
