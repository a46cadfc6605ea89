/**
 * The order's sums by their names in Shopify's REST Order resource. `current_*` amounts are after order edits, returns
 * and refunds; the original ones serve only where an order has no current ones.
 */
import { parseAmount } from "../purchase/money.ts";
import type { MoneyPair, MoneyText, OrderFacts } from "./order-facts.ts";
import { asList, asRecord, compact, readFlag } from "../read-json.ts";
import type { JsonRecord } from "../read-json.ts";
import { completeMoney, readMoney, readOrderMoney } from "./read-money.ts";
import type { OrderCurrencies } from "./read-money.ts";

type Totals = Pick<
  OrderFacts,
  | "taxesIncluded"
  | "total"
  | "subtotal"
  | "tax"
  | "shippingPrice"
  | "shippingTaxes"
  | "dutiesIncluded"
  | "duties"
  | "dutyTaxes"
  | "fees"
  | "tips"
>;

export function readTotals(order: JsonRecord, currencies: OrderCurrencies): Totals {
  const first = (...keys: string[]) => readOrderMoney(order, keys, currencies);
  const lines = records(order["line_items"]);
  const shippingLines = records(order["shipping_lines"]).filter(
    (line) => readFlag(line, "is_removed") !== true,
  );
  return compact<Totals>({
    taxesIncluded: readFlag(order, "taxes_included") === true,
    total: first("current_total_price", "total_price"),
    subtotal: first("current_subtotal_price", "subtotal_price"),
    tax: orSum(first("current_total_tax", "total_tax"), readPrices(order["tax_lines"], currencies)),
    shippingPrice:
      first("current_shipping_price") ??
      sum(shippingLines.flatMap((line) => readShippingPrice(line, currencies) ?? [])) ??
      first("total_shipping_price"),
    shippingTaxes: shippingLines.flatMap((line) => readPrices(line["tax_lines"], currencies)),
    dutiesIncluded: readFlag(order, "duties_included") === true,
    duties: first("current_total_duties", "original_total_duties"),
    dutyTaxes: lines
      .flatMap((line) => records(line["duties"]))
      .flatMap((duty) => readPrices(duty["tax_lines"], currencies)),
    fees: first("current_total_additional_fees", "original_total_additional_fees"),
    tips: orSum(
      first("total_tip_received"),
      lines
        .filter((line) => asRecord(line["tip"]) !== undefined)
        .flatMap((line) => readMoney(line, "price", currencies) ?? []),
    ),
  });
}

/** `total_shipping_price_set` is before discounts, so the lines' own discounted prices go before it. */
function readShippingPrice(line: JsonRecord, currencies: OrderCurrencies): MoneyPair | undefined {
  return readMoney(line, "discounted_price", currencies) ?? readMoney(line, "price", currencies);
}

function readPrices(value: unknown, currencies: OrderCurrencies): MoneyPair[] {
  return records(value).flatMap((record) => readMoney(record, "price", currencies) ?? []);
}

/** A sum without one side gets it from its parts, where these add up to it; a missing one is the sum of its parts. */
function orSum(money: MoneyPair | undefined, parts: readonly MoneyPair[]): MoneyPair | undefined {
  const whole = sum(parts);
  return money === undefined || whole === undefined ? (money ?? whole) : completeMoney(money, [whole]);
}

function sum(parts: readonly MoneyPair[]): MoneyPair | undefined {
  if (parts.length === 0) return undefined;
  return compact<MoneyPair>({
    shop: sumSide(parts.map(({ shop }) => shop)),
    presentment: sumSide(parts.map(({ presentment }) => presentment)),
  });
}

/** Undefined where a part is missing; unreadable where a part is, or where two have different currencies. */
function sumSide(parts: readonly (MoneyText | undefined)[]): MoneyText | undefined {
  let total = 0n;
  const currency = parts[0]?.currency;
  for (const part of parts) {
    if (part === undefined) return undefined;
    const amount = parseAmount(part.amount);
    if (amount === undefined || part.currency !== currency) return { amount: "" };
    total += amount;
  }
  const digits = String(total < 0n ? -total : total).padStart(7, "0");
  const amount = `${total < 0n ? "-" : ""}${digits.slice(0, -6)}.${digits.slice(-6)}`;
  return currency === undefined ? { amount } : { amount, currency };
}

function records(value: unknown): JsonRecord[] {
  return asList(value)
    .map(asRecord)
    .filter((record) => record !== undefined);
}
