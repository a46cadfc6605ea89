import { LRUCache } from "lru-cache";

import type { Database } from "../platform/database/database.server.ts";
import { atMost } from "../platform/process/at-most.ts";

/** What the intake of events knows of a store. */
export interface FunnelStore {
  readonly id: bigint;
  /** The column `events`; see `copiesOf`. */
  readonly events: unknown;
  /** Our row IDs of the active datasets. */
  readonly datasetIds: readonly bigint[];
  /** Hosts of its pages, lower case. */
  readonly hosts: readonly string[];
}

/** Gives an installed store, or undefined. */
export type FindFunnelStore = (shop: string) => Promise<FunnelStore | undefined>;

/** Shops that are remembered, known ones and guesses alike. */
const REMEMBERED = 10_000;
/** How long a change of settings takes to be known here at most. Milliseconds. */
const REMEMBER_MS = 10_000;

/** Reads a shop at most once in ten seconds: a request costs no question, whatever shop it names. */
export function createFindFunnelStore(database: Database): FindFunnelStore {
  const known = new LRUCache<string, Promise<FunnelStore | undefined>>({
    ...atMost(REMEMBERED),
    ttl: REMEMBER_MS,
  });
  return (shop) => {
    const remembered = known.get(shop);
    if (remembered) return remembered;
    const read = readFunnelStore(database, shop);
    known.set(shop, read);
    read.catch(() => known.delete(shop));
    return read;
  };
}

async function readFunnelStore(database: Database, shop: string): Promise<FunnelStore | undefined> {
  const [row] = await database.direct.$queryRaw<
    { id: bigint; events: unknown; storefrontUrl: string | null; datasetIds: string[] }[]
  >`
    SELECT s.id, s.events, s.storefront_url AS "storefrontUrl",
           coalesce((SELECT jsonb_agg(d.id::text ORDER BY d.id) FROM dataset d
                     WHERE d.store_id = s.id AND d.state = 'active'), '[]'::jsonb) AS "datasetIds"
    FROM store s WHERE s.shop = ${shop} AND s.state = 'installed'`;
  if (!row) return undefined;
  return {
    id: row.id,
    events: row.events,
    datasetIds: row.datasetIds.map(BigInt),
    hosts: [shop, ...hostsOf(row.storefrontUrl)],
  };
}

/** The storefront's host, with and without `www.`. */
function hostsOf(storefrontUrl: string | null): readonly string[] {
  const host = storefrontUrl === null ? undefined : URL.parse(storefrontUrl)?.hostname.toLowerCase();
  if (!host) return [];
  return host.startsWith("www.") ? [host, host.slice(4)] : [host, `www.${host}`];
}
