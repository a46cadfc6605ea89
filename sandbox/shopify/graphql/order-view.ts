import { defaultFieldResolver, getNamedType, type GraphQLFieldResolver } from "graphql";
import { amountOf, completeOrder, mapMoney } from "../orders/complete-order.ts";
import type {
  Money,
  MoneySet,
  OrderAddress,
  OrderCustomer,
  OrderLine,
  OrderPayload,
} from "../orders/order-shape.ts";
import type { OrderRecord, Store } from "../store.ts";
import { paginate, type PageArguments } from "./connection.ts";

/** DateTime as the Admin API writes it: UTC, whole seconds. */
const isoSeconds = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/** The Admin API trims money to one decimal where the rest is zero: "18.0", "38.36". */
const decimal = (amount: string): string => {
  const [whole = "0", cents = ""] = amount.split(".");
  return `${whole}.${cents.replace(/0+$/, "") || "0"}`;
};

const viewSide = (side: Money) => ({ amount: decimal(side.amount), currencyCode: side.currency_code });

const moneyBag = (set: MoneySet) => ({
  shopMoney: viewSide(set.shop_money),
  presentmentMoney: viewSide(set.presentment_money),
});

/**
 * A field by its own name, else the webhook's field of the same name in snake case: `cartToken` is `cart_token`,
 * `totalTaxSet` is `total_tax_set`. Times and money change their form on the way; what the webhook lacks is null.
 */
export const resolveField: GraphQLFieldResolver<unknown, unknown> = (source, args, context, info) => {
  if (typeof source !== "object" || source === null || info.fieldName in source) {
    return defaultFieldResolver(source, args, context, info);
  }
  const key = info.fieldName.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const value: unknown = Reflect.get(source, key);
  if (value === undefined || value === null) return null;
  switch (getNamedType(info.returnType).name) {
    case "MoneyBag":
      return moneyBag(value as MoneySet);
    case "DateTime":
      return isoSeconds(Date.parse(String(value)));
    default:
      return value;
  }
};

const viewAddress = (address: OrderAddress | null | undefined) =>
  address ? { ...address, countryCodeV2: address.country_code } : null;

function viewCustomer(customer: OrderCustomer, order: OrderPayload) {
  // A customer of a generated order carries no address: then it is where they had things sent.
  const address =
    "default_address" in customer
      ? (customer["default_address"] as OrderAddress | null)
      : (order.shipping_address ?? order.billing_address);
  return {
    ...customer,
    id: `gid://shopify/Customer/${customer.id}`,
    legacyResourceId: customer.id.toString(),
    defaultEmailAddress: customer.email ? { emailAddress: customer.email } : null,
    defaultPhoneNumber: customer.phone ? { phoneNumber: customer.phone } : null,
    defaultAddress: viewAddress(address),
    dataSaleOptOut: customer["data_sale_opt_out"] === true,
  };
}

function viewJourney(order: OrderPayload, store: Store) {
  if (order.source_name !== "web") return null;
  const landing = order.landing_site ? new URL(order.landing_site, store.storefrontUrl).href : null;
  const visit = { landingPage: landing };
  return { firstVisit: visit, lastVisit: visit };
}

/** One of a webhook line's `duties`, as Shopify's REST LineItem documents it. */
interface LineDuty extends MoneySet {
  tax_lines: unknown[];
}

/** A line item as the Admin API shows it. */
function viewLine(line: OrderLine) {
  const planName = line["selling_plan_name"];
  return {
    ...line,
    id: `gid://shopify/LineItem/${line.id}`,
    currentQuantity: line["current_quantity"] ?? line.quantity,
    discountAllocations: line.discount_allocations.map(({ amount_set }) => ({
      allocatedAmountSet: moneyBag(amount_set),
    })),
    duties: ((line["duties"] as LineDuty[] | undefined) ?? []).map((duty) => ({
      ...duty,
      price: moneyBag(duty),
      taxLines: duty.tax_lines,
    })),
    isGiftCard: line["gift_card"] === true,
    originalUnitPriceSet: moneyBag(line.price_set),
    product: line.product_id ? { legacyResourceId: line.product_id.toString() } : null,
    requiresShipping: line["requires_shipping"] === true,
    sellingPlan: typeof planName === "string" ? { name: planName } : null,
    variant:
      line.variant_id && line.product_id
        ? { legacyResourceId: line.variant_id.toString(), sku: line.sku }
        : null,
  };
}

/** Shipping lines as the Admin API shows them; removed ones only where they are asked for. */
function viewShippingLines(order: OrderPayload, withRemoved: boolean) {
  const lines = (order["shipping_lines"] ?? []) as readonly { id: bigint; is_removed?: boolean }[];
  return lines
    .map((line) => ({ ...line, id: line.id.toString(), isRemoved: line.is_removed === true }))
    .filter(({ isRemoved }) => withRemoved || !isRemoved);
}

/**
 * An order of the webhook's shape as the Admin API shows it. Fields that both have under one name come from the webhook's
 * (`resolveField`); here stands what differs.
 */
export function viewOrder(record: OrderRecord, store: Store) {
  const order = completeOrder(record.payload);
  return {
    ...order,
    id: order.admin_graphql_api_id,
    legacyResourceId: record.id,
    app: order.app_id ? { id: `gid://shopify/App/${order.app_id}`, name: order.source_name } : null,
    billingAddress: viewAddress(order.billing_address),
    shippingAddress: viewAddress(order.shipping_address),
    clientIp: order.browser_ip,
    createdAt: isoSeconds(record.createdAt),
    processedAt: isoSeconds(record.processedAt),
    updatedAt: isoSeconds(record.updatedAt),
    currencyCode: order.currency,
    presentmentCurrencyCode: order.presentment_currency,
    totalTipReceivedSet: viewTips(order),
    customAttributes: order.note_attributes.map(({ name, value }) => ({ key: name, value })),
    customer: order.customer ? viewCustomer(order.customer, order) : null,
    customerJourneySummary: viewJourney(order, store),
    displayFinancialStatus: order.financial_status.toUpperCase(),
    dutiesIncluded: order["duties_included"] === true,
    email: order.email || null,
    fullyPaid: order.financial_status === "paid",
    lineItems: (args: PageArguments & { reverse: boolean }) =>
      paginate(order.line_items.map(viewLine), placeOfLine, args, args.reverse),
    number: order.order_number,
    shippingLines: (args: PageArguments & { includeRemovals: boolean; reverse: boolean }) =>
      paginate(viewShippingLines(order, args.includeRemovals), placeOfLine, args, args.reverse),
    statusPageUrl: order.order_status_url,
    tags: order.tags
      .split(",")
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ""),
    transactions: ({ first }: { first?: number | null }) =>
      record.transactions
        .slice(0, first ?? undefined)
        .map((each) => ({ ...each, processedAt: isoSeconds(each.processedAt) })),
  };
}

/** The sum of the tip lines, which webhooks tell in the shop's currency alone; zero without any. */
function viewTips(order: OrderPayload) {
  const tips = order.line_items.filter((line) => line["tip"] !== undefined && line["tip"] !== null);
  const sums = mapMoney(tips[0]?.price_set ?? amountOf(order, []), (_amount, side) =>
    tips.reduce((sum, line) => sum + Number(line.price_set[side].amount), 0),
  );
  return moneyBag(sums);
}

const placeOfLine = ({ id }: { readonly id: string }) => ({
  value: 0,
  id: BigInt(id.split("/").at(-1) ?? "0"),
});
