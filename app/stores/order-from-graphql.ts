/**
 * An order as Admin GraphQL gives it, turned into the shape of the `orders/paid` webhook, so that one parser reads both
 * and an order that no webhook brought becomes the same conversion.
 *
 * What GraphQL does not have stays absent: the user agent, the landing site of an order without a customer journey.
 */
import { asList, asRecord, type JsonRecord as Fields } from "../conversions/read-json.ts";

/** @param order `order` of READ_ORDER, with every line; undefined fields were not readable */
export function orderFromGraphql(order: Fields): Fields {
  const journey = asRecord(order["customerJourneySummary"]);
  const landing = landingSite(journey);
  const customer = asRecord(order["customer"]);
  return {
    id: order["legacyResourceId"],
    name: order["name"],
    order_number: order["number"],
    checkout_token: order["checkoutToken"],
    test: order["test"],
    source_name: order["sourceName"],
    app_id: trailingDigits(asRecord(order["app"])?.["id"]),
    created_at: order["createdAt"],
    processed_at: order["processedAt"],
    updated_at: order["updatedAt"],
    financial_status: String(order["displayFinancialStatus"] ?? "").toLowerCase(),
    email: order["email"],
    contact_email: order["email"],
    phone: order["phone"],
    customer_locale: order["customerLocale"],
    client_details: { browser_ip: order["clientIp"] },
    landing_site: landing,
    order_status_url: order["statusPageUrl"],
    currency: order["currencyCode"],
    presentment_currency: order["presentmentCurrencyCode"],
    taxes_included: order["taxesIncluded"],
    ...money("current_total_price", order["currentTotalPriceSet"]),
    ...money("current_total_tax", order["currentTotalTaxSet"]),
    ...money("current_shipping_price", order["currentShippingPriceSet"]),
    shipping_lines: list(asRecord(order["shippingLines"])?.["nodes"]).map((line) => ({
      is_removed: line["isRemoved"],
      tax_lines: list(line["taxLines"]).map((tax) => money("price", tax["priceSet"])),
    })),
    note_attributes: list(order["customAttributes"]).map(({ key, value }) => ({ name: key, value })),
    billing_address: address(order["billingAddress"]),
    shipping_address: address(order["shippingAddress"]),
    customer: customer && {
      id: customer["legacyResourceId"],
      first_name: customer["firstName"],
      last_name: customer["lastName"],
      email: asRecord(customer["defaultEmailAddress"])?.["emailAddress"],
      phone: asRecord(customer["defaultPhoneNumber"])?.["phoneNumber"],
      data_sale_opt_out: customer["dataSaleOptOut"],
      default_address: address(customer["defaultAddress"]),
    },
    transactions: list(order["transactions"]).map((transaction) => ({
      kind: String(transaction["kind"]).toLowerCase(),
      status: String(transaction["status"]).toLowerCase(),
      processed_at: transaction["processedAt"],
    })),
    line_items: list(asRecord(order["lineItems"])?.["nodes"]).map(lineItem),
  };
}

/** Unix milliseconds of the payment: the last successful sale or capture; free orders are paid when they are placed. */
export function paidAtOf(order: Fields): number | undefined {
  const payments = list(order["transactions"])
    .filter(({ kind, status }) => (kind === "SALE" || kind === "CAPTURE") && status === "SUCCESS")
    .map(({ processedAt }) => Date.parse(String(processedAt)))
    .filter(Number.isFinite);
  const placed = Date.parse(String(order["processedAt"] ?? order["createdAt"]));
  return payments.length > 0 ? Math.max(...payments) : Number.isFinite(placed) ? placed : undefined;
}

function lineItem(line: Fields): Fields {
  return {
    product_id: asRecord(line["product"])?.["legacyResourceId"],
    variant_id: asRecord(line["variant"])?.["legacyResourceId"],
    sku: line["sku"],
    quantity: line["quantity"],
    current_quantity: line["currentQuantity"],
    ...money("price", line["originalUnitPriceSet"]),
    discount_allocations: list(line["discountAllocations"]).map((allocation) =>
      money("amount", allocation["allocatedAmountSet"]),
    ),
  };
}

function address(value: unknown): Fields | undefined {
  const place = asRecord(value);
  return (
    place && {
      first_name: place["firstName"],
      last_name: place["lastName"],
      phone: place["phone"],
      city: place["city"],
      zip: place["zip"],
      province: place["province"],
      province_code: place["provinceCode"],
      country_code: place["countryCodeV2"],
    }
  );
}

/** The webhook writes an amount twice: plain in the shop's currency, and as a set of both currencies. */
function money(key: string, set: unknown): Fields {
  const shop = asRecord(asRecord(set)?.["shopMoney"]);
  const presentment = asRecord(asRecord(set)?.["presentmentMoney"]);
  if (!shop) return {};
  const side = (value: Fields | undefined) =>
    value && { amount: value["amount"], currency_code: value["currencyCode"] };
  return {
    [key]: shop["amount"],
    [`${key}_set`]: { shop_money: side(shop), presentment_money: side(presentment) },
  };
}

/** Path and query of the first page that led to the order; the later visit counts where it carries the click. */
function landingSite(journey: Fields | undefined): string | undefined {
  const pages = [journey?.["lastVisit"], journey?.["firstVisit"]].flatMap((visit) => {
    const page = asRecord(visit)?.["landingPage"];
    return typeof page === "string" && URL.canParse(page) ? [new URL(page)] : [];
  });
  const page = pages.find((each) => each.searchParams.has("fbclid")) ?? pages[0];
  return page && page.pathname + page.search;
}

function trailingDigits(gid: unknown): string | undefined {
  return typeof gid === "string" ? /\/(\d+)$/.exec(gid)?.[1] : undefined;
}

function list(value: unknown): readonly Fields[] {
  return asList(value)
    .map(asRecord)
    .filter((entry) => entry !== undefined);
}
