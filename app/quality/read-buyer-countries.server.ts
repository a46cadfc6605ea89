import type { Database } from "../platform/database/database.server.ts";
import { withFacets } from "./facets.server.ts";

export interface BuyerCountry {
  /** ISO alpha-2, or "EU" where nothing but the currency told. */
  readonly code: string;
  /** In English. */
  readonly name: string;
}

const NAMES = new Intl.DisplayNames("en", { type: "region", fallback: "code" });

/**
 * The countries of a store's buyers, as far as details are kept, by name. Names are data to the page: server and browser show the same.
 */
export async function readBuyerCountries(
  database: Database,
  storeId: bigint,
): Promise<readonly BuyerCountry[]> {
  const rows = await database.prisma.$queryRaw<{ country: string }[]>`
    ${withFacets(storeId)} SELECT DISTINCT k.country FROM facet k WHERE k.country <> ''`;
  return rows
    .map(({ country }) => ({ code: country, name: countryName(country) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** "United Kingdom" for "GB"; what is no country's code stays as it is. */
export function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (NAMES.of(code) ?? code) : code;
}
