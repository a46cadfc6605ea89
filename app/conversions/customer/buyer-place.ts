/**
 * City, state, postcode and country of the buyer, all from one address. Keys of two people's addresses in one event
 * (a buyer in Hong Kong and the postcode of a gift's recipient) match nobody
 * (docs/decisions/0640-one-address-for-every-place-key.md).
 */
import type { Normalised } from "../clean-text.ts";
import { hashCandidate } from "./hash-candidates.ts";
import type { Candidate } from "./hash-candidates.ts";
import { newNotes } from "../mapping-notes.ts";
import type { MappingNotes } from "../mapping-notes.ts";
import type { Hashed } from "../model.ts";
import { normaliseCity } from "./normalise-city.ts";
import { toLetters } from "./normalise-name.ts";
import { normaliseCountry, normaliseCountryName, normaliseState, readCountry } from "./normalise-place.ts";
import { normaliseZips } from "./normalise-zip.ts";
import type { AddressFacts, OrderFacts } from "../order/order-facts.ts";

export interface PlacedAddress {
  readonly from: string;
  readonly address: AddressFacts;
  /** ISO alpha-2, upper case. */
  readonly country: string | undefined;
}

type PlaceKey = "ct" | "st" | "zp" | "country";
export type PlaceHashes = Readonly<Record<PlaceKey, readonly Hashed[]>>;

const KEYS: readonly PlaceKey[] = ["ct", "st", "zp", "country"];
const NO_PLACE: PlaceHashes = { ct: [], st: [], zp: [], country: [] };

/** The buyer's own address first: billing, then shipping (perhaps a gift's), then what the customer record remembers. */
export function placeAddresses(order: OrderFacts): readonly PlacedAddress[] {
  const places: readonly (readonly [string, AddressFacts | undefined])[] = [
    ["order.billing_address", order.billing],
    ["order.shipping_address", order.shipping],
    ["order.customer.default_address", order.customer?.defaultAddress],
  ];
  return places.flatMap(([from, address]) =>
    address === undefined ? [] : [{ from, address, country: readCountry(address) }],
  );
}

interface Reading {
  readonly place: PlacedAddress;
  readonly hashes: PlaceHashes;
  readonly notes: MappingNotes;
}

/**
 * The place keys of the one address that speaks for the buyer. The billing address, wherever it names a city or a
 * postcode. One that knows less (a country, as wallets give it) stands unless a fuller address agrees with all that
 * it says, country and person included. Without any place in it: the next address, another person's last.
 */
export function hashBuyerPlace(
  order: OrderFacts,
  places: readonly PlacedAddress[],
  notes: MappingNotes,
): PlaceHashes {
  const read = new Map<PlacedAddress, Reading>();
  const reading = (place: PlacedAddress): Reading => {
    const done = read.get(place) ?? readPlace(place);
    read.set(place, done);
    return done;
  };
  const chosen = choose(order, places, reading);
  for (const { place, notes: found } of read.values()) {
    if (place === chosen?.place) notes.provenance.push(...found.provenance);
    notes.dropped.push(...found.dropped);
  }
  return chosen?.hashes ?? NO_PLACE;
}

function choose(
  order: OrderFacts,
  places: readonly PlacedAddress[],
  reading: (place: PlacedAddress) => Reading,
): Reading | undefined {
  const [first] = places;
  if (first !== undefined && first.address === order.billing && isFull(reading(first))) return reading(first);
  const buyer = order.billing ?? order.customer;
  const isOthers = ({ address }: PlacedAddress) => isSurelyAnother(address, buyer);
  const ranked = places.some(isOthers)
    ? [...places.filter((place) => !isOthers(place)), ...places.filter(isOthers)]
    : places;
  let standing: Reading | undefined;
  for (const place of ranked) {
    const next = reading(place);
    if (!hasPlace(next)) continue;
    if (standing === undefined) {
      if (isFull(next)) return next;
      standing = next;
    } else if (isFull(next) && !isOthers(place) && agrees(standing, next)) {
      return next;
    }
  }
  return standing;
}

function hasPlace({ hashes }: Reading): boolean {
  return KEYS.some((key) => hashes[key].length > 0);
}

function isFull({ hashes }: Reading): boolean {
  return hashes.ct.length > 0 || hashes.zp.length > 0;
}

/** Whatever the first address says of a place, the second says too. */
function agrees(first: Reading, second: Reading): boolean {
  return KEYS.every(
    (key) =>
      first.hashes[key].length === 0 || first.hashes[key].some((hash) => second.hashes[key].includes(hash)),
  );
}

interface Named {
  readonly firstName?: string;
  readonly lastName?: string;
}

/** Both have a first and a last name, and neither is the same: no nickname and no marriage explains that. */
function isSurelyAnother(one: Named, other: Named | undefined): boolean {
  if (other === undefined || one === other) return false;
  const [first, last, otherFirst, otherLast] = [
    one.firstName,
    one.lastName,
    other.firstName,
    other.lastName,
  ].map((name) => (name === undefined ? "" : toLetters(name)));
  if (!first || !last || !otherFirst || !otherLast) return false;
  return ![first, last].some((name) => name === otherFirst || name === otherLast);
}

function readPlace(place: PlacedAddress): Reading {
  const { from, address, country } = place;
  const notes = newNotes();
  const hash = (key: PlaceKey, field: string, raw: string | undefined, normalise: Candidate["normalise"]) =>
    hashCandidate(key, { from: `${from}.${field}`, raw, normalise }, notes);
  const { provinceCode, province } = address;
  return {
    place,
    notes,
    hashes: {
      ct: hash("ct", "city", address.city, normaliseCity),
      st: hash(
        "st",
        provinceCode === undefined ? "province" : "province_code",
        provinceCode ?? province,
        (): readonly Normalised[] => normaliseState(provinceCode, province, country),
      ),
      zp: hash("zp", "zip", address.zip, (raw) => normaliseZips(raw, country)),
      country: hashCountry(address, hash),
    },
  };
}

function hashCountry(
  { countryCode, country }: AddressFacts,
  hash: (
    key: PlaceKey,
    field: string,
    raw: string | undefined,
    normalise: Candidate["normalise"],
  ) => readonly Hashed[],
): readonly Hashed[] {
  const fromCode = hash("country", "country_code", countryCode, normaliseCountry);
  return fromCode.length > 0 ? fromCode : hash("country", "country", country, normaliseCountryName);
}
