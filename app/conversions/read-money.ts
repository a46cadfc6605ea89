/** Shopify's amounts: `price` in the shop's currency, `price_set` in the shop's and the buyer's. */
import { parseAmount } from "./money.ts";
import type { MoneyPair, MoneyText } from "./order-facts.ts";
import { asRecord, compact, readText } from "./read-json.ts";
import type { JsonRecord } from "./read-json.ts";

/**
 * The first of `keys` that the order has at all. A current amount that is there but unreadable is not replaced by the
 * original one: that would report what was refunded before the payment.
 */
export function readOrderMoney(
  order: JsonRecord,
  keys: readonly string[],
  currency: string | undefined,
): MoneyPair | undefined {
  for (const key of keys) {
    const money = readMoney(order, key, currency);
    if (money !== undefined) return money;
  }
  return undefined;
}

/** `key` is the amount in the shop's currency, `key_set` the same amount in both. */
export function readMoney(
  record: JsonRecord | undefined,
  key: string,
  currency: string | undefined,
): MoneyPair | undefined {
  const set = asRecord(record?.[`${key}_set`]);
  const plain = readText(record, key);
  const shop =
    plain !== undefined && parseAmount(plain) !== undefined
      ? moneyText(plain, readCurrency(asRecord(set?.["shop_money"]), "currency_code") ?? currency)
      : (readMoneyText(asRecord(set?.["shop_money"])) ??
        (plain === undefined ? undefined : moneyText(plain, currency)));
  const presentment = readMoneyText(asRecord(set?.["presentment_money"]));
  if (shop === undefined && presentment === undefined) return undefined;
  return compact<MoneyPair>({ shop, presentment });
}

function readMoneyText(money: JsonRecord | undefined): MoneyText | undefined {
  const amount = readText(money, "amount");
  return amount === undefined ? undefined : moneyText(amount, readCurrency(money, "currency_code"));
}

function moneyText(amount: string, currency: string | undefined): MoneyText {
  return currency === undefined ? { amount } : { amount, currency };
}

export function readCurrency(record: JsonRecord | undefined, key: string): string | undefined {
  const code = readText(record, key)?.trim().toUpperCase();
  return code !== undefined && /^[A-Z]{3}$/.test(code) ? code : undefined;
}
