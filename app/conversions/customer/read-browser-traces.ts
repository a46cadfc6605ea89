/** What an order itself still knows of the buyer's browser: address, user agent, click IDs from cart attributes. */
import { drop } from "../clean-text.ts";
import type { Normalised } from "../clean-text.ts";
import { chooseClick } from "./choose-click.ts";
import type { ChosenClick } from "./choose-click.ts";
import { listAttributeClicks, listBrowserIds } from "./click-attributes.ts";
import { listFbclids, readBrowserId } from "./click-ids.ts";
import { normaliseIp, normaliseUserAgent } from "./client-details.ts";
import { takeOrNote } from "../mapping-notes.ts";
import type { MappingNotes } from "../mapping-notes.ts";
import type { ClientDetails, Conversion, SaleKind } from "../model.ts";
import type { OrderFacts } from "../order/order-facts.ts";
import { isBuyersBrowser } from "../order/sale-kinds.ts";

/** Only where the order was placed by the buyer's own browser; staff, tills and servers leave theirs elsewhere. */
export function readOrderClient(order: OrderFacts, kind: SaleKind, notes: MappingNotes): ClientDetails {
  const read = (
    key: string,
    from: string,
    raw: string | undefined,
    normalise: (raw: string) => Normalised,
  ) => {
    if (raw === undefined) return undefined;
    const result = isBuyersBrowser(kind, order) ? normalise(raw) : drop("not_the_buyers");
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

/**
 * The order's own word of the buyer's click and browser: cart attributes by our own names, then by those of other tools,
 * last the click IDs of the landing page. A candidate that is no identifier is noted and the next one asked.
 *
 * @param now Unix milliseconds
 */
export function readOrderClicks(
  order: OrderFacts,
  notes: MappingNotes,
  now: number,
): Pick<Conversion, "fbp" | "fbc" | "fbcFrom" | "landedByAd"> {
  const fbp = readOrderBrowserId(order, notes, now);
  const click = readOrderClick(order, notes, now);
  return {
    ...(listFbclids(order.landingSite ?? "").length > 0 && { landedByAd: true }),
    ...(fbp !== undefined && { fbp }),
    ...(click !== undefined && {
      fbc: click.fbc,
      fbcFrom: click.candidate.from === LANDING_PAGE ? "landing_page" : "cart_attribute",
    }),
  };
}

function readOrderBrowserId(order: OrderFacts, notes: MappingNotes, now: number): string | undefined {
  for (const { from, raw } of listBrowserIds(order)) {
    const fbp = takeOrNote(readBrowserId(raw, now), "fbp", from, notes);
    if (fbp !== undefined) return fbp;
  }
  return undefined;
}

const LANDING_PAGE = "order.landing_site (fbclid)";

/** The order's creation is the first time that we know of a click without one, never the time of the webhook. */
function readOrderClick(order: OrderFacts, notes: MappingNotes, now: number): ChosenClick | undefined {
  const orderTime = order.processedAt ?? order.createdAt ?? order.paidAt ?? order.updatedAt;
  if (orderTime === undefined) return undefined;
  const landing = listFbclids(order.landingSite ?? "");
  const candidates = [
    ...listAttributeClicks(order),
    ...landing.map((raw) => ({ from: LANDING_PAGE, form: "fbclid" as const, raw })),
  ];
  const firstSeen = Math.min(order.createdAt ?? orderTime, orderTime);
  return chooseClick(candidates, { order: orderTime, firstSeen, now }, notes);
}
