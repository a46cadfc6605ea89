import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPersonName } from "./person-name.ts";
import type { NamePart } from "./person-name.ts";

function show(part: NamePart | undefined): string {
  if (part === undefined) return "-";
  return part.result.ok ? part.result.value : `!${part.result.reason}`;
}

function read(firstName: string | undefined, lastName: string | undefined, country: string | undefined) {
  const { fn, ln } = readPersonName({ firstName, lastName }, country);
  return [show(fn), show(ln)];
}

const none = undefined;

describe("first and last name read together", () => {
  test.each([
    ["two fields", "Jane", "Doe", "US", ["jane", "doe"]],
    ["a family name of several words", "Anna", "van der Berg", "NL", ["anna", "vanderberg"]],
    ["two family names", "Ana", "García López", "ES", ["ana", "garcíalópez"]],
    ["two given names", "Mary Ann", "Smith", "US", ["maryann", "smith"]],
    ["the same twice, one word", "Ali", "Ali", "US", ["ali", "ali"]],

    ["a whole name as last name", none, "Jane Doe", "US", ["jane", "doe"]],
    ["with an empty mark beside it", "-", "Jane Doe", "US", ["jane", "doe"]],
    ["with a placeholder beside it", "N/A", "Jane Doe", "GB", ["jane", "doe"]],
    ["a whole name as first name", "Jane Doe", none, "US", ["jane", "doe"]],
    ["a whole name in both", "Jane Doe", "Jane Doe", "DE", ["jane", "doe"]],
    ["a whole name with a title", none, "Dr. Jane Doe", "US", ["jane", "doe"]],
    ["a whole name with a suffix", none, "Jane Doe Jr.", "US", ["jane", "doe"]],
    ["a whole name with a middle initial", none, "Jane Q. Doe", "US", ["jane", "doe"]],
    ["a whole name with particles", none, "Jane van der Berg", "NL", ["jane", "vanderberg"]],
    ["a comma says which is which", none, "Doe, Jane", "HU", ["jane", "doe"]],
    ["also without a country", none, "Doe, Jane", none, ["jane", "doe"]],
    ["a comma before a suffix does not", none, "Smith, Jr.", "US", ["-", "smithjr"]],
    ["three words, no particle", none, "Juan Carlos Garcia", "US", ["-", "!whole_name"]],
    ["a family name first country", none, "Nagy Anna", "HU", ["-", "!whole_name"]],
    ["a country of two family names", none, "García López", "ES", ["-", "!whole_name"]],
    ["no country", none, "Jane Doe", none, ["-", "!whole_name"]],
    ["as first name, country of two family names", "María José", none, "MX", ["!whole_name", "-"]],
    ["as first name without any country: a sign-up form", "Mary Ann", none, none, ["maryann", "-"]],

    ["a family name alone", none, "van der Berg", "NL", ["-", "vanderberg"]],
    ["of two particles", none, "de la Cruz", "ES", ["-", "delacruz"]],
    ["a particle that is a given name too", none, "Ben Adams", "US", ["-", "!whole_name"]],
    ["one name (Indonesia)", none, "Suharto", "ID", ["-", "suharto"]],
    ["a hyphen joins", none, "Smith-Jones", "US", ["-", "smithjones"]],
    ["a firm", none, "Bjørnson & Søn", "DK", ["-", "bjørnsonsøn"]],

    ["the first name again in the last", "Jane", "Jane Doe", "US", ["jane", "doe"]],
    ["and at its end", "Wei", "Ng Wei", "SG", ["wei", "ng"]],
    ["the last name again in the first", "Jane Doe", "Doe", "ES", ["jane", "doe"]],
    ["only particles would be left", "Cruz", "de la Cruz", "US", ["cruz", "delacruz"]],

    ["East Asian with a space: family name first", none, "山田　太郎", "JP", ["太郎", "山田"]],
    ["Hangul with a space", none, "김 민수", "US", ["민수", "김"]],
    ["East Asian without a space", none, "山田太郎", "JP", ["-", "!whole_name"]],
    ["Hangul without a space", none, "김민수", "KR", ["-", "!whole_name"]],
    ["short enough for a family name", none, "佐々木", "JP", ["-", "佐々木"]],
    ["Hangul family name", "민수", "김", "KR", ["민수", "김"]],

    ["Null is a name", "Jennifer", "Null", "US", ["jennifer", "null"]],
    ["in capitals too", "JENNIFER", "NULL", "US", ["jennifer", "null"]],
    ["and in small letters", "jennifer", "null", "US", ["jennifer", "null"]],
    ["a program's null", "Jane", "null", "US", ["jane", "!placeholder"]],
    ["a database's NULL", "Jane", "NULL", "US", ["jane", "!placeholder"]],
    ["two nulls", "null", "null", "US", ["!placeholder", "!placeholder"]],
    ["two Nulls", "Null", "Null", "US", ["!placeholder", "!placeholder"]],
    ["Na is a name", "Li", "Na", "CN", ["li", "na"]],
    ["as a first name", "Na", "Li", "CN", ["na", "li"]],
    ["na alone is none", none, "Na", "US", ["-", "!placeholder"]],
    ["Malcolm X", "Malcolm", "X", "US", ["malcolm", "x"]],
    ["an x in a field that had to be filled", "Jane", "x", "US", ["jane", "!placeholder"]],
    ["a real Guest", "Christopher", "Guest", "US", ["christopher", "guest"]],
    ["a guest", "Guest", none, "US", ["!placeholder", "-"]],
    ["a guest customer", "Guest", "Customer", "US", ["!placeholder", "!placeholder"]],
    ["beside East Asian letters", "Na", "王", "CN", ["na", "王"]],
    ["undefined is nobody's name", "Jane", "undefined", "US", ["jane", "!placeholder"]],
    ["nor is N/A", "Jane", "N/A", "US", ["jane", "!placeholder"]],
    ["nor Unknown", "Jane", "Unknown", "US", ["jane", "!placeholder"]],
    ["initials are", "N.A.", "de Vries", "NL", ["na", "devries"]],
    ["a template", "{{ first_name }}", "{{ last_name }}", "US", ["!placeholder", "!placeholder"]],
    ["digits", "Jane", "12345", "US", ["jane", "!not_a_name"]],
    ["an e-mail address", "jane@example.com", "Doe", "US", ["!not_a_name", "doe"]],
    ["a link", "Jane", "www.example.com", "US", ["jane", "!not_a_name"]],
    ["a phone number", "Jane", "+49 (0)1512 3456789", "DE", ["jane", "!not_a_name"]],
    ["nothing", none, none, "US", ["-", "-"]],
  ])("%s", (_title, first, last, country, expected) => {
    expect(read(first, last, country)).toStrictEqual(expected);
  });

  test("nothing throws, and a value is never empty", () => {
    const text = fc.option(fc.oneof(fc.string({ unit: "binary" }), fc.string(), fc.lorem()), {
      nil: undefined,
    });
    const country = fc.constantFrom("US", "ES", "JP", undefined);
    fc.assert(
      fc.property(text, text, country, (firstName, lastName, region) => {
        const { fn, ln } = readPersonName({ firstName, lastName }, region);
        for (const part of [fn, ln]) {
          if (part?.result.ok === true) expect(part.result.value).toMatch(/[\p{L}\p{N}]/u);
        }
      }),
    );
  });
});
