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
