/**
 * Numbers and money as text in the language that is spoken, by tables of the app's own. Not `Intl`: its answers change with
 * the version of the locale data, which differs between the server and each browser.
 */
import { currencyDecimals } from "../conversions/purchase/money.ts";
import { conventions } from "../texts/conventions.ts";

/**
 * Signs that belong to one currency only, in every language the same ("US$", also where a language would write "$US"); every
 * other currency is named by its ISO 4217 code.
 */
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
  const { decimal } = conventions();
  const [whole = "0", fraction = ""] = Math.abs(value).toFixed(most).split(".");
  let kept = fraction;
  while (kept.length > least && kept.endsWith("0")) kept = kept.slice(0, -1);
  const text = groupThousands(whole) + (kept === "" ? "" : `${decimal}${kept}`);
  return value < 0 && /[1-9]/.test(text) ? `-${text}` : text;
}

function groupThousands(digits: string): string {
  const { group, groupedFrom } = conventions();
  if (digits.length < groupedFrom) return digits;
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) groups.unshift(digits.slice(Math.max(0, end - 3), end));
  return groups.join(group);
}

/**
 * Cut, not rounded, to one decimal, so that "100%" means all of them; what is above nothing never reads as "0%".
 *
 * @param share 1 is 100 %
 */
export function writePercent(share: number): string {
  // A share such as 0.58 is 57.99999… in binary: a hair is added before it is cut.
  const thousandths = Math.trunc(share * 1_000 + Math.sign(share) * 1e-6);
  const number =
    thousandths === 0 && share > 0 ? `<${writeNumber(0.1, 1)}` : writeNumber(thousandths / 10, 1);
  return conventions().percent.replace("{n}", number);
}

/**
 * With as many decimals as ISO 4217 gives the currency: in English 162.04 EUR is "€162.04", 8485 PKR "PKR 8,485.00", both
 * sides of the space kept on one line. "$" alone stands for US dollars where the reader counts in them, and for nothing else.
 *
 * @param own the reader's currency
 */
export function writeMoney(amount: number, currency: string, own: string | null): string {
  const { money, signs } = conventions();
  const decimals = currencyDecimals(currency);
  const digits = writeNumber(Math.abs(amount), decimals, decimals);
  const sign = currency === "USD" && own === "USD" ? "$" : (signs?.[currency] ?? SIGNS.get(currency));
  const minus = amount < 0 && /[1-9]/.test(digits) ? "-" : "";
  // A sign may stand right before its amount, a code never.
  const unit = sign ?? (money.startsWith("{unit}{n}") ? `${currency}\u00a0` : currency);
  return minus + money.replace("{unit}", () => unit).replace("{n}", () => digits);
}
