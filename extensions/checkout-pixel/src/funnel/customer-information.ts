import { fieldsOf } from "../../../contract/events/read-goods.ts";
import type { KnownVisitor, VisitorKey } from "../../../contract/funnel-report.ts";
import { sha256 } from "../sha-256.ts";
import {
  normaliseCity,
  normaliseCountry,
  normaliseEmail,
  normaliseId,
  normaliseNames,
  normalisePhone,
  normaliseState,
  normaliseZip,
} from "./normalise.ts";

/** Keys that belong together: a first name with another person's last name, or the parts of two addresses, match nobody. */
const GROUPS: readonly (readonly VisitorKey[])[] = [
  ["em"],
  ["ph"],
  ["fn", "ln"],
  ["ct", "st", "zp", "country"],
  ["external_id"],
];

const HASH = /^[0-9a-f]{64}$/;

/**
 * Customer information of what Shopify tells of the visitor: the customer who is signed in (`init.data.customer`) and, at a
 * checkout, who fills it in. Sources stand in the order in which the app reads an order: the checkout's own fields first, the
 * billing address before the shipping address. Any field may be null, or missing, as the store's scopes have it.
 */
export function readCustomerInformation(signedIn: unknown, checkout: unknown): KnownVisitor {
  const customer = fieldsOf(signedIn);
  const form = fieldsOf(checkout);
  const [billing, shipping] = [fieldsOf(form["billingAddress"]), fieldsOf(form["shippingAddress"])];
  const buyer = fieldsOf(fieldsOf(form["order"])["customer"]);
  const first = <T>(values: readonly T[], isKnown: (value: T) => unknown) => values.find(isKnown);
  const email = [form["email"], customer["email"]].map(normaliseEmail);
  const phone = [form["phone"], customer["phone"], billing["phone"], shipping["phone"]].map(normalisePhone);
  const names = [billing, customer, shipping].map((person) =>
    normaliseNames(person["firstName"], person["lastName"]),
  );
  const id = [buyer["id"], customer["id"]].map(normaliseId);
  return hashAll({
    em: first(email, Boolean),
    ph: first(phone, Boolean),
    external_id: first(id, Boolean),
    ...first(names, ({ fn, ln }) => fn || ln),
    ...first([billing, shipping].map(placeOf), ({ ct, zp }) => ct || zp),
  });
}

function placeOf(address: Readonly<Record<string, unknown>>) {
  const country = normaliseCountry(address["countryCode"]);
  return {
    ct: normaliseCity(address["city"]),
    st: normaliseState(address["provinceCode"], country),
    zp: normaliseZip(address["zip"], country),
    country,
  };
}

function hashAll(values: { readonly [Key in VisitorKey]?: string | undefined }): KnownVisitor {
  const known: KnownVisitor = {};
  for (const key of GROUPS.flat()) {
    const value = values[key];
    if (value) known[key] = sha256(value);
  }
  return known;
}

/**
 * Both together: what is newer replaces what was known, group by group, unless the older group has a key that the newer one
 * lacks. So a visit never knows less than before. Nothing but hashes is taken over: other scripts can write into the storage.
 */
export function mergeKnown(before: KnownVisitor, newer: KnownVisitor): KnownVisitor {
  const merged: KnownVisitor = { ...before };
  for (const group of GROUPS)
    if (group.every((key) => !before[key] || newer[key]))
      for (const key of group) {
        const value = newer[key] ?? "";
        if (HASH.test(value)) merged[key] = value;
      }
  return merged;
}
