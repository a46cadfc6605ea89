/**
 * The hashed keys of Meta's `user_data`, each from the places in an order that speak of the buyer.
 *
 * Rules and vectors: Meta, "customer information parameters". Every key is a list without repeats; a key without a
 * usable value is absent, because the hash of "" is a value to Meta.
 */
import { readCountryCode } from "./country-codes.ts";
import { keep } from "./clean-text.ts";
import type { Normalised } from "./clean-text.ts";
import { hashValue, readHash } from "./hash-value.ts";
import { noteDrop, noteSource } from "./mapping-notes.ts";
import type { MappingNotes } from "./mapping-notes.ts";
import type { Hashed, HashedCustomerInformation } from "./model.ts";
import { normaliseEmail } from "./normalise-email.ts";
import { normaliseCity, normaliseName } from "./normalise-name.ts";
import { normalisePhone } from "./normalise-phone.ts";
import { normaliseCountry, normaliseState, normaliseZip } from "./normalise-place.ts";
import type { AddressFacts, OrderFacts } from "./order-facts.ts";

interface Candidate {
  readonly from: string;
  readonly raw: string | undefined;
  readonly normalise: (raw: string) => Normalised | readonly Normalised[];
}

interface PlacedAddress {
  readonly from: string;
  readonly address: AddressFacts;
  /** ISO alpha-2, upper case. */
  readonly country: string | undefined;
}

/** The buyer's home first: billing, then shipping (perhaps a gift's), then what the customer record remembers. */
export function placeAddresses(order: OrderFacts): readonly PlacedAddress[] {
  const places: readonly (readonly [string, AddressFacts | undefined])[] = [
    ["order.billing_address", order.billing],
    ["order.shipping_address", order.shipping],
    ["order.customer.default_address", order.customer?.defaultAddress],
  ];
  return places.flatMap(([from, address]) =>
    address === undefined ? [] : [{ from, address, country: readCountryCode(address.countryCode) }],
  );
}

export function buildCustomerInformation(order: OrderFacts, notes: MappingNotes): HashedCustomerInformation {
  const places = placeAddresses(order);
  const found: Record<keyof HashedCustomerInformation, readonly Hashed[]> = {
    em: hashAll("em", emails(order), notes),
    ph: hashAll("ph", phones(order, places), notes),
    fn: names("fn", order, places, notes),
    ln: names("ln", order, places, notes),
    ct: hashFirst(
      "ct",
      places.map((place) => of(place, "city", place.address.city, normaliseCity)),
      notes,
    ),
    st: hashFirst("st", places.map(state), notes),
    zp: hashFirst(
      "zp",
      places.map((place) => of(place, "zip", place.address.zip, zipOf(place))),
      notes,
    ),
    country: hashFirst(
      "country",
      places.map((place) => of(place, "country_code", place.address.countryCode, normaliseCountry)),
      notes,
    ),
    external_id: hashAll(
      "external_id",
      [{ from: "order.customer.id", raw: order.customer?.id, normalise: keep }],
      notes,
    ),
  };
  return Object.fromEntries(Object.entries(found).filter(([, hashes]) => hashes.length > 0));
}

function emails(order: OrderFacts): readonly Candidate[] {
  return [
    { from: "order.email", raw: order.email, normalise: normaliseEmail },
    { from: "order.contact_email", raw: order.contactEmail, normalise: normaliseEmail },
    { from: "order.customer.email", raw: order.customer?.email, normalise: normaliseEmail },
  ];
}

/** A phone without an address of its own is read as a number of the buyer's country. */
function phones(order: OrderFacts, places: readonly PlacedAddress[]): readonly Candidate[] {
  const home = places.find((place) => place.country !== undefined)?.country;
  const parsed = new Map<string, Normalised>();
  const inRegion = (region: string | undefined) => (raw: string) => {
    const key = `${region ?? ""} ${raw}`;
    const result = parsed.get(key) ?? normalisePhone(raw, region);
    parsed.set(key, result);
    return result;
  };
  return [
    { from: "order.phone", raw: order.phone, normalise: inRegion(home) },
    { from: "order.customer.phone", raw: order.customer?.phone, normalise: inRegion(home) },
    ...places
      .filter((place) => place.from !== "order.customer.default_address")
      .map((place) => of(place, "phone", place.address.phone, inRegion(place.country ?? home))),
  ];
}

/**
 * The name on the order and the name in the customer record may differ (maiden name, nickname); both are the
 * buyer's. A shipping name may be somebody else's, so it serves only where there is no other.
 */
function names(
  key: "fn" | "ln",
  order: OrderFacts,
  places: readonly PlacedAddress[],
  notes: MappingNotes,
): readonly Hashed[] {
  const field = key === "fn" ? "first_name" : "last_name";
  const nameOf = (facts: { readonly firstName?: string; readonly lastName?: string } | undefined) =>
    key === "fn" ? facts?.firstName : facts?.lastName;
  const inAddresses = places.map((place) => of(place, field, nameOf(place.address), normaliseName));
  const isBilling = (candidate: Candidate) => candidate.from.startsWith("order.billing_address");
  const own = hashAll(
    key,
    [
      ...inAddresses.filter(isBilling),
      { from: `order.customer.${field}`, raw: nameOf(order.customer), normalise: normaliseName },
    ],
    notes,
  );
  return own.length > 0
    ? own
    : hashFirst(
        key,
        inAddresses.filter((candidate) => !isBilling(candidate)),
        notes,
      );
}

function state(place: PlacedAddress): Candidate {
  const { provinceCode, province } = place.address;
  return {
    from: `${place.from}.${provinceCode === undefined ? "province" : "province_code"}`,
    raw: provinceCode ?? province,
    normalise: () => normaliseState(provinceCode, province, place.country),
  };
}

function zipOf(place: PlacedAddress): (raw: string) => Normalised {
  return (raw) => normaliseZip(raw, place.country);
}

function of(
  place: PlacedAddress,
  field: string,
  raw: string | undefined,
  normalise: Candidate["normalise"],
): Candidate {
  return { from: `${place.from}.${field}`, raw, normalise };
}

/** Distinct hashes of every candidate. */
function hashAll(key: string, candidates: readonly Candidate[], notes: MappingNotes): readonly Hashed[] {
  const hashes = new Set<Hashed>();
  for (const candidate of candidates) {
    for (const hashed of hashCandidate(key, candidate, notes)) hashes.add(hashed);
  }
  return [...hashes];
}

/** Hashes of the first candidate that has a usable value. */
function hashFirst(key: string, candidates: readonly Candidate[], notes: MappingNotes): readonly Hashed[] {
  for (const candidate of candidates) {
    const hashes = hashCandidate(key, candidate, notes);
    if (hashes.length > 0) return [...new Set(hashes)];
  }
  return [];
}

/** Nothing that is a hash already is normalised or hashed again. */
function hashCandidate(
  key: string,
  { from, raw, normalise }: Candidate,
  notes: MappingNotes,
): readonly Hashed[] {
  if (raw === undefined) return [];
  const done = readHash(raw);
  if (done !== undefined) {
    noteSource(notes, key, from);
    return [done];
  }
  const hashes: Hashed[] = [];
  for (const result of [normalise(raw)].flat()) {
    if (result.ok) hashes.push(hashValue(result.value));
    else noteDrop(notes, key, from, result.reason);
  }
  if (hashes.length > 0) noteSource(notes, key, from);
  return hashes;
}
