/** First and last name of the buyer, from the places of an order that name a person. */
import type { PlacedAddress } from "./buyer-place.ts";
import { hashValue } from "./hash-value.ts";
import { noteDrop, noteSource } from "../mapping-notes.ts";
import type { MappingNotes } from "../mapping-notes.ts";
import type { Hashed } from "../model.ts";
import type { OrderFacts } from "../order/order-facts.ts";
import { readPersonName } from "./person-name.ts";
import type { PersonName } from "./person-name.ts";

export interface NameHashes {
  readonly fn: readonly Hashed[];
  readonly ln: readonly Hashed[];
}

const KEYS = ["fn", "ln"] as const;

interface NamedSource {
  readonly from: string;
  readonly name: PersonName;
}

/**
 * The name on the order and the name in the customer record may differ (maiden name, nickname); both are the
 * buyer's. Where one of them was taken apart from a single field and the other has both names, the other one alone
 * serves. A shipping name may be somebody else's, so it serves only where neither has a name, and then as a whole.
 */
export function hashBuyerNames(
  order: OrderFacts,
  places: readonly PlacedAddress[],
  notes: MappingNotes,
): NameHashes {
  const country = places.find((place) => place.country !== undefined)?.country;
  const inAddress = (place: PlacedAddress): NamedSource => ({
    from: place.from,
    name: readPersonName(place.address, place.country ?? country),
  });
  const own = [
    ...places.filter(isBilling).map(inAddress),
    ...(order.customer === undefined
      ? []
      : [{ from: "order.customer", name: readPersonName(order.customer, country) }]),
  ];
  const clear = own.filter(({ name }) => !name.guessed);
  const found = hashSources(clear.some(hasBoth) ? clear : own, notes);
  if (hasAny(found)) return found;
  for (const place of places) {
    if (isBilling(place)) continue;
    const others = hashSources([inAddress(place)], notes);
    if (hasAny(others)) return others;
  }
  return found;
}

function isBilling({ from }: PlacedAddress): boolean {
  return from === "order.billing_address";
}

function hasBoth({ name }: NamedSource): boolean {
  return KEYS.every((key) => name[key]?.result.ok === true);
}

function hasAny({ fn, ln }: NameHashes): boolean {
  return fn.length > 0 || ln.length > 0;
}

function hashSources(sources: readonly NamedSource[], notes: MappingNotes): NameHashes {
  const hashKey = (key: (typeof KEYS)[number]): readonly Hashed[] => {
    const values = new Set<string>();
    for (const { from, name } of sources) {
      const part = name[key];
      if (part === undefined) continue;
      const place = `${from}.${part.field}`;
      if (part.result.ok) {
        values.add(part.result.value);
        noteSource(notes, key, place);
      } else {
        noteDrop(notes, key, place, part.result.reason);
      }
    }
    return Array.from(values, hashValue);
  };
  return { fn: hashKey("fn"), ln: hashKey("ln") };
}
