import countries from "./countries.json" with { type: "json" };
import type { Random } from "./seeded-random.ts";

/** A place as Shopify's checkout stores it. `null` where the country has no zones or no postal codes. */
interface Place {
  readonly city: string;
  readonly zip: string | null;
  readonly province: string | null;
  readonly provinceCode: string | null;
}

interface Country {
  readonly code: string;
  readonly name: string;
  readonly locale: string;
  readonly dialling: string;
  /** Digits of a national number; # is any digit. Ranges reserved for fiction where the country has them. */
  readonly phone: string;
  /** What a buyer writes before the national digits at home ("0" in most of Europe). */
  readonly trunk: string;
  readonly first: readonly string[];
  readonly last: readonly string[];
  readonly streets: readonly string[];
  readonly places: readonly Place[];
}

/** Where buyers come from: data, so that scripts, postal codes and zones differ as they do in life. */
export const COUNTRIES: readonly Country[] = countries;

/** One invented buyer at one address. */
export interface Person {
  readonly first: string;
  readonly last: string;
  readonly email: string;
  /** E.164, as Shopify normalises a phone that was given as contact. */
  readonly phone: string;
  /** As the buyer typed it into the address form: national, spaced. */
  readonly phoneAsTyped: string;
  readonly street: string;
  readonly place: Place;
  readonly country: Country;
}

/** A buyer from `countryCode`, or from anywhere. E-mail addresses are under example.com. */
export function inventPerson(random: Random, countryCode?: string): Person {
  const country = COUNTRIES.find((each) => each.code === countryCode) ?? random.pick(COUNTRIES);
  const digits = [...country.phone].map((mark) => (mark === "#" ? String(random.int(0, 9)) : mark)).join("");
  const first = random.pick(country.first);
  return {
    first,
    last: random.pick(country.last),
    email: `buyer.${random.text(10)}@example.com`,
    phone: `+${country.dialling}${digits}`,
    phoneAsTyped: `${country.trunk}${digits.slice(0, 4)} ${digits.slice(4)}`,
    street: random.pick(country.streets),
    place: random.pick(country.places),
    country,
  };
}
