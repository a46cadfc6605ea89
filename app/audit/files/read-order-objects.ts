import { readCountryCode } from "../../conversions/customer/country-codes.ts";
import { hasClickId } from "./has-click-id.ts";
import { kindOfSale } from "../../conversions/order/kind-of-sale.ts";
import type { OrderFacts } from "../../conversions/order/order-facts.ts";
import { parseOrderValue } from "../../conversions/order/parse-order.ts";
import { asList, asRecord, readText, type JsonRecord } from "../../conversions/read-json.ts";
import { isPaidStatus, rightAmounts, sharedKeys, type FileOrder } from "./file-order.ts";
import { FileProblem } from "./file-problem.ts";
import { readCurrency, readTime } from "./read-cell.ts";
import { nameOf } from "./read-order-table.ts";
import type { JsonObject } from "./split-json.ts";

/**
 * Orders of Shopify's Admin API (REST) or of its webhooks: an order an object, or pages of them, `{"orders": […]}`.
 * @throws FileProblem `noOrder`, `time`
 */
export async function* readOrderObjects(
  objects: AsyncIterable<JsonObject>,
  file: string,
): AsyncGenerator<FileOrder> {
  for await (const { line, value } of objects) {
    const single = asRecord(value["order"]);
    const orders = "orders" in value ? asList(value["orders"]) : [single ?? value];
    for (const order of orders) yield readOrder(order, { file, line });
  }
}

function readOrder(value: unknown, place: { readonly file: string; readonly line: number }): FileOrder {
  const parsed = parseOrderValue(value);
  const record = asRecord(value);
  if (!parsed.ok || !record) throw new FileProblem(place, "noOrder");
  const { order } = parsed;
  // The text and not the moment: it is written by the store's clock.
  const placed = readTime(readText(record, "processed_at") ?? readText(record, "created_at") ?? "");
  if (!placed) throw new FileProblem({ ...place, column: "processed_at" }, "time");
  const total = amountOf(record, "total_price");
  return {
    line: place.line,
    name: nameOf(order.name ?? order.orderNumber ?? order.id),
    orderId: order.id,
    number: order.orderNumber ?? null,
    day: placed.day,
    // A webhook's order does not tell when it was paid: an order that is paid late would look sent too early.
    paidAt: order.paidAt ?? null,
    placedAt: placed.at,
    isPaid: isPaidStatus(readText(record, "financial_status") ?? "paid"),
    isTest: order.test,
    source: kindOfSale(order),
    currency: readCurrency(order.currency ?? "") ?? null,
    total,
    amounts: rightAmounts({
      total,
      subtotal: amountOf(record, "subtotal_price"),
      shipping: amountOf(asRecord(asRecord(record["total_shipping_price_set"])?.["shop_money"]), "amount"),
      tax: amountOf(record, "total_tax"),
      refunded: refundedOf(record, total),
    }),
    country: readCountryCode(order.billing?.countryCode ?? order.shipping?.countryCode) ?? null,
    keys: sharedKeys(keysOf(order)),
    landedByAd: order.landingSite === undefined ? null : hasClickId(order.landingSite),
  };
}

function amountOf(record: JsonRecord | undefined, key: string): number | null {
  const text = readText(record, key);
  const value = Number(text ?? NaN);
  return text !== undefined && Number.isFinite(value) ? value : null;
}

function refundedOf(record: JsonRecord, total: number | null): number | null {
  const current = amountOf(record, "current_total_price");
  return total === null || current === null ? null : total - current;
}

/** Presence alone; nothing of a value is kept. */
function keysOf(order: OrderFacts): readonly string[] {
  const { customer } = order;
  const places = [order.billing, order.shipping, customer?.defaultAddress].filter(
    (place) => place !== undefined,
  );
  const has = {
    em: order.email ?? order.contactEmail ?? customer?.email,
    ph: order.phone ?? customer?.phone ?? places.find(({ phone }) => phone)?.phone,
    fn: customer?.firstName ?? places.find(({ firstName }) => firstName)?.firstName,
    ln: customer?.lastName ?? places.find(({ lastName }) => lastName)?.lastName,
    ct: places.find(({ city }) => city)?.city,
    st: places.find(({ province, provinceCode }) => province ?? provinceCode) && "st",
    zp: places.find(({ zip }) => zip)?.zip,
    country: places.find(({ countryCode, country }) => countryCode ?? country) && "country",
    external_id: customer?.id,
  };
  return Object.entries(has).flatMap(([key, value]) => (value === undefined ? [] : [key]));
}
