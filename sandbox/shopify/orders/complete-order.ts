import type { Money, MoneySet, OrderCustomer, OrderLine, OrderPayload } from "./order-shape.ts";

/**
 * A fixture may leave out what its webhook would carry; the Admin API's schema does not. What is missing becomes what
 * Shopify has where nothing was set: empty lists, and for an amount the nearest one that is there, else zero. (The Admin
 * API writes null for a field that is missing and may be.)
 */
export function completeOrder(order: OrderPayload): OrderPayload {
  const given: Partial<OrderPayload> = order;
  return {
    ...order,
    ...Object.fromEntries(
      AMOUNTS.map(([key, ...others]) => [`${key}_set`, amountOf(order, [key, ...others])]),
    ),
    current_subtotal_price_set: setOf(order, "current_subtotal_price", order) ?? subtotalOf(order),
    admin_graphql_api_id: given.admin_graphql_api_id ?? `gid://shopify/Order/${order.id}`,
    confirmed: given.confirmed ?? true,
    financial_status: given.financial_status ?? "paid",
    tags: given.tags ?? "",
    test: given.test ?? false,
    taxes_included: given.taxes_included ?? false,
    payment_gateway_names: given.payment_gateway_names ?? [],
    note_attributes: given.note_attributes ?? [],
    customer: given.customer ? completeCustomer(given.customer, order) : null,
    line_items: (given.line_items ?? []).map((line, index) => completeLine(line, index, order)),
    shipping_lines: shippingLines(order),
  };
}

/** Each amount, and those that stand in for it. */
const AMOUNTS: readonly (readonly [string, ...string[]])[] = [
  ["current_shipping_price", "total_shipping_price"],
  ["current_total_discounts", "total_discounts"],
  ["current_total_price", "total_price"],
  ["current_total_tax", "total_tax"],
  ["subtotal_price", "current_subtotal_price"],
  ["total_discounts", "current_total_discounts"],
  ["total_price", "current_total_price"],
  ["total_shipping_price", "current_shipping_price"],
  ["total_tax", "current_total_tax"],
];

/** Goods after discounts: the total without shipping, duties, tips, and taxes where they are put on top. */
function subtotalOf(order: OrderPayload): MoneySet {
  const total = amountOf(order, ["current_total_price", "total_price"]);
  const tips = (order.line_items ?? []).filter((line) => line["tip"] !== undefined && line["tip"] !== null);
  const others = [
    amountOf(order, ["current_shipping_price", "total_shipping_price"]),
    amountOf(order, ["current_total_duties"]),
    ...(order.taxes_included ? [] : [amountOf(order, ["current_total_tax", "total_tax"])]),
    ...tips.map((line) => amountIn(line, "price", order)),
  ];
  return mapMoney(total, (amount, side) =>
    Math.max(
      others.reduce((soFar, each) => soFar - Number(each[side].amount), amount),
      0,
    ),
  );
}

/** Arithmetic on both sides of a money set, rounded to the currency's minor unit. */
export function mapMoney(set: MoneySet, change: (amount: number, side: keyof MoneySet) => number): MoneySet {
  const side = (name: keyof MoneySet) => {
    const decimals = set[name].amount.split(".")[1]?.length ?? 0;
    return { ...set[name], amount: change(Number(set[name].amount), name).toFixed(decimals) };
  };
  return { shop_money: side("shop_money"), presentment_money: side("presentment_money") };
}

type Fields = Readonly<Record<string, unknown>>;

/** Both sides of the first of these amounts that is there, else zero. */
export function amountOf(order: OrderPayload, keys: readonly string[]): MoneySet {
  const key = keys.find((each) => setOf(order, each, order));
  return key === undefined ? bothSides("0.00", order) : amountIn(order, key, order);
}

/** Both sides of an amount, or zero. */
const amountIn = (record: Fields, key: string, order: OrderPayload): MoneySet =>
  setOf(record, key, order) ?? bothSides("0.00", order);

function setOf(record: Fields, key: string, order: OrderPayload): MoneySet | undefined {
  const set = record[`${key}_set`] as Partial<MoneySet> | null | undefined;
  const plain = record[key];
  const shop = set?.shop_money;
  if (shop && set.presentment_money) return { shop_money: shop, presentment_money: set.presentment_money };
  const amount = shop?.amount ?? (typeof plain === "string" ? plain : undefined);
  return amount === undefined ? undefined : bothSides(amount, order);
}

/** An amount that a fixture has in the shop's currency alone, at the rate of the order's total. */
function bothSides(amount: string, order: OrderPayload): MoneySet {
  const total = (order as Partial<OrderPayload>).current_total_price_set;
  const paid = Number(total?.shop_money.amount ?? 0);
  const rate = total && paid > 0 ? Number(total.presentment_money.amount) / paid : 1;
  const decimals = total?.presentment_money.amount.split(".")[1]?.length ?? 2;
  const seen: Money = {
    amount: rate === 1 ? amount : (Number(amount) * rate).toFixed(decimals),
    currency_code: order.presentment_currency ?? order.currency,
  };
  return { shop_money: { amount, currency_code: order.currency }, presentment_money: seen };
}

function completeCustomer(customer: Partial<OrderCustomer>, order: OrderPayload): OrderCustomer {
  return {
    ...(customer as OrderCustomer),
    id: customer.id ?? 0n,
    created_at: customer.created_at ?? order.created_at,
    updated_at: customer.updated_at ?? order.updated_at,
  };
}

function completeLine(line: Partial<OrderLine>, index: number, order: OrderPayload): OrderLine {
  const title = line.title ?? "";
  return {
    ...(line as OrderLine),
    id: line.id ?? order.id * 100n + BigInt(index),
    title,
    name: line.name ?? title,
    quantity: line.quantity ?? 1,
    price_set: amountIn(line, "price", order),
    discount_allocations: (line.discount_allocations ?? []).map((each) => ({
      ...each,
      amount_set: amountIn(each, "amount", order),
    })),
  };
}

function shippingLines(order: OrderPayload): readonly Fields[] {
  const lines = (order["shipping_lines"] ?? []) as readonly Fields[];
  return lines.map((line, index) => {
    const price = amountIn(line, "price", order);
    const taxes = (line["tax_lines"] ?? []) as readonly Fields[];
    return {
      code: null,
      title: "",
      source: null,
      ...line,
      id: line["id"] ?? order.id * 100n + BigInt(index),
      price_set: price,
      discounted_price_set: setOf(line, "discounted_price", order) ?? price,
      tax_lines: taxes.map((tax) => ({
        title: "",
        rate: 0,
        ...tax,
        price_set: amountIn(tax, "price", order),
      })),
    };
  });
}
