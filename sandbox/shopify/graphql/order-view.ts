import { completeOrder } from "../orders/complete-order.ts";
import type {
  OrderAddress,
  OrderCustomer,
  OrderPayload,
  MoneySet,
  OrderLine,
} from "../orders/order-shape.ts";
import type { OrderRecord, Store } from "../store.ts";
import { paginate, type PageArguments } from "./connection.ts";
import { isoSeconds, mapMoney, moneyBag, viewMoney } from "./value-views.ts";

/** Fields that Shopify blanks for an app without approval for protected customer data of level 2. */
export const PROTECTED_FIELDS = ["email", "phone", "billingAddress", "shippingAddress"] as const;

function viewAddress(address: OrderAddress | null | undefined, id: string) {
  if (!address) return null;
  return {
    ...address,
    id: `gid://shopify/MailingAddress/${id}?model_name=Address`,
    countryCodeV2: address.country_code,
  };
}

function viewCustomer(customer: OrderCustomer, order: OrderPayload, store: Store) {
  const theirs = [...store.orders.values()].filter(({ payload }) => payload.customer?.id === customer.id);
  return {
    ...customer,
    __typename: "Customer",
    id: `gid://shopify/Customer/${customer.id}`,
    legacyResourceId: customer.id.toString(),
    displayName: [customer.first_name, customer.last_name].filter(Boolean).join(" "),
    defaultEmailAddress: customer.email === null ? null : { emailAddress: customer.email },
    defaultPhoneNumber: customer.phone === null ? null : { phoneNumber: customer.phone },
    defaultAddress: viewAddress(defaultAddressOf(customer, order), `${customer.id}1`),
    dataSaleOptOut: customer["data_sale_opt_out"] === true,
    locale: order.customer_locale ?? store.locale,
    numberOfOrders: String(theirs.length),
    state: customer.state.toUpperCase(),
    verifiedEmail: true,
  };
}

/** A customer of a generated order carries none: then it is where they had things sent. */
function defaultAddressOf(customer: OrderCustomer, order: OrderPayload): OrderAddress | null | undefined {
  return "default_address" in customer
    ? (customer["default_address"] as OrderAddress | null)
    : (order.shipping_address ?? order.billing_address);
}

function viewJourney(order: OrderPayload, store: Store) {
  if (order.source_name !== "web") return null;
  const landing = order.landing_site === null ? null : new URL(order.landing_site, store.storefrontUrl);
  const utm = (name: string): string | null => landing?.searchParams.get(`utm_${name}`) ?? null;
  const visit = {
    __typename: "CustomerVisit",
    id: `gid://shopify/CustomerVisit/${order.id}`,
    landingPage: landing?.href ?? null,
    referrerUrl: order.referring_site === "" ? null : order.referring_site,
    source: order.referring_site ? new URL(order.referring_site).hostname : "direct",
    occurredAt: isoSeconds(Date.parse(order.created_at) - 600_000),
    utmParameters: landing?.search.includes("utm_")
      ? {
          campaign: utm("campaign"),
          content: utm("content"),
          medium: utm("medium"),
          source: utm("source"),
          term: utm("term"),
        }
      : null,
  };
  return {
    ready: true,
    customerOrderIndex: 0,
    daysToConversion: 0,
    firstVisit: visit,
    lastVisit: visit,
    momentsCount: { count: 1, precision: "EXACT" },
  };
}

const quantityOf = (order: OrderPayload): number =>
  order.line_items.reduce((sum, line) => sum + line.quantity, 0);

/**
 * An order of the webhook's shape as the Admin API shows it. Fields that both have under one name come from the webhook's
 * (resolve-field.ts); here stands what differs.
 */
export function viewOrder(record: OrderRecord, store: Store) {
  const order = completeOrder(record.payload);
  const total = moneyBag(order.total_price_set);
  const received = record.transactions.some(
    (each) => each.kind !== "AUTHORIZATION" && each.status === "SUCCESS",
  );
  const nothing = viewMoney(0, order);
  const paid = order.financial_status === "paid";
  const codes = (order["discount_codes"] as { code: string }[] | undefined)?.map(({ code }) => code) ?? [];
  return {
    ...order,
    __typename: "Order",
    id: order.admin_graphql_api_id,
    legacyResourceId: record.id,
    app: order.app_id === null ? null : { id: `gid://shopify/App/${order.app_id}`, name: order.source_name },
    billingAddress: viewAddress(order.billing_address, `${record.id}1`),
    shippingAddress: viewAddress(order.shipping_address, `${record.id}2`),
    displayAddress: viewAddress(order.shipping_address ?? order.billing_address, `${record.id}2`),
    cancelReason: order.cancel_reason?.toUpperCase() ?? null,
    clientIp: order.browser_ip,
    closed: order.closed_at !== null,
    createdAt: isoSeconds(record.createdAt),
    processedAt: isoSeconds(record.processedAt),
    updatedAt: isoSeconds(record.updatedAt),
    currencyCode: order.currency,
    presentmentCurrencyCode: order.presentment_currency,
    currentSubtotalLineItemsQuantity: quantityOf(order),
    subtotalLineItemsQuantity: quantityOf(order),
    originalTotalPriceSet: total,
    netPaymentSet: received ? total : nothing,
    totalReceivedSet: received ? total : nothing,
    totalOutstandingSet: paid ? nothing : total,
    totalRefundedSet: nothing,
    totalTipReceivedSet: viewTips(order) ?? nothing,
    totalWeight: String(order["total_weight"] ?? "0"),
    customAttributes: order.note_attributes.map(({ name, value }) => ({ key: name, value })),
    customer: order.customer ? viewCustomer(order.customer, order, store) : null,
    customerAcceptsMarketing: order.buyer_accepts_marketing,
    customerJourneySummary: viewJourney(order, store),
    discountCode: codes[0] ?? null,
    discountCodes: codes,
    displayFinancialStatus: order.financial_status.toUpperCase(),
    displayFulfillmentStatus: "UNFULFILLED",
    dutiesIncluded: order["duties_included"] === true,
    email: order.email === "" ? null : order.email,
    estimatedTaxes: false,
    fullyPaid: paid,
    unpaid: order.financial_status === "pending" || order.financial_status === "authorized",
    landingPageUrl:
      order.landing_site === null ? null : new URL(order.landing_site, store.storefrontUrl).href,
    referrerUrl: order.referring_site === "" ? null : order.referring_site,
    lineItems: (args: PageArguments & { reverse: boolean }) =>
      paginate(
        order.line_items.map((line) => viewLine(line, order)),
        placeOfLine,
        args,
        args.reverse,
      ),
    number: order.order_number,
    requiresShipping: order.line_items.some((line) => line["requires_shipping"] === true),
    shippingLine: viewShippingLines(order, false)[0] ?? null,
    shippingLines: (args: PageArguments & { includeRemovals: boolean; reverse: boolean }) =>
      paginate(viewShippingLines(order, args.includeRemovals), placeOfLine, args, args.reverse),
    statusPageUrl: order.order_status_url,
    tags: order.tags
      .split(",")
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ""),
    taxExempt: order["tax_exempt"] === true,
    taxLines: [],
    transactions: ({ first }: { first?: number | null }) =>
      record.transactions.slice(0, first ?? undefined).map((each) => ({
        ...each,
        __typename: "OrderTransaction",
        id: `gid://shopify/OrderTransaction/${each.id}`,
        manualPaymentGateway: each.gateway === "manual" || each.gateway === "Bank Deposit",
        amountSet: total,
        createdAt: isoSeconds(each.createdAt),
        processedAt: isoSeconds(each.processedAt),
        test: order.test,
      })),
  };
}

/** The sum of the tip lines: webhooks tell it in the shop's currency alone. */
function viewTips(order: OrderPayload): ReturnType<typeof moneyBag> | undefined {
  const [first, ...others] = order.line_items.filter(
    (each) => each["tip"] !== undefined && each["tip"] !== null,
  );
  if (!first) return undefined;
  const sum = mapMoney(first.price_set, (amount, side) =>
    others.reduce((soFar, line) => soFar + Number(line.price_set[side].amount), amount),
  );
  return moneyBag(sum);
}

const placeOfLine = ({ id }: { readonly id: string }) => ({
  value: 0,
  id: BigInt(id.split("/").at(-1) ?? "0"),
});

/** One of a webhook line's `duties`, as Shopify's REST LineItem documents it. */
interface LineDuty extends MoneySet {
  id: string;
  tax_lines: unknown[];
}

/** A line item as the Admin API shows it; unit prices after discounts are the line's net divided by its quantity. */
export function viewLine(line: OrderLine, order: OrderPayload) {
  const gross = mapMoney(line.price_set, (amount) => amount * line.quantity);
  const off = (side: keyof MoneySet): number =>
    line.discount_allocations.reduce((sum, { amount_set }) => sum + Number(amount_set[side].amount), 0);
  const net = mapMoney(gross, (amount, side) => amount - off(side));
  const unitNet = mapMoney(net, (amount) => amount / line.quantity);
  const product =
    line.product_id === null
      ? null
      : {
          __typename: "Product",
          id: `gid://shopify/Product/${line.product_id}`,
          legacyResourceId: line.product_id.toString(),
          title: line.title,
          handle: line.title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"),
          vendor: line.vendor ?? "",
        };
  return {
    ...line,
    __typename: "LineItem",
    id: `gid://shopify/LineItem/${line.id}`,
    currentQuantity: typeof line["current_quantity"] === "number" ? line["current_quantity"] : line.quantity,
    customAttributes: line.properties.map(({ name, value }) => ({ key: name, value })),
    discountAllocations: line.discount_allocations.map(({ amount_set }) => ({
      allocatedAmountSet: moneyBag(amount_set),
    })),
    discountedTotalSet: moneyBag(gross),
    discountedUnitPriceAfterAllDiscountsSet: moneyBag(unitNet),
    discountedUnitPriceSet: moneyBag(line.price_set),
    duties: ((line["duties"] as LineDuty[] | undefined) ?? []).map((duty) => ({
      ...duty,
      __typename: "Duty",
      id: `gid://shopify/Duty/${duty.id}`,
      price: moneyBag(duty),
      taxLines: duty.tax_lines,
    })),
    isGiftCard: line["gift_card"] === true,
    originalTotalSet: moneyBag(gross),
    originalUnitPriceSet: moneyBag(line.price_set),
    product,
    requiresShipping: line["requires_shipping"] === true,
    sellingPlan:
      typeof line["selling_plan_name"] === "string"
        ? {
            name: line["selling_plan_name"],
            sellingPlanId: `gid://shopify/SellingPlan/${String(line["selling_plan_id"])}`,
          }
        : null,
    taxLines: [],
    taxable: order["tax_exempt"] !== true,
    totalDiscountSet: moneyBag(mapMoney(line.price_set, (_amount, side) => off(side))),
    variant:
      line.variant_id === null || product === null
        ? null
        : {
            __typename: "ProductVariant",
            id: `gid://shopify/ProductVariant/${line.variant_id}`,
            legacyResourceId: line.variant_id.toString(),
            sku: line.sku,
            title: line.variant_title ?? "Default Title",
            product,
          },
  };
}

/** The part of a webhook's shipping line that is shown under another name. */
interface ShippingLine {
  readonly id: bigint;
  readonly is_removed?: boolean;
  readonly price_set: MoneySet;
}

/** Shipping lines as the Admin API shows them; removed ones only where they are asked for. */
export function viewShippingLines(order: OrderPayload, withRemoved: boolean) {
  const lines = (order["shipping_lines"] ?? []) as readonly ShippingLine[];
  return lines
    .filter((line) => withRemoved || line.is_removed !== true)
    .map((line) => ({
      ...line,
      __typename: "ShippingLine",
      id: `gid://shopify/ShippingLine/${line.id}`,
      isRemoved: line.is_removed === true,
      originalPriceSet: moneyBag(line.price_set),
    }));
}
