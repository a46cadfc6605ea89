import type { Provenance } from "./model.ts";

/**
 * Where the keys of an order came from, as a conversion's row keeps it: two characters for each of the places below, one
 * after the other ("1z20…"). As key and place in words it was two fifths of the row (docs/decisions/0814).
 *
 * Rows of years name these by their position: add at the end, never change, move or remove a line.
 */
const PLACES = [
  "event_id order.order_number",
  "event_id order.id",
  "event_time order.processed_at",
  "event_time order.created_at",
  "event_time order.updated_at",
  "event_source_url order.order_status_url (origin)",
  "event_source_url store",
  "order_id order.id",
  "value order.current_total_price (total)",
  "value order.current_total_price (without_tax)",
  "value order.current_total_price (without_shipping)",
  "value order.current_total_price (subtotal)",
  "value order.current_subtotal_price (subtotal)",
  "currency order.currency",
  "currency order.presentment_currency",
  "contents order.line_items (product)",
  "contents order.line_items (variant)",
  "contents order.line_items (sku)",
  "client_ip_address order.browser_ip",
  "client_user_agent order.client_details.user_agent",
  "fbp order.note_attributes.fbp",
  "fbp order.note_attributes._fbp",
  "fbc order.note_attributes.fbc",
  "fbc order.note_attributes._fbc",
  "fbc order.landing_site (fbclid)",
  "external_id order.customer.id",
  "em order.email",
  "em order.contact_email",
  "em order.customer.email",
  "ph order.phone",
  "ph order.customer.phone",
  "ph order.billing_address.phone",
  "ph order.shipping_address.phone",
  "fn order.customer.first_name",
  "fn order.billing_address.first_name",
  "fn order.shipping_address.first_name",
  "fn order.customer.default_address.first_name",
  "ln order.customer.last_name",
  "ln order.billing_address.last_name",
  "ln order.shipping_address.last_name",
  "ln order.customer.default_address.last_name",
  "ct order.billing_address.city",
  "ct order.shipping_address.city",
  "ct order.customer.default_address.city",
  "st order.billing_address.province_code",
  "st order.shipping_address.province_code",
  "st order.customer.default_address.province_code",
  "st order.billing_address.province",
  "st order.shipping_address.province",
  "st order.customer.default_address.province",
  "zp order.billing_address.zip",
  "zp order.shipping_address.zip",
  "zp order.customer.default_address.zip",
  "country order.billing_address.country_code",
  "country order.shipping_address.country_code",
  "country order.customer.default_address.country_code",
  "country order.billing_address.country",
  "country order.shipping_address.country",
  "country order.customer.default_address.country",
] as const;

const CODE_LENGTH = 2;
const CODES = new Map<string, string>(
  PLACES.map((place, position) => [place, position.toString(36).padStart(CODE_LENGTH, "0")]),
);

/** What a row keeps of a conversion's provenance: `places` in short, and in words what has no short form. */
export interface StoredProvenance {
  readonly places?: string;
  readonly provenance?: readonly Provenance[];
}

export function packProvenance(provenance: readonly Provenance[] | undefined): StoredProvenance {
  if (!provenance) return {};
  let places = "";
  const others: Provenance[] = [];
  for (const each of provenance) {
    const code = CODES.get(`${each.key} ${each.from}`);
    if (code === undefined) others.push(each);
    else places += code;
  }
  return { places, ...(others.length > 0 && { provenance: others }) };
}

/** @returns undefined where the row says nothing; codes of a newer version are passed over */
export function unpackProvenance(stored: {
  readonly places?: unknown;
  readonly provenance?: readonly Provenance[];
}): readonly Provenance[] | undefined {
  if (typeof stored.places !== "string") return stored.provenance;
  const codes = stored.places.match(/../g) ?? [];
  const known = codes.flatMap((code) => {
    const [key, from] = splitPlace(PLACES[Number.parseInt(code, 36)]);
    return key === undefined || from === undefined ? [] : [{ key, from }];
  });
  return [...known, ...(stored.provenance ?? [])];
}

function splitPlace(place: string | undefined): readonly [key?: string, from?: string] {
  const end = place?.indexOf(" ") ?? -1;
  return place === undefined || end < 0 ? [] : [place.slice(0, end), place.slice(end + 1)];
}
