/**
 * An order as Admin GraphQL gives it, turned into the shape of the `orders/paid` webhook, so that one parser reads both
 * and an order that no webhook brought becomes the same conversion.
 *
 * What GraphQL does not have stays absent and is named: `untoldByAdmin`.
 */
import { parseAmount } from "../../conversions/purchase/money.ts";
import type { UntoldFact } from "../../conversions/order/order-facts.ts";
import type { JsonRecord } from "../../conversions/read-json.ts";
import type { READ_ORDER } from "./admin-operations.ts";
import { told, type AnswerOf } from "./answer-kinds.ts";

/** `order` of READ_ORDER. */
export type AdminOrder = NonNullable<AnswerOf<typeof READ_ORDER>["order"]>;

type EntryOf<List> = List extends readonly (infer Entry)[] ? NonNullable<Entry> : never;
export type AdminLine = EntryOf<NonNullable<AdminOrder["lineItems"]>["nodes"]>;
type Money = AdminLine["originalUnitPriceSet"];

/** @param order with every line */
export function orderFromGraphql(order: AdminOrder): JsonRecord {
  const { customer } = order;
  const lines = told(order.lineItems?.nodes);
  const tips = tipLines(lines, order.totalTipReceivedSet);
  return {
    id: order.legacyResourceId,
    name: order.name,
    order_number: order.number,
    checkout_token: order.checkoutToken,
    test: order.test,
    source_name: order.sourceName,
    app_id: trailingDigits(order.app?.id),
    tags: order.tags,
    payment_gateway_names: order.paymentGatewayNames,
    created_at: order.createdAt,
    processed_at: order.processedAt,
    updated_at: order.updatedAt,
    financial_status: (order.displayFinancialStatus ?? "").toLowerCase(),
    email: order.email,
    contact_email: order.email,
    phone: order.phone,
    customer_locale: order.customerLocale,
    client_details: { browser_ip: order.clientIp },
    landing_site: landingSite(order),
    order_status_url: order.statusPageUrl,
    currency: order.currencyCode,
    presentment_currency: order.presentmentCurrencyCode,
    taxes_included: order.taxesIncluded,
    duties_included: order.dutiesIncluded,
    ...money("current_total_price", order.currentTotalPriceSet),
    ...money("current_subtotal_price", order.currentSubtotalPriceSet),
    ...money("current_total_tax", order.currentTotalTaxSet),
    ...money("current_shipping_price", order.currentShippingPriceSet),
    ...money("current_total_duties", order.currentTotalDutiesSet),
    ...money("current_total_additional_fees", order.currentTotalAdditionalFeesSet),
    ...money("total_tip_received", order.totalTipReceivedSet),
    shipping_lines: told(order.shippingLines?.nodes).map((line) => ({
      is_removed: line.isRemoved,
      tax_lines: taxLines(line.taxLines),
    })),
    note_attributes: told(order.customAttributes).map(({ key, value }) => ({ name: key, value })),
    billing_address: address(order.billingAddress),
    shipping_address: address(order.shippingAddress),
    customer: customer && {
      id: customer.legacyResourceId,
      first_name: customer.firstName,
      last_name: customer.lastName,
      email: customer.defaultEmailAddress?.emailAddress,
      phone: customer.defaultPhoneNumber?.phoneNumber,
      data_sale_opt_out: customer.dataSaleOptOut,
      default_address: address(customer.defaultAddress),
    },
    transactions: told(order.transactions).map((transaction) => ({
      kind: String(transaction.kind).toLowerCase(),
      status: String(transaction.status).toLowerCase(),
      processed_at: transaction.processedAt,
    })),
    line_items: lines.map((line) => ({ ...lineItem(line), ...(tips.has(line) && { tip: {} }) })),
  };
}

/** What the webhook of this order has and the Admin API does not tell, by the key of the event that it makes. */
export function untoldByAdmin(order: AdminOrder): readonly UntoldFact[] {
  const landing = landingSite(order);
  return [
    { key: "client_user_agent", from: "order.client_details.user_agent" },
    { key: "em", from: "order.contact_email" },
    // Absent, or not computed yet: Shopify puts the journey together some time after the order.
    ...(landing === undefined ? [{ key: "fbc", from: "order.landing_site" }] : []),
  ];
}

/**
 * Which lines are tips. A webhook's line says so (`tip`); the Admin API's does not, and its title is in the shop's
 * language. But it tells what was given in tips, so a tip is a line of one piece without product, variant and SKU whose
 * price is that amount; or all such lines, where their sum is. Where nothing fits, no line is a tip: a custom item must not
 * be lost. Of two that fit, it does not matter which one goes: both are one piece without an ID.
 */
function tipLines(lines: readonly AdminLine[], tipSet: Money): ReadonlySet<AdminLine> {
  const total = amountOf(tipSet);
  if (total === undefined || total <= 0n) return new Set();
  const candidates = lines.filter(
    (line) => !line.product && !line.variant && line.isGiftCard !== true && !line.sku && line.quantity === 1,
  );
  const price = (line: AdminLine) => amountOf(line.originalUnitPriceSet);
  const fitting = candidates.filter((line) => price(line) === total);
  const likely = fitting.find((line) => line.requiresShipping !== true) ?? fitting[0];
  if (likely !== undefined) return new Set([likely]);
  const sum = candidates.reduce((soFar, line) => soFar + (price(line) ?? 0n), 0n);
  return new Set(sum === total ? candidates : []);
}

function amountOf(set: Money): bigint | undefined {
  const amount = set?.shopMoney?.amount;
  return amount ? parseAmount(amount) : undefined;
}

/** Unix milliseconds of the payment: the last successful sale or capture; free orders are paid when they are placed. */
export function paidAtOf(
  order: Pick<AdminOrder, "transactions" | "processedAt" | "createdAt">,
): number | undefined {
  const payments = told(order.transactions)
    .filter(({ kind, status }) => (kind === "SALE" || kind === "CAPTURE") && status === "SUCCESS")
    .map(({ processedAt }) => Date.parse(processedAt ?? ""))
    .filter(Number.isFinite);
  const placed = Date.parse(order.processedAt ?? order.createdAt ?? "");
  return payments.length > 0 ? Math.max(...payments) : Number.isFinite(placed) ? placed : undefined;
}

function lineItem(line: AdminLine): JsonRecord {
  return {
    product_id: line.product?.legacyResourceId,
    variant_id: line.variant?.legacyResourceId,
    sku: line.sku,
    quantity: line.quantity,
    current_quantity: line.currentQuantity,
    selling_plan: line.sellingPlan,
    ...money("price", line.originalUnitPriceSet),
    discount_allocations: told(line.discountAllocations).map((allocation) =>
      money("amount", allocation.allocatedAmountSet),
    ),
    duties: told(line.duties).map((duty) => ({ tax_lines: taxLines(duty.taxLines) })),
  };
}

function taxLines(taxes: EntryOf<AdminLine["duties"]>["taxLines"]): readonly JsonRecord[] {
  return told(taxes).map((tax) => money("price", tax.priceSet));
}

function address(place: AdminOrder["billingAddress"]): JsonRecord | undefined {
  return place
    ? {
        first_name: place.firstName,
        last_name: place.lastName,
        phone: place.phone,
        city: place.city,
        zip: place.zip,
        province: place.province,
        province_code: place.provinceCode,
        country: place.country,
        country_code: place.countryCodeV2,
      }
    : undefined;
}

/** The webhook writes an amount twice: plain in the shop's currency, and as a set of both currencies. */
function money(key: string, set: Money): JsonRecord {
  const [shop, presentment] = [set?.shopMoney, set?.presentmentMoney];
  if (!shop) return {};
  const side = (value: typeof shop) => ({ amount: value.amount, currency_code: value.currencyCode });
  return {
    [key]: shop.amount,
    [`${key}_set`]: {
      shop_money: side(shop),
      presentment_money: presentment ? side(presentment) : undefined,
    },
  };
}

/** Path and query of the first page that led to the order; the later visit counts where it carries the click. */
function landingSite({ customerJourneySummary: journey }: AdminOrder): string | undefined {
  const pages = [journey?.lastVisit, journey?.firstVisit].flatMap((visit) => {
    const page = visit?.landingPage;
    return page && URL.canParse(page) ? [new URL(page)] : [];
  });
  const page = pages.find((each) => each.searchParams.has("fbclid")) ?? pages[0];
  return page && page.pathname + page.search;
}

function trailingDigits(gid: string | null | undefined): string | undefined {
  return /\/(\d+)$/.exec(gid ?? "")?.[1];
}
