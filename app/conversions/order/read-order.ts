/** The fields of Shopify's order that the mapping reads, by their names in the REST Order resource. */
import type { AddressFacts, CustomerFacts, LineFacts, OrderFacts } from "./order-facts.ts";
import { asList, asRecord, compact, readCount, readFlag, readId, readText } from "../read-json.ts";
import type { JsonRecord } from "../read-json.ts";
import { readCurrency, readMoney, type OrderCurrencies } from "./read-money.ts";
import { readTotals } from "./read-totals.ts";

/** Every field but the ID is optional and of unsure type; what cannot be read is absent. */
export function readOrder(id: string, order: JsonRecord): OrderFacts {
  const client = asRecord(order["client_details"]);
  const customer = asRecord(order["customer"]);
  const billing = asRecord(order["billing_address"]);
  const shipping = asRecord(order["shipping_address"]);
  const currency = readCurrency(order, "currency");
  const presentmentCurrency = readCurrency(order, "presentment_currency");
  const currencies = { shop: currency, presentment: presentmentCurrency };
  return compact<OrderFacts>({
    id,
    orderNumber: readId(order, "order_number"),
    name: readText(order, "name"),
    checkoutToken: readText(order, "checkout_token"),
    test: readFlag(order, "test") === true,
    sourceName: readText(order, "source_name"),
    appId: readId(order, "app_id"),
    tags: readNames(order["tags"]),
    gateways: readGateways(order),
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
    ...readAttributes(order["note_attributes"]),
    landingSite: readText(order, "landing_site"),
    orderStatusUrl: readText(order, "order_status_url"),
    currency,
    presentmentCurrency,
    ...readTotals(order, currencies),
    lines: asList(order["line_items"]).flatMap((line) => readLine(asRecord(line), currencies)),
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
    country: readText(address, "country"),
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
    ordersCount: readCount(customer, "orders_count"),
    lastOrderId: readId(customer, "last_order_id"),
  });
}

/** `note_attributes` are the cart attributes. A name that comes twice keeps its first value, and all in the second map. */
function readAttributes(value: unknown): Pick<OrderFacts, "attributes" | "repeatedAttributes"> {
  const all = new Map<string, string[]>();
  for (const entry of asList(value)) {
    const record = asRecord(entry);
    const name = readText(record, "name");
    const text = readText(record, "value");
    if (name === undefined || text === undefined) continue;
    const values = all.get(name);
    if (values === undefined) all.set(name, [text]);
    else values.push(text);
  }
  const attributes = new Map([...all].map(([name, [first = ""]]) => [name, first]));
  const repeated = [...all.values()].some((values) => values.length > 1);
  return repeated ? { attributes, repeatedAttributes: all } : { attributes };
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

/** A comma-separated text on webhooks, a list in GraphQL. */
function readNames(value: unknown): readonly string[] {
  const entries = typeof value === "string" ? value.split(",") : asList(value);
  const names = new Map<string, string>();
  for (const entry of entries) {
    const name = typeof entry === "string" ? entry.trim() : "";
    if (name !== "" && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  return [...names.values()];
}

/** `gateway` is the older field of the two, and a single name; a gateway's name may hold a comma. */
function readGateways(order: JsonRecord): readonly string[] {
  const { gateway } = order;
  return readNames([
    ...asList(order["payment_gateway_names"]),
    ...(typeof gateway === "string" ? [gateway] : []),
  ]);
}

/** One of the order's `line_items`; none where it is no object. */
function readLine(line: JsonRecord | undefined, currencies: OrderCurrencies): LineFacts[] {
  if (line === undefined) return [];
  const allocations = line["discount_allocations"];
  const discounts = Array.isArray(allocations)
    ? allocations.map((entry) => readMoney(asRecord(entry), "amount", currencies))
    : [readMoney(line, "total_discount", currencies)];
  return [
    compact<LineFacts>({
      productId: readId(line, "product_id"),
      variantId: readId(line, "variant_id"),
      sku: readText(line, "sku"),
      quantity: readCount(line, "quantity"),
      currentQuantity: readCount(line, "current_quantity"),
      price: readMoney(line, "price", currencies),
      discounts: discounts.filter((discount) => discount !== undefined),
      isTip: asRecord(line["tip"]) !== undefined,
      hasSellingPlan: hasSellingPlan(line),
    }),
  ];
}

/** `selling_plan_id` since 2026-10; the allocation, where an older or another payload carries it. */
function hasSellingPlan(line: JsonRecord): boolean {
  return (
    (readText(line, "selling_plan_id") ?? "0") !== "0" ||
    asRecord(line["selling_plan_allocation"]) !== undefined ||
    asRecord(line["selling_plan"]) !== undefined
  );
}

/** ISO 8601 with its offset, as Shopify writes it: "2025-10-23T23:52:57-07:00" or "…Z". */
const TIME = /^\d{4}-(?:0[1-9]|1[0-2])-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * Unix milliseconds of an ISO 8601 time; undefined for anything else. A time without offset is refused: reading it
 * would depend on the time zone of the machine.
 */
export function parseTime(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const trimmed = text.trim();
  if (!TIME.test(trimmed)) return undefined;
  const milliseconds = Date.parse(trimmed);
  return Number.isFinite(milliseconds) && milliseconds > 0 ? milliseconds : undefined;
}
