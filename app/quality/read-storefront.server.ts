import type { Store } from "@prisma/client";
import { z } from "zod";

import type { Database } from "../platform/database/database.server.ts";
import { sayStored } from "../texts/say-stored.server.ts";

/** One part of Shopify's side of a store. */
export interface StorefrontSide {
  /** null = never tried | connected | failed */
  readonly state: string | null;
  /** In words for the merchant. */
  readonly problem: string | null;
  /** Unix milliseconds. */
  readonly at: number | null;
}

/** Who else sends to Meta from the store's pages, as the theme embed saw it. */
export interface OtherSenders {
  /** shopify_meta_channel | gtm | other_fbq */
  readonly senders: readonly string[];
  /** Pixel IDs that are not connected here. */
  readonly pixels: readonly string[];
  /** Unix milliseconds. */
  readonly seenAt: number;
}

export interface StorefrontReport {
  readonly webPixel: StorefrontSide;
  readonly metafield: StorefrontSide;
  /** When a page of the store last said that the embed runs, unix milliseconds. */
  readonly lastHeartbeat: number | null;
  /** Null while no page of the store has reported. */
  readonly others: OtherSenders | null;
}

const texts = z.array(z.string()).catch([]);
const WEEK_MS = 7 * 86_400_000;

/** How the store's browser side was when we last knew. */
export async function readStorefront({ prisma }: Database, store: Store): Promise<StorefrontReport> {
  const heartbeats = await prisma.heartbeat.findMany({
    where: { storeId: store.id },
    orderBy: { lastSeenAt: "desc" },
  });
  const datasets = await prisma.dataset.findMany({
    where: { storeId: store.id, state: { not: "disconnected" } },
    select: { datasetId: true },
  });
  const last = heartbeats[0]?.lastSeenAt.getTime() ?? null;
  // The theme that buyers see was seen in the most hours; one that said nothing for a week before the last is not it.
  const [published] = heartbeats
    .filter((each) => each.lastSeenAt.getTime() > (last ?? 0) - WEEK_MS)
    .sort((a, b) => Number(b.beats - a.beats));
  const own = datasets.map((each) => each.datasetId);
  return {
    webPixel: {
      state: store.webPixelState,
      problem: sayStored(store.webPixelProblem),
      at: store.webPixelAt?.getTime() ?? null,
    },
    metafield: {
      state: store.metafieldState,
      problem: sayStored(store.metafieldProblem),
      at: store.metafieldAt?.getTime() ?? null,
    },
    lastHeartbeat: last,
    others: published
      ? {
          senders: texts.parse(published.senders),
          pixels: texts.parse(published.pixels).filter((each) => !own.includes(each)),
          seenAt: published.lastSeenAt.getTime(),
        }
      : null,
  };
}
