import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Normalised } from "../clean-text.ts";
import { normalisePhones, normalisePhonesTogether } from "./normalise-phone.ts";

/** The rows with one answer stand in tests/orders/vectors/ph.tsv. */
const numbersOf = (results: readonly Normalised[]) =>
  results.flatMap((result) => (result.ok ? [result.value] : []));

describe("the phones of one order", () => {
  test("a number that stands elsewhere with its plus is not read as a local one", () => {
    const known = { raw: "+1 201 555 0123", region: "MX" };
    const typed = { raw: "(201) 555-0123", region: "MX" };
    // 201 is an area code of Mexico's too
    expect(numbersOf(normalisePhones(typed.raw, typed.region))).toEqual(["522015550123"]);
    expect(normalisePhonesTogether([typed, known]).map(numbersOf)).toEqual([
      ["12015550123"],
      ["12015550123"],
    ]);
  });

  test("a different number beside it stays what its address says", () => {
    const fields = [
      { raw: "+1 201 555 0123", region: "DE" },
      { raw: "0171 3920012", region: "DE" },
    ];
    expect(normalisePhonesTogether(fields).map(numbersOf)).toEqual([["12015550123"], ["491713920012"]]);
  });

  test("the order of the fields changes nothing", () => {
    const fields = [
      { raw: "+49 171 3920012", region: "US" },
      { raw: "0171 3920012", region: "US" },
      { raw: "650 555 1212", region: "US" },
      { raw: "call me", region: undefined },
    ];
    const forward = normalisePhonesTogether(fields);
    expect(normalisePhonesTogether(fields.toReversed()).toReversed()).toEqual(forward);
    expect(forward.map(numbersOf)).toEqual([["491713920012"], ["491713920012"], ["16505551212"], []]);
  });
});

describe("any text", () => {
  const region = fc.constantFrom("US", "DE", "IT", "FR", "MX", "BR", "TH", "RU", "AQ", "??", "", undefined);
  const phoneLike = fc.string({
    unit: fc.constantFrom(..."0123456789+() -./,;x#~٣७ー\ud800\ufffd\u200e"),
    maxLength: 80,
  });
  const text = fc.oneof(
    phoneLike,
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.string({ unit: "grapheme" }),
  );

  test("gives E.164 digits or a reason, never an exception", () => {
    fc.assert(
      fc.property(text, region, (raw, code) => {
        const results = normalisePhones(raw, code);
        expect(results.length).toBeGreaterThan(0);
        for (const number of numbersOf(results)) expect(number).toMatch(/^[1-9][0-9]{5,14}$/);
      }),
      { numRuns: 2000 },
    );
  });

  test("a number that was read is read the same with its plus, in any region", () => {
    fc.assert(
      fc.property(phoneLike, region, (raw, code) => {
        for (const number of numbersOf(normalisePhones(raw, code))) {
          expect(numbersOf(normalisePhones(`+${number}`, undefined))).toEqual([number]);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
