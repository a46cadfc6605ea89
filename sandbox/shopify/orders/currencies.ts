/** ISO 4217 minor units where they are not two. */
const DECIMALS: Readonly<Record<string, number>> = { JPY: 0, KRW: 0, VND: 0, CLP: 0, KWD: 3, BHD: 3, JOD: 3 };

export const decimalsOf = (currency: string): number => DECIMALS[currency] ?? 2;

/** Roughly how many units of a currency make one US dollar; keeps invented prices believable, nothing more. */
const PER_DOLLAR: Readonly<Record<string, number>> = {
  USD: 1,
  EUR: 0.92,
  GBP: 0.79,
  CAD: 1.37,
  AUD: 1.52,
  NZD: 1.66,
  JPY: 150,
  KRW: 1380,
  INR: 84,
  PKR: 278,
  BRL: 5.4,
  MXN: 18.5,
  SEK: 10.6,
  PLN: 3.95,
  CHF: 0.88,
  AED: 3.67,
  SAR: 3.75,
  ILS: 3.7,
  TRY: 34,
  TWD: 32,
  VND: 25000,
  KWD: 0.31,
};

/** Units of `to` for one unit of `from`, rounded to five digits as presentment rates are. */
export function exchangeRate(from: string, to: string): number {
  if (from === to) return 1;
  return Number(((PER_DOLLAR[to] ?? 1) / (PER_DOLLAR[from] ?? 1)).toPrecision(5));
}

/** Minor units (integer) to Shopify's decimal string: 3836 USD is "38.36", 3836 JPY is "3836". */
export function formatMinor(minor: number, currency: string): string {
  return (minor / 10 ** decimalsOf(currency)).toFixed(decimalsOf(currency));
}

/** A price in dollars to minor units of `currency`. */
export function minorFromDollars(dollars: number, currency: string): number {
  return Math.round(dollars * (PER_DOLLAR[currency] ?? 1) * 10 ** decimalsOf(currency));
}
