/**
 * The hashed keys of Meta's `user_data`, each from the places in an order that speak of the buyer.
 *
 * Rules and vectors: Meta, "customer information parameters". Every key is a list without repeats; a key without a
 * usable value is absent, because the hash of "" is a value to Meta.
 */
import { hashBuyerNames } from "./buyer-names.ts";
import { hashBuyerPlace, placeAddresses } from "./buyer-place.ts";
import type { PlacedAddress } from "./buyer-place.ts";
import { keep } from "../clean-text.ts";
import { hashAll, remember } from "./hash-candidates.ts";
import type { Candidate } from "./hash-candidates.ts";
import type { MappingNotes } from "../mapping-notes.ts";
import type { Hashed, HashedCustomerInformation } from "../model.ts";
import { normaliseEmail } from "./normalise-email.ts";
import { normalisePhonesTogether } from "./normalise-phone.ts";
import type { OrderFacts } from "../order/order-facts.ts";

export function buildCustomerInformation(order: OrderFacts, notes: MappingNotes): HashedCustomerInformation {
  const places = placeAddresses(order);
  const { fn, ln } = hashBuyerNames(order, places, notes);
  const { ct, st, zp, country } = hashBuyerPlace(order, places, notes);
  const found: Record<keyof HashedCustomerInformation, readonly Hashed[]> = {
    em: hashAll("em", emails(order), notes),
    ph: hashAll("ph", phones(order, places), notes),
    fn,
    ln,
    ct,
    st,
    zp,
    country,
    external_id: hashAll(
      "external_id",
      [{ from: "order.customer.id", raw: order.customer?.id, normalise: keep }],
      notes,
    ),
  };
  return Object.fromEntries(Object.entries(found).filter(([, hashes]) => hashes.length > 0));
}

function emails(order: OrderFacts): readonly Candidate[] {
  const normalise = remember(normaliseEmail);
  return [
    { from: "order.email", raw: order.email, normalise },
    { from: "order.contact_email", raw: order.contactEmail, normalise },
    { from: "order.customer.email", raw: order.customer?.email, normalise },
  ];
}

/** A phone without an address of its own is read as a number of the buyer's country. */
function phones(order: OrderFacts, places: readonly PlacedAddress[]): readonly Candidate[] {
  const buyers = places.find((place) => place.country !== undefined)?.country;
  const fields = [
    { from: "order.phone", raw: order.phone, region: buyers },
    { from: "order.customer.phone", raw: order.customer?.phone, region: buyers },
    ...places
      .filter((place) => place.from !== "order.customer.default_address")
      .map((place) => ({
        from: `${place.from}.phone`,
        raw: place.address.phone,
        region: place.country ?? buyers,
      })),
  ].flatMap(({ raw, ...field }) => (raw === undefined ? [] : [{ raw, ...field }]));
  const numbers = normalisePhonesTogether(fields);
  return fields.map(({ from, raw }, index) => ({ from, raw, normalise: () => numbers[index] ?? [] }));
}
