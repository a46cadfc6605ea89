/**
 * Amounts without floating point: whole millionths of a currency unit as bigint, turned into a number once, at the
 * end, with exactly as many decimals as the currency has.
 */

/** Millionths of a currency unit. */
export type Amount = bigint;

const AMOUNT = /^(-?)([0-9]{1,18})(?:\.([0-9]{1,18}))?$/;

/**
 * Reads "38.36". Anything else ("1,234.50", "NaN", "1e5", "$5") is undefined: a guess at a thousands separator can be
 * wrong by a factor of a thousand.
 */
export function parseAmount(text: string): Amount | undefined {
  const match = AMOUNT.exec(text.trim());
  if (match === null) return undefined;
  const [, sign, whole = "0", fraction = ""] = match;
  const magnitude = BigInt(whole) * 1_000_000n + BigInt(fraction.slice(0, 6).padEnd(6, "0"));
  return sign === "-" ? -magnitude : magnitude;
}

/** The greatest amount that counts: 14 digits before the point, which is what the database's numeric(18,4) holds. */
export const MAX_AMOUNT: Amount = 99_999_999_999_999n * 1_000_000n;

/** Half up, to the decimals of the currency: 9.57 for USD, 10 for JPY, 12.345 for KWD. */
export function toCurrencyNumber(amount: Amount, currency: string): number {
  const decimals = currencyDecimals(currency);
  const step = 10n ** BigInt(6 - decimals);
  const units = divideHalfUp(amount, step);
  const digits = String(units < 0n ? -units : units).padStart(decimals + 1, "0");
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return units < 0n ? -Number(text) : Number(text);
}

export function divideHalfUp(amount: Amount, divisor: bigint): Amount {
  const magnitude = ((amount < 0n ? -amount : amount) * 2n + divisor) / (divisor * 2n);
  return amount < 0n ? -magnitude : magnitude;
}

/**
 * Decimals of each currency by ISO 4217 ("minor unit"); what is not named here has two. Not `Intl`: its data follows
 * usage rather than the standard (0 decimals for IQD) and changes with the version of Node.
 */
const DECIMALS: ReadonlyMap<string, number> = new Map([
  ...["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF"].map((code) => [code, 0] as const),
  ...["UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"].map((code) => [code, 0] as const),
  ...["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"].map((code) => [code, 3] as const),
  ...["CLF", "UYW"].map((code) => [code, 4] as const),
]);

export function currencyDecimals(currency: string): number {
  return DECIMALS.get(currency) ?? 2;
}
