import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chooseClick } from "./choose-click.ts";
import type { ClickCandidate } from "./choose-click.ts";
import { newNotes } from "../mapping-notes.ts";

const ORDER = Date.UTC(2025, 9, 24, 6, 52, 57);
const TIMES = { order: ORDER, event: ORDER, firstSeen: ORDER - 1000, now: ORDER + 60_000 };
const BEFORE = ORDER - 3_600_000;

const fbc = (raw: string, from = "a"): ClickCandidate => ({ from, form: "fbc", raw });
const fbclid = (raw: string, from = "landing"): ClickCandidate => ({ from, form: "fbclid", raw });
const choose = (candidates: readonly ClickCandidate[], times = TIMES) => {
  const notes = newNotes();
  return { fbc: chooseClick(candidates, times, notes)?.fbc, ...notes };
};

describe("the first that holds a click is taken, and what was passed over is noted", () => {
  test.each<[string, ClickCandidate[], string | undefined, string[]]>([
    ["nothing", [], undefined, []],
    ["one", [fbc(`fb.1.${BEFORE}.IwAR0x`)], `fb.1.${BEFORE}.IwAR0x`, []],
    [
      "junk, then a good one",
      [fbc(`fb.1.${BEFORE}.undefined`), fbclid("IwAR0x")],
      `fb.1.${ORDER - 1000}.IwAR0x`,
      ["placeholder"],
    ],
    [
      "nested goes before a later source",
      [fbc(`fb.1.${BEFORE}.fb.1.${BEFORE}.IwAR0x`), fbclid("IwAR1y")],
      `fb.1.${BEFORE}.IwAR0x`,
      [],
    ],
    [
      "an impossible time, and nothing else",
      [fbc("fb.2.0000000000000.IwAR0x")],
      `fb.2.${ORDER - 1000}.IwAR0x`,
      [],
    ],
    [
      "an impossible time goes after a later source",
      [fbc("fb.1.0000000000000.IwAR0x"), fbclid("IwAR1y")],
      `fb.1.${ORDER - 1000}.IwAR1y`,
      ["impossible_time"],
    ],
    ["seconds, and nothing else", [fbc(`fb.1.${BEFORE / 1000}.IwAR0x`)], `fb.1.${BEFORE}.IwAR0x`, []],
    [
      "two flawed",
      [fbc("fb.1.0000000000000.IwAR0x"), fbc(`fb.1.${BEFORE / 1000}.IwAR1y`)],
      `fb.1.${ORDER - 1000}.IwAR0x`,
      ["in_seconds"],
    ],
  ])("%s", (_name, candidates, expected, reasons) => {
    const chosen = choose(candidates);
    expect(chosen.fbc).toBe(expected);
    expect(chosen.dropped.map(({ reason }) => reason)).toStrictEqual(reasons);
  });
});

describe("a click is never later than its event", () => {
  test("a clock that is ahead a little: the event's time", () => {
    expect(choose([fbc(`fb.1.${ORDER + 29 * 60_000}.IwAR0x`)]).fbc).toBe(`fb.1.${ORDER}.IwAR0x`);
  });

  test("a click made after the purchase is another click", () => {
    const chosen = choose([fbc(`fb.1.${ORDER + 31 * 60_000}.IwAR0x`), fbclid("IwAR1y")], {
      ...TIMES,
      now: ORDER + 86_400_000,
    });
    expect(chosen.fbc).toBe(`fb.1.${ORDER - 1000}.IwAR1y`);
    expect(chosen.dropped).toMatchObject([{ reason: "later_than_event" }]);
  });

  test("a click dated by the order, where the buyer's clock is behind", () => {
    expect(choose([fbclid("IwAR1y")], { ...TIMES, event: ORDER - 780_000 }).fbc).toBe(
      `fb.1.${ORDER - 780_000}.IwAR1y`,
    );
  });
});

const junk = fc.oneof(
  fc
    .constantFrom(
      "undefined",
      "null",
      "NaN",
      "[object Object]",
      "true",
      "none",
      "%s",
      "{{fbclid}}",
      "",
      "0",
      "x y",
    )
    .map((content) => fbc(`fb.1.${BEFORE}.${content}`, "junk")),
  fc.constantFrom("undefined", "fb.1.1.2", "fb.1", "{}", "IwAR0xyz").map((raw) => fbc(raw, "junk")),
  fc
    .constantFrom("0000000000000", "1500000000000", "9999999999999", String(BEFORE / 1000), "NaN", "")
    .map((time) => fbc(`fb.1.${time}.IwARjunk`, "junk")),
  fc.string({ unit: "binary" }).map((raw) => fbc(raw, "junk")),
);

test("no junk wins over a good one, in whatever order they come", () => {
  const good = fbc(`fb.1.${BEFORE}.IwARgood_aem_x`, "good");
  fc.assert(
    fc.property(fc.array(junk, { maxLength: 6 }), fc.nat(), (junks, at) => {
      expect(choose(junks.toSpliced(at % (junks.length + 1), 0, good)).fbc).toBe(good.raw);
    }),
  );
});

test("sources that say the same may change places", () => {
  const told = fc.constantFrom(
    `fb.1.${BEFORE}.IwAR0_aem`,
    `fb.1.${BEFORE}.fb.1.${BEFORE}.IwAR0_aem`,
    `fb.1.${BEFORE}.IwAR0%5Faem`,
    `fb.1.${BEFORE}.null`,
  );
  fc.assert(
    fc.property(fc.array(told, { minLength: 1, maxLength: 5 }), (raws) => {
      const forward = choose(raws.map((raw) => fbc(raw)));
      const backward = choose(raws.toReversed().map((raw) => fbc(raw)));
      expect(backward.fbc).toBe(forward.fbc);
    }),
  );
});

test("whatever the texts, no time is later than the event", () => {
  const text = fc.oneof(
    junk,
    fc.nat({ max: 3e12 }).map((time) => fbc(`fb.1.${time}.IwAR0x`)),
  );
  fc.assert(
    fc.property(fc.array(text, { maxLength: 5 }), (candidates) => {
      const chosen = choose(candidates).fbc;
      if (chosen !== undefined) expect(Number(chosen.split(".")[2])).toBeLessThanOrEqual(ORDER);
    }),
  );
});
