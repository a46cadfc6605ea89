import type { Store } from "@prisma/client";

import type { Database } from "../platform/database.server.ts";

/** One part of Shopify's side of a store. */
export interface StorefrontSide {
  /** null = never tried | connected | failed */
  readonly state: string | null;
  /** In words for the merchant. */
  readonly problem: string | null;
  /** Unix milliseconds. */
  readonly at: number | null;
}

export interface StorefrontReport {
  readonly webPixel: StorefrontSide;
  readonly metafield: StorefrontSide;
  /** When a page of the store last said that the embed runs, unix milliseconds. */
  readonly lastHeartbeat: number | null;
}

/** How the store's browser side was when we last knew. */
export async function readStorefront({ prisma }: Database, store: Store): Promise<StorefrontReport> {
  const heartbeat = await prisma.heartbeat.findFirst({
    where: { storeId: store.id },
    orderBy: { lastSeenAt: "desc" },
    select: { lastSeenAt: true },
  });
  return {
    webPixel: {
      state: store.webPixelState,
      problem: store.webPixelProblem,
      at: store.webPixelAt?.getTime() ?? null,
    },
    metafield: {
      state: store.metafieldState,
      problem: store.metafieldProblem,
      at: store.metafieldAt?.getTime() ?? null,
    },
    lastHeartbeat: heartbeat?.lastSeenAt.getTime() ?? null,
  };
}
