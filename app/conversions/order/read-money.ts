/** Shopify's amounts: `price` in the shop's currency, `price_set` in the shop's and the buyer's. */
import { parseAmount } from "../purchase/money.ts";
import type { MoneyPair, MoneyText } from "./order-facts.ts";
import { asRecord, compact, readText } from "../read-json.ts";
import type { JsonRecord } from "../read-json.ts";

/** The order's own two currencies: what an amount without a code of its own is in. */
export interface OrderCurrencies {
  readonly shop: string | undefined;
  readonly presentment: string | undefined;
}

/**
 * The first of `keys` that the order has at all. A current amount that is there but unreadable is not replaced by the
 * original one: that would report what was refunded before the payment. Only where both are the same amount on one
 * side does the original say what the current one leaves out on the other.
 */
export function readOrderMoney(
  order: JsonRecord,
  keys: readonly string[],
  currencies: OrderCurrencies,
): MoneyPair | undefined {
  const found = keys.flatMap((key) => readMoney(order, key, currencies) ?? []);
  const [first, ...others] = found;
  return first && completeMoney(first, others);
}

/** `key` is the amount in the shop's currency, `key_set` the same amount in both. */
export function readMoney(
  record: JsonRecord | undefined,
  key: string,
  currencies: OrderCurrencies,
): MoneyPair | undefined {
  const set = asRecord(record?.[`${key}_set`]);
  const plain = readPlain(record, key);
  const shopSet = readMoneyText(asRecord(set?.["shop_money"]), currencies.shop);
  const own = plain === undefined ? undefined : moneyText(plain, currencies.shop ?? shopSet?.currency);
  const shop = own !== undefined && parseAmount(own.amount) !== undefined ? own : (shopSet ?? own);
  const presentment = readMoneyText(asRecord(set?.["presentment_money"]), currencies.presentment);
  if (shop === undefined && presentment === undefined) return undefined;
  return compact<MoneyPair>({ shop, presentment });
}

/**
 * Fills in the side that `money` lacks from another statement of the same amount: equal on the side that both have
 * means equal on the other. Never by an exchange rate, whose rounding is not Shopify's.
 */
export function completeMoney(money: MoneyPair, others: readonly MoneyPair[]): MoneyPair {
  let { shop, presentment } = money;
  for (const other of others) {
    if (presentment === undefined && sameAmount(shop, other.shop)) presentment = other.presentment;
    if (shop === undefined && sameAmount(presentment, other.presentment)) shop = other.shop;
  }
  return compact<MoneyPair>({ shop, presentment });
}

function sameAmount(one: MoneyText | undefined, other: MoneyText | undefined): boolean {
  if (one === undefined || other === undefined || one.currency !== other.currency) return false;
  const amount = parseAmount(one.amount);
  return amount !== undefined && amount === parseAmount(other.amount);
}

/** What is there but is no text or number is kept as an amount that cannot be read: it must not count as 0. */
function readPlain(record: JsonRecord | undefined, key: string): string | undefined {
  const value = record?.[key];
  return value === undefined || value === null ? undefined : (readText(record, key) ?? "");
}

function readMoneyText(money: JsonRecord | undefined, currency: string | undefined): MoneyText | undefined {
  const amount = readPlain(money, "amount");
  return amount === undefined
    ? undefined
    : moneyText(amount, readCurrency(money, "currency_code") ?? currency);
}

function moneyText(amount: string, currency: string | undefined): MoneyText {
  return currency === undefined ? { amount } : { amount, currency };
}

export function readCurrency(record: JsonRecord | undefined, key: string): string | undefined {
  const code = readText(record, key)?.trim().toUpperCase();
  return code !== undefined && /^[A-Z]{3}$/.test(code) ? code : undefined;
}
