/**
 * Numbers and money as English text, by tables of the app's own. Not `Intl`: its answers change with the version of the
 * locale data, which differs between the server and each browser.
 */
import { currencyDecimals } from "../conversions/purchase/money.ts";

/** Signs that belong to one currency only; every other one is named by its ISO 4217 code. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ["AUD", "A$"],
  ["BRL", "R$"],
  ["CAD", "CA$"],
  ["CNY", "CN¥"],
  ["EUR", "€"],
  ["GBP", "£"],
  ["HKD", "HK$"],
  ["ILS", "₪"],
  ["INR", "₹"],
  ["JPY", "¥"],
  ["KRW", "₩"],
  ["MXN", "MX$"],
  ["NZD", "NZ$"],
  ["PHP", "₱"],
  ["TWD", "NT$"],
  ["USD", "US$"],
  ["VND", "₫"],
]);

/** 1234567.891 becomes "1,234,567.891"; at most `most` decimals and at least `least`, half up. */
export function writeNumber(value: number, most = 3, least = 0): string {
  if (!Number.isFinite(value)) return "–";
  const [whole = "0", fraction = ""] = Math.abs(value).toFixed(most).split(".");
  let kept = fraction;
  while (kept.length > least && kept.endsWith("0")) kept = kept.slice(0, -1);
  const text = groupThousands(whole) + (kept === "" ? "" : `.${kept}`);
  return value < 0 && /[1-9]/.test(text) ? `-${text}` : text;
}

function groupThousands(digits: string): string {
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) groups.unshift(digits.slice(Math.max(0, end - 3), end));
  return groups.join(",");
}

/**
 * Cut, not rounded, to one decimal, so that "100%" means all of them; what is above nothing never reads as "0%".
 *
 * @param share 1 is 100 %
 */
export function writePercent(share: number): string {
  // A share such as 0.58 is 57.99999… in binary: a hair is added before it is cut.
  const thousandths = Math.trunc(share * 1_000 + Math.sign(share) * 1e-6);
  if (thousandths === 0 && share > 0) return "<0.1%";
  return `${writeNumber(thousandths / 10, 1)}%`;
}

/**
 * With as many decimals as ISO 4217 gives the currency: 162.04 EUR is "€162.04", 8485 PKR "PKR 8,485.00", both sides of
 * the space kept on one line. "$" alone stands for US dollars where the reader counts in them, and for nothing else.
 *
 * @param own the reader's currency
 */
export function writeMoney(amount: number, currency: string, own: string | null): string {
  const decimals = currencyDecimals(currency);
  const digits = writeNumber(Math.abs(amount), decimals, decimals);
  const sign = currency === "USD" && own === "USD" ? "$" : SIGNS.get(currency);
  const minus = amount < 0 && /[1-9]/.test(digits) ? "-" : "";
  return sign === undefined ? `${minus}${currency}\u00a0${digits}` : `${minus}${sign}${digits}`;
}
