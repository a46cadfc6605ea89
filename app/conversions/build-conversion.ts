import { purchase as purchaseEvent } from "../../extensions/contract/events/purchase.ts";
import { readBuyerRegion } from "./customer/buyer-region.ts";
import { cleanText } from "./clean-text.ts";
import { CONSENT_ATTRIBUTE, readConsentAttribute } from "./consent/decide-consent.ts";
import { buildCustomerInformation } from "./customer/customer-information.ts";
import { readCustomerKind } from "./customer/customer-kind.ts";
import { readOrderTimes } from "./decide-event-time.ts";
import { eventIdSource, makeEventId } from "./event-id.ts";
import { shopFrontUrl } from "./purchase/event-source-url.ts";
import { kindOfSale } from "./order/kind-of-sale.ts";
import { findExclusion, ruleName } from "./order/exclusion-rules.ts";
import { newNotes, noteDrop, noteSource } from "./mapping-notes.ts";
import type { MappingNotes } from "./mapping-notes.ts";
import { noteGaps } from "./note-gaps.ts";
import type { ConsentFlags, Conversion, ExclusionRule, IntakeSkip, PurchaseData, SaleKind } from "./model.ts";
import type { ConversionSettings } from "./settings/settings.ts";
import type { OrderFacts } from "./order/order-facts.ts";
import { buildPurchaseData, readShopValue } from "./purchase/purchase-data.ts";
import { readOrderClicks, readOrderClient } from "./customer/read-browser-traces.ts";
import { actionSourceOf, switchOf } from "./order/sale-kinds.ts";

export interface ConversionOptions {
  /** Unix milliseconds. */
  readonly now: number;
  /** The store's domain, for `event_source_url` where the order carries no address of the shop. */
  readonly shopDomain?: string;
}

/**
 * An order as the conversion that is stored: hashed, with the buyer's IP address and user agent as the only raw
 * values. Always gives a conversion; one that must never be sent says so in `skip`.
 */
export function buildConversion(
  order: OrderFacts,
  settings: ConversionSettings,
  options: ConversionOptions,
): Conversion {
  const notes = newNotes();
  const kind = kindOfSale(order);
  const actionSource = actionSourceOf(kind);
  const eventId = makeEventId(settings.eventIdRule, { orderId: order.id, orderNumber: order.orderNumber });
  noteEventId(order, settings, notes);
  const customer = buildCustomerInformation(order, notes);
  const client = readOrderClient(order, kind, notes);
  const clicks = readOrderClicks(order, notes, options.now);
  const purchase = buildPurchaseData(order, settings, notes);
  const times = readOrderTimes(order, options.now, notes);
  const url = actionSource === "website" ? readSourceUrl(order, options.shopDomain, notes) : undefined;
  const excludedBy = findExclusion(order, settings.exclude);
  const skip = readSkip(order, settings, kind, excludedBy, purchase, times.orderTime);
  const name = displayText(order.name);
  const checkoutToken = opaqueToken(order.checkoutToken);
  const shopValue = readShopValue(order);
  noteGaps(order, { actionSource, client, customer, ...clicks }, notes);
  const customerKind = readCustomerKind(order);
  return {
    eventName: purchaseEvent.name,
    orderId: order.id,
    ...(order.orderNumber !== undefined && { orderNumber: order.orderNumber }),
    ...(name !== undefined && { orderName: name }),
    ...(checkoutToken !== undefined && { checkoutToken }),
    eventId,
    eventIdRule: settings.eventIdRule,
    eventTime: times.orderTime ?? times.paidAt,
    paidAt: times.paidAt,
    source: kind,
    actionSource,
    ...(url !== undefined && { eventSourceUrl: url }),
    customer,
    client,
    ...clicks,
    purchase: purchase ?? { value: 0, currency: shopValue.currency, order_id: order.id },
    segmentation: {
      send: settings.customerSegmentation,
      ...(customerKind !== undefined && { kind: customerKind }),
    },
    shopValue,
    consent: {
      policy: settings.consentPolicy,
      flags: readCartConsent(order, notes),
      ...readBuyerRegion(order),
    },
    ...(skip !== undefined && { skip }),
    ...(skip === "excluded_by_rule" && excludedBy !== undefined && { excludedBy: ruleName(excludedBy) }),
    dropped: notes.dropped,
    provenance: notes.provenance,
  };
}

function noteEventId(order: OrderFacts, settings: ConversionSettings, notes: MappingNotes): void {
  if (settings.eventIdRule === "order_number" && order.orderNumber === undefined) {
    noteDrop(notes, "event_id", "order.order_number", "no_order_number");
  }
  const ids = { orderId: order.id, orderNumber: order.orderNumber };
  noteSource(notes, "event_id", eventIdSource(settings.eventIdRule, ids));
}

function readCartConsent(order: OrderFacts, notes: MappingNotes): ConsentFlags {
  const text = order.attributes.get(CONSENT_ATTRIBUTE);
  const flags = text === undefined ? {} : readConsentAttribute(text);
  if (flags === undefined)
    noteDrop(notes, "consent", `order.note_attributes.${CONSENT_ATTRIBUTE}`, "malformed");
  return { ...(order.customer?.dataSaleOptOut === true && { saleOfData: false }), ...flags };
}

function readSourceUrl(
  order: OrderFacts,
  shopDomain: string | undefined,
  notes: MappingNotes,
): string | undefined {
  const fromOrder = order.orderStatusUrl === undefined ? undefined : shopFrontUrl(order.orderStatusUrl);
  if (order.orderStatusUrl !== undefined && fromOrder === undefined)
    noteDrop(notes, "event_source_url", "order.order_status_url", "not_the_shops");
  const url = fromOrder ?? (shopDomain === undefined ? undefined : shopFrontUrl(`https://${shopDomain}`));
  if (url !== undefined) {
    noteSource(
      notes,
      "event_source_url",
      fromOrder === undefined ? "store" : "order.order_status_url (origin)",
    );
  }
  return url;
}

function readSkip(
  order: OrderFacts,
  settings: ConversionSettings,
  kind: SaleKind,
  excludedBy: ExclusionRule | undefined,
  purchase: PurchaseData | undefined,
  orderTime: number | undefined,
): IntakeSkip | undefined {
  if (order.test) return "test_order";
  if (!settings.sources[switchOf(kind)]) return "source_off";
  if (excludedBy !== undefined) return "excluded_by_rule";
  if (purchase === undefined) return "no_value";
  return orderTime === undefined ? "no_time" : undefined;
}

/** Any text may stand here, but a database takes neither lone surrogates nor control characters. */
function displayText(raw: string | undefined): string | undefined {
  const clean = cleanText((raw ?? "").toWellFormed().replace(/\p{Cc}+/gu, ""), 255);
  return clean.ok ? clean.value : undefined;
}

function opaqueToken(raw: string | undefined): string | undefined {
  return raw !== undefined && /^[\x21-\x7e]{1,255}$/.test(raw) ? raw : undefined;
}
