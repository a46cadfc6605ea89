import { LRUCache } from "lru-cache";

import { atMost } from "../platform/process/at-most.ts";
import type { Clock } from "../platform/process/clock.ts";
import type { Database } from "../platform/database/database.server.ts";
import { recordHeartbeat, themeOf, type HeartbeatReport } from "./record-heartbeat.server.ts";
import { reportedSenders } from "./sightings/reported-senders.ts";
import { recordSightings } from "./sightings/record-sightings.server.ts";
import type { TokenBuckets } from "./token-buckets.ts";

/** A theme that is known is written at most once in this time, by all processes together. Milliseconds. */
const REFRESH_MS = 10 * 60_000;
/** How long a process believes what it has read of a store's themes. Milliseconds. */
const REMEMBER_MS = 60_000;
const MOST_STORES = 10_000;

interface KnownThemes {
  /** Unix milliseconds */
  readonly readAt: number;
  /** Theme to the time when it was last written, Unix milliseconds. */
  readonly seen: Promise<Map<string, number>>;
}

/** `kept` and `fresh` (known to be alive, nothing to write) are the same to the caller; a number is seconds to wait. */
export type HeartbeatOutcome = "kept" | "fresh" | number;

/**
 * Heartbeats come through Shopify's app proxy: the caller's address is Shopify's, and whoever opens the shop can send as
 * many as they like, for themes that they make up. So a store's limit is charged for a theme that is not known alone. A
 * known one is refreshed whatever else is sent, at the cost of one write in ten minutes (docs/decisions/0801). What the page
 * says of other senders counts only where the theme is the one that the store shows (docs/decisions/0820).
 *
 * @param newThemes charged by store for each theme that is not known
 */
export function createTakeHeartbeat(deps: {
  readonly database: Database;
  readonly clock: Clock;
  readonly newThemes: TokenBuckets;
}): (storeId: bigint, beat: HeartbeatReport) => Promise<HeartbeatOutcome> {
  const { database, clock, newThemes } = deps;
  const stores = new LRUCache<bigint, KnownThemes>(atMost(MOST_STORES));

  const themesOf = (storeId: bigint): Promise<Map<string, number>> => {
    const now = clock();
    const known = stores.get(storeId);
    if (known && now - known.readAt < REMEMBER_MS) return known.seen;
    const seen = readThemes(database, storeId);
    stores.set(storeId, { readAt: now, seen });
    seen.catch(() => stores.delete(storeId));
    return seen;
  };

  return async (storeId, beat) => {
    const seen = await themesOf(storeId);
    const theme = themeOf(beat);
    const last = seen.get(theme);
    const now = clock();
    if (last !== undefined && now - last < REFRESH_MS) return "fresh";
    const wait = last === undefined ? newThemes.take(String(storeId)) : 0;
    if (wait > 0) return wait;
    seen.set(theme, now);
    try {
      const { isShown } = await recordHeartbeat(database, storeId, beat, now);
      if (isShown && beat.seen) await recordSightings(database, storeId, reportedSenders(beat.seen), now);
    } catch (error) {
      stores.delete(storeId);
      throw error;
    }
    return "kept";
  };
}

async function readThemes({ prisma }: Database, storeId: bigint): Promise<Map<string, number>> {
  const rows = await prisma.heartbeat.findMany({
    where: { storeId },
    select: { theme: true, lastSeenAt: true },
  });
  return new Map(rows.map((row) => [row.theme, row.lastSeenAt.getTime()]));
}
