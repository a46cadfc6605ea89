/** Numbers of every region in every spelling: a wrong hash is worse than none, so the two are counted apart. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { measureAbroad, measureOwnCountry, tableRow } from "./measure.ts";
import { INTERNATIONAL_SPELLINGS, NATIONAL_SPELLINGS, readExampleNumbers } from "./spellings.ts";

const docs = readFileSync(new URL("../../../docs/event-mapping.md", import.meta.url), "utf8");
const cells = (row: string) =>
  row
    .split("|")
    .map((cell) => cell.trim())
    .join("|");
const documented = new Set(docs.split("\n").map(cells));

test("there are numbers of every region and at least 30 spellings", () => {
  expect(new Set(readExampleNumbers().map(({ region }) => region)).size).toBeGreaterThanOrEqual(240);
  expect(INTERNATIONAL_SPELLINGS.length).toBeGreaterThanOrEqual(30);
  expect(NATIONAL_SPELLINGS.length).toBeGreaterThanOrEqual(30);
});

describe("numbers of the address's country, and without one", () => {
  const tallies = measureOwnCountry();
  const plain = tallies.filter(({ situation }) => !situation.includes("no trunk prefix"));

  test.each(plain)("$situation: none wrong, 98 in 100 read", ({ hits, none, wrong, examples }) => {
    expect(examples).toEqual([]);
    expect(wrong).toBe(0);
    expect(hits / (hits + none)).toBeGreaterThan(0.98);
  });

  test.each(tallies)("the documented figures: $situation", (tally) => {
    expect(documented).toContain(cells(tableRow(tally)));
  });
});

/** A large and a flexible numbering plan, and prefixes that overlap "00". */
test("numbers with country code beside a foreign address: none wrong", () => {
  const withCode = measureAbroad(["US", "DE", "CO", "KR", "RU"]).slice(0, 2);
  expect(withCode.flatMap(({ examples }) => examples)).toEqual([]);
  for (const { hits, none, wrong } of withCode) {
    expect(wrong).toBe(0);
    expect(hits / (hits + none)).toBeGreaterThan(0.95);
  }
});
