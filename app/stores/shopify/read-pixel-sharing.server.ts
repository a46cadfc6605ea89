import { ApiVersion } from "@shopify/shopify-api";
import { z } from "zod";

import type { Clock } from "../../platform/process/clock.ts";
import type { Database } from "../../platform/database/database.server.ts";
import type { Log } from "../../platform/process/log.server.ts";
import type { AdminGraphql } from "./call-admin.server.ts";

/**
 * `WebPixel.dataSharingState` is in Shopify's unstable API alone (docs/decisions/0822). So this document stands apart from
 * those of admin-operations.ts: it may be refused any day, and then nothing is known and nothing else suffers.
 */
const READ_PIXEL_SHARING = "query ReadPixelSharing { webPixel { dataSharingState } }";

const answer = z.object({
  data: z.object({ webPixel: z.object({ dataSharingState: z.string().regex(/^[A-Z_]{1,60}$/) }) }),
});

const ASK_MS = 10_000;
/** A state is asked for again after this long. */
const AGAIN_MS = 24 * 3_600_000;
const BATCH = 200;

export interface PixelSharingDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** The store's client; undefined where there is no session. */
  readonly openAdmin: (shop: string) => Promise<AdminGraphql | undefined>;
}

/**
 * Asks Shopify, once a day and store, whether our web pixel may share data, and keeps the answer beside the store: null where
 * Shopify did not tell. Stores that were never asked come first, then those asked the longest ago.
 */
export async function readPixelSharings(
  deps: PixelSharingDependencies,
  signal: AbortSignal,
): Promise<{ readonly asked: number; readonly told: number }> {
  const { prisma } = deps.database;
  const stores = await prisma.store.findMany({
    where: {
      state: "installed",
      webPixelState: "connected",
      OR: [{ webPixelSharingAt: null }, { webPixelSharingAt: { lt: new Date(deps.clock() - AGAIN_MS) } }],
    },
    select: { id: true, shop: true },
    orderBy: { webPixelSharingAt: { sort: "asc", nulls: "first" } },
    take: BATCH,
  });
  let [asked, told] = [0, 0];
  for (const { id, shop } of stores) {
    if (signal.aborted) break;
    const sharing = await askPixelSharing(deps, shop);
    await prisma.store.updateMany({
      where: { id, state: "installed" },
      data: { webPixelSharing: sharing, webPixelSharingAt: new Date(deps.clock()) },
    });
    asked += 1;
    if (sharing !== null) told += 1;
  }
  return { asked, told };
}

/** The state in Shopify's words; null for whatever else happens. */
async function askPixelSharing(deps: PixelSharingDependencies, shop: string): Promise<string | null> {
  try {
    const graphql = await deps.openAdmin(shop);
    const call = graphql?.(READ_PIXEL_SHARING, {
      apiVersion: ApiVersion.Unstable,
      signal: AbortSignal.timeout(ASK_MS),
    });
    return answer.safeParse(await (await call)?.json()).data?.data.webPixel.dataSharingState ?? null;
  } catch (error) {
    deps.log.debug({ err: error, shop }, "Shopify did not say whether the web pixel is paused");
    return null;
  }
}
