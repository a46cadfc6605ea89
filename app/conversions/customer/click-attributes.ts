/**
 * Names under which an order's cart attributes may hold Meta's identifiers: our own first, then those that other tools
 * write, as seen in public carts, orders and in those tools' code (docs/decisions/0620 says where and which tools write
 * none). Carts outlive a change of tools, so a shop that changes over has both.
 */
import type { ClickCandidate } from "./choose-click.ts";
import type { OrderFacts } from "../order/order-facts.ts";

/** `_fbp` and `_fbc` are ours and many themes' scripts'; Elevar puts `_elevar_` before the cookie's name. */
const FBP_NAMES = ["_fbp", "fbp", "_elevar__fbp"] as const;
const FBC_NAMES = ["_fbc", "fbc", "_elevar__fbc"] as const;
/** Scripts that keep the address's parameter alone. */
const FBCLID_NAMES = ["fbclid", "_fbclid"] as const;
/** Elevar's collection of parameters: JSON, in headless shops also the print of an object with single quotes. */
const COLLECTION_NAMES = ["_elevar_visitor_info", "elevar_visitor_info"] as const;
const FBCLID_IN_COLLECTION = /["']fbclid["']\s*:\s*["']([^"']{1,1200})["']/;

interface Told {
  readonly from: string;
  readonly raw: string;
}

/** Texts that may be the buyer's browser ID, best first. */
export function listBrowserIds(order: OrderFacts): readonly Told[] {
  return FBP_NAMES.flatMap((name) => readAll(order, name));
}

/** Texts that may tell of the buyer's click, best first. */
export function listAttributeClicks(order: OrderFacts): readonly ClickCandidate[] {
  return [
    ...FBC_NAMES.flatMap((name) => readAll(order, name)).map((told) => ({ ...told, form: "fbc" as const })),
    ...FBCLID_NAMES.flatMap((name) => readAll(order, name)).map((told) => ({
      ...told,
      form: "fbclid" as const,
    })),
    ...COLLECTION_NAMES.flatMap((name) => readAll(order, name)).flatMap(({ from, raw }) => {
      const fbclid = FBCLID_IN_COLLECTION.exec(raw.slice(0, 16_384))?.[1];
      return fbclid === undefined ? [] : [{ from: `${from} (fbclid)`, form: "fbclid" as const, raw: fbclid }];
    }),
  ];
}

/** A name may come more than once; sorted, so that the order of attributes decides nothing. */
function readAll(order: OrderFacts, name: string): readonly Told[] {
  const values = order.repeatedAttributes?.get(name) ?? [order.attributes.get(name)];
  return values
    .filter((raw) => raw !== undefined)
    .toSorted()
    .toReversed()
    .map((raw) => ({ from: `order.note_attributes.${name}`, raw }));
}
