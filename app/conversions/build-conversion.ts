import { readBuyerRegion } from "./buyer-region.ts";
import { cleanText } from "./clean-text.ts";
import { CONSENT_ATTRIBUTE, readConsentAttribute } from "./consent-attribute.ts";
import { buildCustomerInformation } from "./customer-information.ts";
import { makeEventId } from "./event-id.ts";
import { shopFrontUrl } from "./event-source-url.ts";
import { newNotes, noteDrop, noteSource } from "./mapping-notes.ts";
import type { MappingNotes } from "./mapping-notes.ts";
import type {
  ConsentFlags,
  Conversion,
  ConversionSettings,
  IntakeSkip,
  OrderSource,
  PurchaseData,
} from "./model.ts";
import type { OrderFacts } from "./order-facts.ts";
import { actionSourceOf, readOrderSource } from "./order-source.ts";
import { toUnixSeconds } from "./parse-time.ts";
import { buildPurchaseData, readShopValue } from "./purchase-data.ts";
import { readOrderClicks, readOrderClient } from "./read-browser-traces.ts";

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
  const source = readOrderSource(order);
  const actionSource = actionSourceOf(source);
  const eventId = makeEventId(settings.eventIdRule, { orderId: order.id, orderNumber: order.orderNumber });
  noteEventId(order, settings, notes);
  const customer = buildCustomerInformation(order, notes);
  const client = readOrderClient(order, source, notes);
  const clicks = readOrderClicks(order, notes);
  const purchase = buildPurchaseData(order, settings, notes);
  const times = readTimes(order, options.now, notes);
  const url = actionSource === "website" ? readSourceUrl(order, options.shopDomain, notes) : undefined;
  const skip = readSkip(order, settings, source, purchase, times.orderTime);
  const name = displayText(order.name);
  const checkoutToken = opaqueToken(order.checkoutToken);
  const shopValue = readShopValue(order);
  return {
    eventName: "Purchase",
    orderId: order.id,
    ...(order.orderNumber !== undefined && { orderNumber: order.orderNumber }),
    ...(name !== undefined && { orderName: name }),
    ...(checkoutToken !== undefined && { checkoutToken }),
    eventId,
    eventIdRule: settings.eventIdRule,
    eventTime: times.orderTime ?? times.paidAt,
    paidAt: times.paidAt,
    source,
    actionSource,
    ...(url !== undefined && { eventSourceUrl: url }),
    customer,
    client,
    ...clicks,
    purchase: purchase ?? { value: 0, currency: shopValue.currency, order_id: order.id },
    shopValue,
    consent: {
      policy: settings.consentPolicy,
      flags: readCartConsent(order, notes),
      ...readBuyerRegion(order),
    },
    ...(skip !== undefined && { skip }),
    dropped: notes.dropped,
    provenance: notes.provenance,
  };
}

function noteEventId(order: OrderFacts, settings: ConversionSettings, notes: MappingNotes): void {
  const byNumber = settings.eventIdRule === "order_number";
  if (byNumber && order.orderNumber === undefined) {
    noteDrop(notes, "event_id", "order.order_number", "no_order_number");
  }
  noteSource(
    notes,
    "event_id",
    byNumber && order.orderNumber !== undefined ? "order.order_number" : "order.id",
  );
}

interface Times {
  /** Unix seconds; undefined where the order carries no usable time. */
  readonly orderTime: number | undefined;
  /** Unix seconds. */
  readonly paidAt: number;
}

/**
 * `updated_at` is the payment's time as far as a webhook knows: it is written when the order becomes paid and
 * delivered at once. Neither time may lie in the future; a clock ahead of ours is read as the moment of intake.
 */
function readTimes(order: OrderFacts, now: number, notes: MappingNotes): Times {
  const [orderTime, from] =
    order.processedAt !== undefined
      ? [order.processedAt, "order.processed_at"]
      : order.createdAt !== undefined
        ? [order.createdAt, "order.created_at"]
        : [order.paidAt ?? order.updatedAt, "order.updated_at"];
  const paidAt = Math.min(order.paidAt ?? order.updatedAt ?? now, now);
  if (orderTime !== undefined) noteSource(notes, "event_time", from);
  return {
    orderTime: orderTime === undefined ? undefined : toUnixSeconds(orderTime),
    paidAt: toUnixSeconds(paidAt),
  };
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
  source: OrderSource,
  purchase: PurchaseData | undefined,
  orderTime: number | undefined,
): IntakeSkip | undefined {
  if (order.test) return "test_order";
  if (!settings.sources[source]) return "source_off";
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
