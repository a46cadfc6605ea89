/**
 * What the pixel makes of a person's fields. Published vectors are Meta's ("customer information parameters"); the others are
 * what the app makes of an order with the same fields, so that a Purchase and the events before it name the same visitor.
 */
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { buildCustomerInformation } from "#app/conversions/customer/customer-information.ts";
import { newNotes } from "#app/conversions/mapping-notes.ts";
import type { OrderFacts } from "#app/conversions/order/order-facts.ts";
import {
  mergeKnown,
  readCustomerInformation,
} from "../../extensions/checkout-pixel/src/funnel/customer-information.ts";
import {
  normaliseCity,
  normaliseCountry,
  normaliseEmail,
  normaliseId,
  normaliseNames,
  normalisePhone,
  normaliseState,
  normaliseZip,
} from "../../extensions/checkout-pixel/src/funnel/normalise.ts";

const sha = (text: string) => createHash("sha256").update(text).digest("hex");

describe("Meta's published vectors", () => {
  it.each([
    [
      "em",
      "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f",
      { email: " John_Smith@gmail.com" },
    ],
    ["ph", "e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176", { phone: "+16505551212" }],
    [
      "fn",
      "6915771be1c5aa0c886870b6951b03d7eafc121fea0e80a5ea83beb7c449f4ec",
      { firstName: "Mary", lastName: "Doe" },
    ],
    [
      "fn",
      "8fa8cd9c440be61d0151429310034083132b35975c4bea67fdd74158eb51db14",
      { firstName: "정", lastName: "김" },
    ],
    [
      "fn",
      "08e1996b5dd49e62a4b4c010d44e4345592a863bb9f8e3976219bac29417149c",
      { firstName: "Vale\u0301ry", lastName: "D" },
    ],
  ] as const)("%s %s", (key, hash, customer) => {
    expect(readCustomerInformation(customer, undefined)[key]).toBe(hash);
  });

  it("country us", () => {
    const checkout = { shippingAddress: { countryCode: "US", zip: "94035" } };
    expect(readCustomerInformation(null, checkout).country).toBe(
      "79adb2a2fce5c6ba215fe5f27f532d4e7edbac4b6a5e09e1ef3a08084a904621",
    );
  });
});

describe("one field", () => {
  it.each([
    [normaliseEmail("Jane.Buyer+tag@Example.COM "), "jane.buyer+tag@example.com"],
    [normaliseEmail("jane@example"), ""],
    [normaliseEmail("jane buyer@example.com"), ""],
    [normalisePhone("+4930901820"), "4930901820"],
    [normalisePhone("030 901820"), ""],
    [normalisePhone("0049 30 901820"), ""],
    [normaliseId("gid://shopify/Customer/8700000000001"), "8700000000001"],
    [normaliseId(8700000000001), "8700000000001"],
    [normaliseId(null), ""],
    [normaliseCity("New York"), "newyork"],
    [normaliseCity("Zürich"), "zürich"],
    [normaliseCity("Saint-Denis"), "saintdenis"],
    [normaliseCity("Paris 12e"), ""],
    [normaliseCity("Biel/Bienne"), ""],
    [normaliseCity("Bolzano - Bozen"), ""],
    [normaliseState("US-CA", "us"), "ca"],
    [normaliseState("California", "us"), ""],
    [normaliseState("NSW", "au"), "nsw"],
    [normaliseState("JP-13", "jp"), "13"],
    [normaliseZip("94035-1234", "us"), "94035"],
    [normaliseZip("M1 1AE", "gb"), "m11ae"],
    [normaliseZip("75018", "fr"), "75018"],
    [normaliseZip("D-80331", "de"), ""],
    [normaliseZip("none", "de"), ""],
    [normaliseCountry("de"), "de"],
    [normaliseCountry("UK"), ""],
    [normaliseCountry("Germany"), ""],
  ])("%j is %j", (made, expected) => {
    expect(made).toBe(expected);
  });

  it.each([
    ["Mary-Jane", "O'Neil", { fn: "maryjane", ln: "oneil" }],
    ["Jane", null, { fn: "jane", ln: "" }],
    [null, "Jane Doe", { fn: "", ln: "" }],
    ["山田太郎", undefined, { fn: "", ln: "" }],
    ["null", "undefined", { fn: "", ln: "" }],
    ["jane@example.com", "Doe", { fn: "", ln: "doe" }],
  ])("a name of %j and %j", (first, last, expected) => {
    expect(normaliseNames(first, last)).toEqual(expected);
  });
});

interface Buyer {
  email: string;
  phone: string;
  first: string;
  last: string;
  city: string;
  zip: string;
  provinceCode: string;
  countryCode: string;
  id: string;
}

/** One buyer of each shape; telephone numbers are those that the countries keep for fiction, or Meta's example. */
const BUYERS: Buyer[] = [
  ["jane.buyer@example.com", "+16505551212", "Jane", "Doe", "New York", "10001", "NY", "US", "8700000000001"],
  ["Jörg@Example.com", "+493023125000", "Jörg", "Müller-Lüdenscheidt", "München", "80331", "BY", "DE", "2"],
  ["a.b@example.co.uk", "+442079460958", "Zoë", "O’Brien", "London", "SW1A 1AA", "ENG", "GB", "3"],
  ["o@example.fr", "+33199001234", "Valéry", "d'Aboville", "Saint-Étienne", "42000", "", "FR", "4"],
  ["x_y@example.ca", "+16135550123", "Anne Marie", "Tremblay", "Québec", "G1R 4P5", "QC", "CA", "5"],
  ["z@example.com.au", "+61291920123", "Li", "Nguyễn", "Sydney", "2000", "NSW", "AU", "6"],
].map(([email, phone, first, last, city, zip, provinceCode, countryCode, id]) => ({
  ...{ email: email ?? "", phone: phone ?? "", first: first ?? "", last: last ?? "", city: city ?? "" },
  ...{ zip: zip ?? "", provinceCode: provinceCode ?? "", countryCode: countryCode ?? "", id: id ?? "" },
}));

function orderOf(buyer: Buyer): OrderFacts {
  const { email, phone, first, last, city, zip, provinceCode, countryCode, id } = buyer;
  const address = {
    firstName: first,
    lastName: last,
    city,
    zip,
    countryCode,
    ...(provinceCode && { provinceCode }),
  };
  return { email, phone, billing: address, customer: { id } } as OrderFacts;
}

it.each(BUYERS)("is what the app makes first of an order: $email", (buyer) => {
  const { email, phone, first, last, city, zip, provinceCode, countryCode, id } = buyer;
  const made = readCustomerInformation(null, {
    email,
    phone,
    billingAddress: {
      firstName: first,
      lastName: last,
      city,
      zip,
      countryCode,
      provinceCode: provinceCode || null,
    },
    order: { customer: { id } },
  });
  const app = buildCustomerInformation(orderOf(buyer), newNotes());
  for (const [key, hash] of Object.entries(made))
    expect([key, hash]).toEqual([key, app[key as keyof typeof app]?.[0]]);
  expect(Object.keys(made).sort()).toEqual(
    Object.keys(app)
      .filter((key) => key !== "em" || /^[\x20-\x7e]+$/.test(email))
      .sort(),
  );
});

describe("which source speaks", () => {
  const customer = {
    id: "1",
    email: "old@example.com",
    firstName: "Old",
    lastName: "Name",
    phone: "+16505551212",
  };
  it("the checkout's own fields outrank the customer who is signed in", () => {
    const known = readCustomerInformation(customer, { email: "new@example.com", phone: null });
    expect(known).toMatchObject({
      em: sha("new@example.com"),
      ph: sha("16505551212"),
      external_id: sha("1"),
    });
  });

  it("the billing address outranks the shipping address, which may be a gift's", () => {
    const checkout = {
      billingAddress: { firstName: "Jane", lastName: "Doe", city: "Berlin", countryCode: "DE" },
      shippingAddress: { firstName: "Max", lastName: "Roe", city: "Bonn", zip: "53111", countryCode: "DE" },
    };
    const known = readCustomerInformation(null, checkout);
    expect(known).toEqual({ fn: sha("jane"), ln: sha("doe"), ct: sha("berlin"), country: sha("de") });
  });

  it.each([null, undefined, 7, "text", [], { email: {}, billingAddress: "x", order: { customer: null } }])(
    "knows nothing of %j and does not throw",
    (checkout) => {
      expect(readCustomerInformation(checkout, checkout)).toEqual({});
    },
  );
});

describe("what a visit knows", () => {
  const [a, b, c, d] = ["a", "b", "c", "d"].map(sha) as [string, string, string, string];

  it("grows, and newer values replace older ones", () => {
    expect(mergeKnown({ em: a, fn: b, ln: c }, { em: d, ph: a })).toEqual({ em: d, ph: a, fn: b, ln: c });
  });

  it("never mixes two addresses and never loses a key", () => {
    const before = { ct: a, zp: b, country: c };
    expect(mergeKnown(before, { ct: d, country: c })).toEqual(before);
    const whole = { ct: d, st: a, zp: a, country: c };
    expect(mergeKnown(before, whole)).toEqual(whole);
  });

  it("holds nothing but hashes, whatever stood in the storage", () => {
    expect(mergeKnown({}, { em: "jane@example.com", ph: a, fn: "", ln: `${b}0` })).toEqual({ ph: a });
  });
});
