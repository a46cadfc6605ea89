import { buildContents } from "./contents.ts";
import { readCountryCode } from "../customer/country-codes.ts";
import { noteSource } from "../mapping-notes.ts";
import type { MappingNotes } from "../mapping-notes.ts";
import type { Conversion, PurchaseData } from "../model.ts";
import type { ConversionSettings } from "../settings/settings.ts";
import { MAX_AMOUNT, parseAmount, toCurrencyNumber } from "./money.ts";
import { chooseSide } from "./money-side.ts";
import type { OrderFacts } from "../order/order-facts.ts";
import { readValue } from "./purchase-value.ts";

/**
 * Meta's `custom_data`; undefined where the value cannot be known. Value and currency are mandatory for a Purchase
 * (100/2804009, 100/2804023). A value of 0 is a value: a free order is a purchase.
 */
export function buildPurchaseData(
  order: OrderFacts,
  settings: ConversionSettings,
  notes: MappingNotes,
): PurchaseData | undefined {
  const side = chooseSide(order, settings.currencySide, notes);
  const value = readValue(order, settings.valueBasis, side, notes);
  if (value === undefined) return undefined;
  const { currency } = value;
  const country = settings.catalogueCountry ?? destinationCountry(order);
  const { items, pieces } = buildContents(order.lines, settings.contentId, country, side, currency, notes);
  noteSource(notes, "value", value.from);
  noteSource(
    notes,
    "currency",
    currency === order.currency ? "order.currency" : "order.presentment_currency",
  );
  noteSource(notes, "order_id", "order.id");
  if (items.length > 0) noteSource(notes, "contents", `order.line_items (${settings.contentId})`);
  return {
    value: toCurrencyNumber(value.amount, currency),
    currency,
    order_id: order.id,
    ...(items.length > 0 && {
      contents: items,
      content_ids: [...new Set(items.map((item) => item.id))],
      content_type: settings.contentId === "product" ? ("product_group" as const) : ("product" as const),
    }),
    ...(pieces > 0 && { num_items: pieces }),
  };
}

/**
 * The order's total in the shop's own currency, for the merchant's tallies. "XXX" is ISO 4217 for "no currency": the
 * order names none, and `skip` says so.
 */
export function readShopValue(order: OrderFacts): Conversion["shopValue"] {
  const total = order.total?.shop;
  const amount = total === undefined ? undefined : parseAmount(total.amount);
  const currency = total?.currency ?? order.currency ?? "XXX";
  const usable = amount !== undefined && amount >= 0n && amount <= MAX_AMOUNT;
  return { amount: usable ? toCurrencyNumber(amount, currency) : 0, currency };
}

/** An order does not name the country of the merchant's catalogue; the one it goes to is the best it has. */
function destinationCountry(order: OrderFacts): string | undefined {
  const addresses = [order.shipping, order.billing, order.customer?.defaultAddress];
  return addresses.map((address) => readCountryCode(address?.countryCode)).find((code) => code !== undefined);
}
