import type { Database } from "../platform/database/database.server.ts";
import { compareNames, countryName } from "../texts/country-name.server.ts";
import { withFacets } from "./facets.server.ts";

export interface BuyerCountry {
  /** ISO alpha-2, or "EU" where nothing but the currency told. */
  readonly code: string;
  /** In the language of the page. */
  readonly name: string;
}

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
    .sort((one, other) => compareNames(one.name, other.name));
}
