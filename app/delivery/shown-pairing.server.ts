import { Prisma } from "@prisma/client";

import { BROWSER_SALE_KINDS } from "../conversions/order/sale-kinds.ts";
import type { ShownPairing } from "../conversions/shown-pairing.ts";

const OF_BROWSER = Prisma.sql`c.source IN (${Prisma.join([...BROWSER_SALE_KINDS])})`;
const NOTHING_GOES = Prisma.sql`(EXISTS (SELECT 1 FROM delivery s WHERE s.conversion_id = c.id)
  AND NOT EXISTS (SELECT 1 FROM delivery s WHERE s.conversion_id = c.id AND s.state <> 'skipped'))`;

/** Conversions `c` that are shown with any of these, as SQL; the same rules as `shownPairing`. */
export function isShownAs(pairings: readonly ShownPairing[]): Prisma.Sql {
  return Prisma.sql`(${Prisma.join(
    pairings.map((each) => shownAs(each)),
    " OR ",
  )})`;
}

/**
 * The combinations `k` of source and pairing whose conversions may be shown with any of these. `isExact`: they all are,
 * because nothing of their deliveries matters.
 */
export function facetsShownAs(pairings: readonly ShownPairing[]): {
  readonly sql: Prisma.Sql;
  readonly isExact: boolean;
} {
  return {
    sql: Prisma.sql`(${Prisma.join(
      pairings.map((each) => facetShownAs(each)),
      " OR ",
    )})`,
    isExact: pairings.every((each) => EXACT.has(each)),
  };
}

const EXACT: ReadonlySet<ShownPairing> = new Set(["paired", "mismatched", "server_only", "browser_only"]);

function facetShownAs(pairing: ShownPairing): Prisma.Sql {
  switch (pairing) {
    case "paired":
    case "mismatched":
      return Prisma.sql`k.pairing = ${pairing}`;
    case "server_only":
    case "browser_only":
    case "pending":
      return Prisma.sql`(k.pairing = ${pairing} AND k.source IN (${Prisma.join([...BROWSER_SALE_KINDS])}))`;
    case "no_browser":
      return Prisma.sql`(k.pairing IN ('server_only', 'browser_only', 'pending')
        AND k.source NOT IN (${Prisma.join([...BROWSER_SALE_KINDS])}))`;
    case "no_copies":
      return Prisma.sql`k.pairing = 'pending'`;
  }
}

function shownAs(pairing: ShownPairing): Prisma.Sql {
  switch (pairing) {
    case "paired":
    case "mismatched":
      return Prisma.sql`c.pairing = ${pairing}`;
    case "server_only":
    case "browser_only":
      return Prisma.sql`(c.pairing = ${pairing} AND ${OF_BROWSER})`;
    case "pending":
      return Prisma.sql`(c.pairing = 'pending' AND ${OF_BROWSER} AND NOT ${NOTHING_GOES})`;
    case "no_browser":
      return Prisma.sql`(NOT ${OF_BROWSER} AND (c.pairing IN ('server_only', 'browser_only')
        OR (c.pairing = 'pending' AND NOT ${NOTHING_GOES})))`;
    case "no_copies":
      return Prisma.sql`(c.pairing = 'pending' AND ${NOTHING_GOES})`;
  }
}
