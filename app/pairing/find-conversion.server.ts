import { Prisma } from "@prisma/client";
import { LRUCache } from "lru-cache";

import type { Database } from "../platform/database/database.server.ts";
import { atMost } from "../platform/process/at-most.ts";

/** The order that a report speaks of, as far as it is stored; enough to see whether the report is its buyer's. */
export interface FoundConversion {
  readonly conversionId: bigint;
  readonly orderId: string;
  readonly tokenHash: string | null;
}

/** By the order's ID, or by the checkout where the browser did not know the order. */
export async function findConversion(
  { direct }: Database,
  by: { readonly storeId: bigint; readonly orderId: string | undefined; readonly tokenHash: string },
): Promise<FoundConversion | undefined> {
  const condition =
    by.orderId === undefined
      ? Prisma.sql`checkout_token_hash = ${by.tokenHash}`
      : Prisma.sql`source_key = ${by.orderId}`;
  const [row] = await direct.$queryRaw<FoundConversion[]>`
    SELECT id AS "conversionId", source_key AS "orderId", checkout_token_hash AS "tokenHash" FROM conversion
    WHERE store_id = ${by.storeId}::bigint AND event_name = 'Purchase' AND ${condition}
    ORDER BY id LIMIT 1`;
  return row;
}

/** Gives the ID of an installed store, or undefined. */
export type FindStore = (shop: string) => Promise<bigint | undefined>;

/** Shops that are remembered, known ones and guesses alike, and for how long (milliseconds). */
const REMEMBERED = 10_000;
const REMEMBER_MS = 5_000;

/** Reads a shop at most once in five seconds, so that questions about shops that do not exist cost next to nothing. */
export function createFindStore({ prisma }: Database): FindStore {
  const known = new LRUCache<string, Promise<bigint | undefined>>({
    ...atMost(REMEMBERED),
    ttl: REMEMBER_MS,
  });
  return (shop) => {
    const remembered = known.get(shop);
    if (remembered) return remembered;
    const read = prisma.store
      .findFirst({ where: { shop, state: "installed" }, select: { id: true } })
      .then((store) => store?.id);
    known.set(shop, read);
    read.catch(() => known.delete(shop));
    return read;
  };
}
