import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildConversion } from "../build-conversion.ts";
import { hashValue } from "./hash-value.ts";
import { DEFAULT_SETTINGS } from "../settings/settings.ts";
import { parseOrderValue } from "../order/parse-order.ts";

const KEYS = ["ct", "st", "zp", "country", "fn", "ln"] as const;

function convert(order: Record<string, unknown>) {
  const parsed = parseOrderValue({ id: 1, ...order });
  if (!parsed.ok) throw new Error(parsed.problem.code);
  return buildConversion(parsed.order, DEFAULT_SETTINGS, { now: 0 });
}

function keysOf(order: Record<string, unknown>) {
  const { customer } = convert(order);
  return Object.fromEntries(
    KEYS.flatMap((key) => (customer[key] === undefined ? [] : [[key, customer[key]]])),
  );
}

const hashes = (values: Record<string, string | readonly string[]>) =>
  Object.fromEntries(Object.entries(values).map(([key, texts]) => [key, [texts].flat().map(hashValue)]));

const jane = { first_name: "Jane", last_name: "Doe" };
const friend = { first_name: "Gift", last_name: "Friend" };
const beverlyHills = { city: "Beverly Hills", zip: "90210", province_code: "CA", country_code: "US" };
const berlin = { city: "Berlin", zip: "10115", country_code: "DE" };
const BEVERLY_HILLS = { ct: "beverlyhills", st: "ca", zp: "90210", country: "us" };
const BERLIN = { ct: "berlin", zp: "10115", country: "de" };
const JANE = { fn: "jane", ln: "doe" };

describe("whose place and whose name", () => {
  test.each([
    [
      "the billing address, a gift's postcode left where it is",
      {
        billing_address: { ...jane, city: "Hong Kong", country_code: "HK" },
        shipping_address: { ...friend, ...beverlyHills },
      },
      { ...JANE, ct: "hongkong", country: "hk" },
    ],
    [
      "a placeholder in it is not filled from elsewhere",
      {
        billing_address: { ...jane, city: "Dubai", zip: "N/A", country_code: "AE" },
        shipping_address: { ...jane, ...beverlyHills },
      },
      { ...JANE, ct: "dubai", country: "ae" },
    ],
    [
      "a country alone stands against an address elsewhere",
      { billing_address: { ...jane, country_code: "HK" }, shipping_address: { ...jane, ...beverlyHills } },
      { ...JANE, country: "hk" },
    ],
    [
      "a country alone is completed by an address that agrees",
      { billing_address: { ...jane, country_code: "US" }, shipping_address: { ...jane, ...beverlyHills } },
      { ...JANE, ...BEVERLY_HILLS },
    ],
    [
      "not by another person's",
      { billing_address: { ...jane, country_code: "US" }, shipping_address: { ...friend, ...beverlyHills } },
      { ...JANE, country: "us" },
    ],
    [
      "but by the customer record's",
      {
        billing_address: { ...jane, country_code: "DE" },
        shipping_address: { ...friend, ...beverlyHills },
        customer: { default_address: { ...jane, ...berlin } },
      },
      { ...JANE, ...BERLIN },
    ],
    [
      "a state that disagrees is another place",
      {
        billing_address: { ...jane, province_code: "TX", country_code: "US" },
        shipping_address: { ...jane, ...beverlyHills },
      },
      { ...JANE, st: "tx", country: "us" },
    ],
    [
      "without a place in the billing address the shipping address of the same person",
      { billing_address: jane, shipping_address: { first_name: "Janet", last_name: "Doe", ...beverlyHills } },
      { ...JANE, ...BEVERLY_HILLS },
    ],
    [
      "the customer's own before another person's",
      {
        billing_address: jane,
        shipping_address: { ...friend, ...beverlyHills },
        customer: { default_address: berlin },
      },
      { ...JANE, ...BERLIN },
    ],
    [
      "another person's only where the order knows no other place",
      { billing_address: jane, shipping_address: { ...friend, ...beverlyHills } },
      { ...JANE, ...BEVERLY_HILLS },
    ],
    [
      "a country by its name",
      { billing_address: { ...jane, city: "Berlin", country: "Germany", country_code: null } },
      { ...JANE, ct: "berlin", country: "de" },
    ],
    [
      "the code before the name",
      { billing_address: { ...jane, city: "Berlin", country: "Germany", country_code: "AT" } },
      { ...JANE, ct: "berlin", country: "at" },
    ],
    [
      "no country out of a part of a text",
      { billing_address: { ...jane, city: "Berlin", country: "Berlin, Germany" } },
      { ...JANE, ct: "berlin" },
    ],
    [
      "one person's names: a first name is not borrowed from the parcel",
      {
        billing_address: { last_name: "Doe", ...berlin },
        shipping_address: { ...friend, ...berlin },
      },
      { ln: "doe", ...BERLIN },
    ],
    [
      "the customer record knows better than a field that was taken apart",
      {
        billing_address: { last_name: "Jane Mary", ...beverlyHills },
        customer: { first_name: "Jane", last_name: "Doe" },
      },
      { ...JANE, ...BEVERLY_HILLS },
    ],
    [
      "names only in the shipping address",
      { billing_address: { first_name: "-", ...berlin }, shipping_address: { ...jane, ...berlin } },
      { ...JANE, ...BERLIN },
    ],
  ])("%s", (_title, order, expected) => {
    expect(keysOf(order)).toStrictEqual(hashes(expected));
  });

  test("a place by the webhook's and the Admin API's country is one", () => {
    const byName = { billing_address: { ...jane, city: "Berlin", country: "Deutschland" } };
    const byCode = { billing_address: { ...jane, city: "Berlin", country_code: "DE" } };
    expect(keysOf(byName)).toStrictEqual(keysOf(byCode));
  });
});

const field = <T>(...values: T[]) => fc.constantFrom<T | null>(null, ...values);
const anyAddress = fc.option(
  fc.record({
    first_name: field("Jane", "Gift", "-", "null"),
    last_name: field("Doe", "Friend", "Jane Doe"),
    city: field("Berlin", "Zürich 8", "N/A", "Hong Kong", "Paris"),
    zip: field("10115", "90210", "0000", "87093-030"),
    province: field("California", "Ontario"),
    province_code: field("CA", "ON"),
    country: field("Germany", "United States", "Narnia"),
    country_code: field("DE", "US", "HK", "UK"),
  }),
  { nil: null },
);

test("the place keys of an event are those of one of its addresses", () => {
  fc.assert(
    fc.property(anyAddress, anyAddress, anyAddress, (billing, shipping, remembered) => {
      const found = convert({
        billing_address: billing,
        shipping_address: shipping,
        customer: { default_address: remembered },
      });
      const alone = [billing, shipping, remembered].map((address) => convert({ billing_address: address }));
      const isFrom = (one: ReturnType<typeof convert>) =>
        (["ct", "st", "zp", "country"] as const).every((key) =>
          (found.customer[key] ?? []).every((hash) => one.customer[key]?.includes(hash) === true),
        );
      expect(alone.some(isFrom)).toBe(true);
      const origins = (found.provenance ?? [])
        .filter(({ key }) => ["ct", "st", "zp", "country"].includes(key))
        .map(({ from }) => from.slice(0, from.lastIndexOf(".")));
      expect(new Set(origins).size).toBeLessThanOrEqual(1);
    }),
    { numRuns: 500 },
  );
});
