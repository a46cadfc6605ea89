/** What an order itself still knows of the buyer's browser: address, user agent, click IDs from cart attributes. */
import { drop } from "./clean-text.ts";
import type { Normalised } from "./clean-text.ts";
import { makeFbc, readClickId, readFbclid } from "./click-ids.ts";
import { normaliseIp, normaliseUserAgent } from "./client-details.ts";
import { noteSource, takeOrNote } from "./mapping-notes.ts";
import type { MappingNotes } from "./mapping-notes.ts";
import type { ClientDetails, Conversion, OrderSource } from "./model.ts";
import type { OrderFacts } from "./order-facts.ts";
import { isBuyersBrowser } from "./order-source.ts";

/** Only where the order was placed by the buyer's own browser; staff, tills and servers leave theirs elsewhere. */
export function readOrderClient(order: OrderFacts, source: OrderSource, notes: MappingNotes): ClientDetails {
  const read = (
    key: string,
    from: string,
    raw: string | undefined,
    normalise: (raw: string) => Normalised,
  ) => {
    if (raw === undefined) return undefined;
    const result = isBuyersBrowser(source) ? normalise(raw) : drop("not_the_buyers");
    return takeOrNote(result, key, from, notes);
  };
  const ip = read("client_ip_address", "order.browser_ip", order.browserIp, normaliseIp);
  const userAgent = read(
    "client_user_agent",
    "order.client_details.user_agent",
    order.userAgent,
    normaliseUserAgent,
  );
  return { ...(ip !== undefined && { ip }), ...(userAgent !== undefined && { userAgent }) };
}

/** Attributes by our own name first, then by the name that other tools use; last a click ID in the landing page. */
export function readOrderClicks(
  order: OrderFacts,
  notes: MappingNotes,
): Pick<Conversion, "fbp" | "fbc" | "fbcFrom"> {
  const fbp = readAttribute(order, "fbp", notes);
  const fbc = readAttribute(order, "fbc", notes);
  const landing = fbc === undefined ? readLandingClick(order, notes) : undefined;
  return {
    ...(fbp !== undefined && { fbp }),
    ...(fbc !== undefined && { fbc, fbcFrom: "cart_attribute" as const }),
    ...(landing !== undefined && { fbc: landing, fbcFrom: "landing_page" as const }),
  };
}

function readAttribute(order: OrderFacts, key: "fbp" | "fbc", notes: MappingNotes): string | undefined {
  for (const name of [`_${key}`, key]) {
    const raw = order.attributes.get(name);
    const value =
      raw === undefined
        ? undefined
        : takeOrNote(readClickId(raw), key, `order.note_attributes.${name}`, notes);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The order's creation is the first time that we know of the click, never the time of the webhook. */
function readLandingClick(order: OrderFacts, notes: MappingNotes): string | undefined {
  const fbclid = order.landingSite === undefined ? undefined : readFbclid(order.landingSite);
  const times = [order.createdAt, order.processedAt].filter((time) => time !== undefined);
  if (fbclid === undefined || times.length === 0) return undefined;
  noteSource(notes, "fbc", "order.landing_site (fbclid)");
  return makeFbc(fbclid, Math.min(...times));
}
