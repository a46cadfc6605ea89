import currencies from "./currencies.json" with { type: "json" };

type Figures = Readonly<Record<string, number>>;
/** ISO 4217 minor units where they are not two. */
const DECIMALS: Figures = currencies.decimals;
/** Roughly how many units of a currency make one US dollar; keeps invented prices believable, nothing more. */
const PER_DOLLAR: Figures = currencies.perDollar;

export const decimalsOf = (currency: string): number => DECIMALS[currency] ?? 2;

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
