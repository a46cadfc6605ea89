import countries from "./countries.json" with { type: "json" };
import type { Random } from "./seeded-random.ts";

/**
 * Where buyers come from: data, so that scripts, postal codes and zones differ as they do in life. A place is as Shopify's
 * checkout stores it: null where the country has no zones or no postal codes. `phone` has the digits of a national number,
 * # for any digit, in ranges reserved for fiction where the country has them; `trunk` is what a buyer writes before them at
 * home ("0" in most of Europe).
 */
export const COUNTRIES = countries;

type Place = Readonly<Record<"city", string> & Record<"zip" | "province" | "provinceCode", string | null>>;

/** One invented buyer at one address. */
export type Person = ReturnType<typeof inventPerson>;

/** A buyer from `countryCode`, or from anywhere. E-mail addresses are under example.com. */
export function inventPerson(random: Random, countryCode?: string) {
  const country = COUNTRIES.find((each) => each.code === countryCode) ?? random.pick(COUNTRIES);
  const digits = [...country.phone].map((mark) => (mark === "#" ? String(random.int(0, 9)) : mark)).join("");
  const first = random.pick(country.first);
  return {
    first,
    last: random.pick(country.last),
    email: `buyer.${random.text(10)}@example.com`,
    /** E.164, as Shopify normalises a phone that was given as contact. */
    phone: `+${country.dialling}${digits}`,
    /** As the buyer typed it into the address form: national, spaced. */
    phoneAsTyped: `${country.trunk}${digits.slice(0, 4)} ${digits.slice(4)}`,
    street: random.pick(country.streets),
    place: random.pick<Place>(country.places),
    country,
  };
}
