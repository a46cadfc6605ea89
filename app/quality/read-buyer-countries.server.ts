import type { Database } from "../platform/database/database.server.ts";

export interface BuyerCountry {
  /** ISO alpha-2, or "EU" where nothing but the currency told. */
  readonly code: string;
  /** In English. */
  readonly name: string;
}

const NAMES = new Intl.DisplayNames("en", { type: "region", fallback: "code" });

/**
 * The countries of a store's buyers, as far as details are kept, by name. One step through the index for each country,
 * however many orders there are. Names are data to the page: server and browser show the same.
 */
export async function readBuyerCountries(
  { prisma }: Database,
  storeId: bigint,
): Promise<readonly BuyerCountry[]> {
  const rows = await prisma.$queryRaw<{ country: string }[]>`
    WITH RECURSIVE seen AS (
      (SELECT country FROM conversion WHERE store_id = ${storeId}::bigint AND country IS NOT NULL
       ORDER BY country LIMIT 1)
      UNION ALL
      SELECT (SELECT c.country FROM conversion c
              WHERE c.store_id = ${storeId}::bigint AND c.country IS NOT NULL AND c.country > seen.country
              ORDER BY c.country LIMIT 1)
      FROM seen WHERE seen.country IS NOT NULL
    )
    SELECT country FROM seen WHERE country IS NOT NULL`;
  return rows
    .map(({ country }) => ({ code: country, name: countryName(country) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** "United Kingdom" for "GB"; what is no country's code stays as it is. */
export function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (NAMES.of(code) ?? code) : code;
}
