/** The fields of Shopify's order that the mapping reads, by their names in the REST Order resource. */
import type { AddressFacts, CustomerFacts, LineFacts, MoneyPair, OrderFacts } from "./order-facts.ts";
import { parseTime } from "./parse-time.ts";
import { asList, asRecord, compact, readCount, readFlag, readId, readText } from "./read-json.ts";
import type { JsonRecord } from "./read-json.ts";
import { readCurrency, readMoney, readOrderMoney } from "./read-money.ts";

/** Every field but the ID is optional and of unsure type; what cannot be read is absent. */
export function readOrder(id: string, order: JsonRecord): OrderFacts {
  const client = asRecord(order["client_details"]);
  const customer = asRecord(order["customer"]);
  const billing = asRecord(order["billing_address"]);
  const shipping = asRecord(order["shipping_address"]);
  const currency = readCurrency(order, "currency");
  const presentmentCurrency = readCurrency(order, "presentment_currency");
  return compact<OrderFacts>({
    id,
    orderNumber: readId(order, "order_number"),
    name: readText(order, "name"),
    checkoutToken: readText(order, "checkout_token"),
    test: readFlag(order, "test") === true,
    sourceName: readText(order, "source_name"),
    appId: readId(order, "app_id"),
    createdAt: parseTime(readText(order, "created_at")),
    processedAt: parseTime(readText(order, "processed_at")),
    updatedAt: parseTime(readText(order, "updated_at")),
    paidAt: readPaidAt(order["transactions"]),
    email: readText(order, "email"),
    contactEmail: readText(order, "contact_email"),
    phone: readText(order, "phone"),
    customer: customer && readCustomer(customer),
    billing: billing && readAddress(billing),
    shipping: shipping && readAddress(shipping),
    customerLocale: readText(order, "customer_locale"),
    browserIp: readText(client, "browser_ip") ?? readText(order, "browser_ip"),
    userAgent: readText(client, "user_agent"),
    attributes: readAttributes(order["note_attributes"]),
    landingSite: readText(order, "landing_site"),
    orderStatusUrl: readText(order, "order_status_url"),
    currency,
    presentmentCurrency,
    taxesIncluded: readFlag(order, "taxes_included") === true,
    total: readOrderMoney(order, ["current_total_price", "total_price"], currency),
    tax: readOrderMoney(order, ["current_total_tax", "total_tax"], currency),
    shippingPrice: readOrderMoney(order, ["current_shipping_price", "total_shipping_price"], currency),
    shippingTaxes: asList(order["shipping_lines"]).flatMap((line) =>
      readShippingTaxes(asRecord(line), currency),
    ),
    lines: asList(order["line_items"]).flatMap((line) => readLine(asRecord(line), currency)),
  });
}

function readAddress(address: JsonRecord): AddressFacts {
  return compact<AddressFacts>({
    firstName: readText(address, "first_name"),
    lastName: readText(address, "last_name"),
    phone: readText(address, "phone"),
    city: readText(address, "city"),
    zip: readText(address, "zip"),
    province: readText(address, "province"),
    provinceCode: readText(address, "province_code"),
    countryCode: readText(address, "country_code"),
  });
}

function readCustomer(customer: JsonRecord): CustomerFacts {
  const address = asRecord(customer["default_address"]);
  return compact<CustomerFacts>({
    id: readId(customer, "id"),
    email: readText(customer, "email"),
    phone: readText(customer, "phone"),
    firstName: readText(customer, "first_name"),
    lastName: readText(customer, "last_name"),
    defaultAddress: address && readAddress(address),
    dataSaleOptOut: readFlag(customer, "data_sale_opt_out"),
  });
}

/** `note_attributes` are the cart attributes. A name that comes twice keeps its first value. */
function readAttributes(value: unknown): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const entry of asList(value)) {
    const record = asRecord(entry);
    const name = readText(record, "name");
    const text = readText(record, "value");
    if (name !== undefined && text !== undefined && !attributes.has(name)) attributes.set(name, text);
  }
  return attributes;
}

/** Admin GraphQL's transactions (mapped to REST's names); webhooks carry none. */
function readPaidAt(value: unknown): number | undefined {
  let latest: number | undefined;
  for (const entry of asList(value)) {
    const transaction = asRecord(entry);
    const kind = readText(transaction, "kind")?.toLowerCase();
    if (kind !== "sale" && kind !== "capture") continue;
    if (readText(transaction, "status")?.toLowerCase() !== "success") continue;
    const time = parseTime(readText(transaction, "processed_at"));
    if (time !== undefined && (latest === undefined || time > latest)) latest = time;
  }
  return latest;
}

function readLine(line: JsonRecord | undefined, currency: string | undefined): LineFacts[] {
  if (line === undefined) return [];
  const allocations = line["discount_allocations"];
  const discounts = Array.isArray(allocations)
    ? allocations.map((entry) => readMoney(asRecord(entry), "amount", currency))
    : [readMoney(line, "total_discount", currency)];
  return [
    compact<LineFacts>({
      productId: readId(line, "product_id"),
      variantId: readId(line, "variant_id"),
      sku: readText(line, "sku"),
      quantity: readCount(line, "quantity"),
      currentQuantity: readCount(line, "current_quantity"),
      price: readMoney(line, "price", currency),
      discounts: discounts.filter((discount) => discount !== undefined),
      isTip: asRecord(line["tip"]) !== undefined,
    }),
  ];
}

function readShippingTaxes(line: JsonRecord | undefined, currency: string | undefined): MoneyPair[] {
  if (line === undefined || readFlag(line, "is_removed") === true) return [];
  return asList(line["tax_lines"]).flatMap((tax) => readMoney(asRecord(tax), "price", currency) ?? []);
}
