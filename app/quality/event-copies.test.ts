import { describe, expect, it } from "vitest";

import { compareCopies, readBrowserCopy, readServerCopy } from "./compare-copies.ts";
import { judgeEvent } from "./judge-event.ts";
import { csvLine } from "./write-csv.ts";
import { writeCurl } from "./write-curl.ts";

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
  compareCopies(readBrowserCopy(told, ["fbp"]), readServerCopy(SENT), String)
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
  ])("marks what differs: %s", (_name, change, fields) => {
    expect(differing({ ...TOLD, ...change })).toEqual(fields);
  });

  it("never says that keys of customer information differ: each side knows what the other cannot", () => {
    const row = compareCopies(readBrowserCopy(TOLD, ["fbc"]), readServerCopy(SENT), String).at(-1);
    expect(row).toEqual({ field: "user_data", browser: "fbc", server: "em, fbp", differs: false });
  });

  it("does not compare with a copy that is not there", () => {
    expect(compareCopies(null, readServerCopy(SENT), String).every((row) => row.differs === null)).toBe(true);
  });
});

describe("the verdict", () => {
  const judge = (states: string[], pairing = "pending", source = "web") =>
    judgeEvent({ states, pairing, source, skipReasons: [], browserOutcome: null, hasAttempts: true }).title;
  it.each([
    [["delivered"], "paired", "web", "Counted once"],
    [["delivered"], "server_only", "web", "Recovered: counted once, from the server"],
    [["delivered"], "server_only", "pos", "Counted once, from the server"],
    [["delivered"], "mismatched", "web", "May be counted twice"],
    [["delivered", "dead"], "paired", "web", "The server copy did not reach Meta"],
    [["delivered", "held"], "paired", "web", "Held until the dataset works again"],
    [["waiting"], "pending", "web", "On its way"],
    [["skipped"], "pending", "web", "Left out on purpose"],
    [[], "pending", "web", "Not sent: no dataset was connected"],
  ])("of %j, %s, from %s is “%s”", (states, pairing, source, title) => {
    expect(judge(states, pairing, source)).toBe(title);
  });
});

it("does not point to a reason that retention has taken", () => {
  const of = (hasAttempts: boolean) =>
    judgeEvent({
      states: ["dead"],
      pairing: "pending",
      source: "web",
      skipReasons: [],
      browserOutcome: null,
      hasAttempts,
    }).text;
  expect(of(true)).toContain("The reason is in the timeline");
  expect(of(false)).toContain("no longer kept");
});

describe("the verdict on a purchase without consent", () => {
  const of = (states: string[]) =>
    judgeEvent({
      states,
      pairing: "pending",
      source: "web",
      skipReasons: ["no_consent"],
      browserOutcome: null,
      hasAttempts: true,
    }).title;
  it("does not wait for a dataset that is held", () => {
    expect(of(["held", "skipped"])).toBe("Left out on purpose");
    expect(of(["delivered", "skipped"])).toBe("Sent by the server");
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
