import { seededRandom } from "#sandbox/shopify/orders/seeded-random.ts";
import type { World } from "#sandbox/start-world.ts";

import { fillFunnelHistory } from "./history-funnel.ts";
import { openHistoryApp } from "./history-app.ts";
import { DAY, HOUR, planHistory } from "./history-plan.ts";
import { playHistory, type Episode } from "./history-play.ts";

export const HISTORY_DAYS = 90;

/** What differs between a history of which one can learn and one that sells. */
export type HistoryKind = "eventful" | "healthy";

/** Orders a day in an ordinary week, at the beginning and at the end. */
const ORDERS_PER_DAY = [16, 28] as const;
/** Share of buyers with an ad blocker, at the beginning and at the end. */
const AD_BLOCKERS = { eventful: [0.12, 0.22], healthy: [0.08, 0.14] } as const;

export interface HistoryOptions {
  readonly kind: HistoryKind;
  /** Default 90. */
  readonly days?: number;
  /** Unix milliseconds; default now. */
  readonly to?: number;
  /** Called with each day that is over. */
  readonly onDay?: (day: number, of: number) => void;
}

/**
 * Fills a store, which is signed in and has a dataset, with 90 days of history: every order goes through the webhook's
 * own code, every browser through the pixel's, every delivery to the sandbox's Meta and back, with the clock moved back.
 * Some two thousand orders. In a healthy history ad blockers spread, Meta hiccups now and then, and nothing else is
 * wrong. An eventful one has what a shop lives through besides:
 *
 *   75 days ago  Meta is away for eight hours; retries deliver everything later
 *   64, 58       an event that Meta refuses for good
 *   52 days ago  the access token expires; two days later the merchant replaces it and what was held goes out
 *   24 days ago  a new theme goes live without the embed; four days later it is switched on again
 *
 * A mismatched pair is missing on purpose: the app lets no browser fire figures that differ from the server's.
 */
export async function fillHistory(world: World, shop: string, options: HistoryOptions): Promise<void> {
  const { kind, days = HISTORY_DAYS, to = Date.now() } = options;
  const from = to - days * DAY;
  const ago = (days: number, hours = 0) => to - days * DAY + hours * HOUR;
  const random = seededRandom(90);
  const planned = planHistory(random, {
    from,
    to: to - 2 * 60_000,
    ordersPerDay: ORDERS_PER_DAY,
    adBlockers: AD_BLOCKERS[kind],
    ...(kind === "eventful" && { withoutEmbed: [ago(24), ago(20)] as const }),
  });
  const app = await openHistoryApp(world, shop, { startsAt: from, isNew: true });
  const { datasetId } = await app.tandem.database.prisma.dataset.findFirstOrThrow({
    where: { store: { shop } },
  });
  const refuseNext = (at: number): Episode => ({
    kind: "episode",
    at,
    act: () =>
      world.meta.addFault({ kind: "graph_error", status: 400, code: 100, subcode: 2804050, times: 1 }),
  });
  const hiccup = (at: number): Episode => ({
    kind: "episode",
    at,
    act: () => world.meta.addFault({ kind: "server_error", times: 1 }),
  });
  const troubles: readonly Episode[] = [
    {
      kind: "episode",
      at: ago(75),
      act: () =>
        world.meta.addFault({
          kind: "server_error",
          status: 503,
          processed: false,
          from: ago(75),
          until: ago(75, 8),
        }),
    },
    refuseNext(ago(64)),
    refuseNext(ago(58)),
    { kind: "episode", at: ago(52), act: (now) => now.expireToken(datasetId) },
    { kind: "episode", at: ago(50, -2), act: (now) => now.renewToken(datasetId) },
  ];
  const episodes: readonly Episode[] = [
    ...(kind === "eventful" ? troubles : []),
    ...[70, 61, 44, 39, 31, 26, 17, 11, 5, 3].map((days) => hiccup(ago(days, days % 12))),
    {
      // From here on answers take as long as Meta's do; before, nobody looks at single requests any more.
      kind: "episode",
      at: ago(2),
      act: () => world.meta.addFault({ kind: "latency", ms: 70, jitterMs: 110 }),
    },
  ];
  await playHistory(world, app, random, {
    planned,
    episodes: episodes.filter(({ at }) => at >= from),
    until: to,
    onDay: (at) => options.onDay?.(Math.round((at - from) / DAY), days),
  });
  world.meta.setFaults([]);
  await fillFunnelHistory(
    app.tandem.database,
    { shop, days, ordersPerDay: 22, adBlockers: AD_BLOCKERS[kind] },
    to,
  );
  await app.close();
}

/** Lives on from where a healthy history ended until now. */
export async function continueHistory(world: World, shop: string, endedAt: number): Promise<void> {
  const to = Date.now();
  const random = seededRandom(Math.floor(to / DAY));
  const app = await openHistoryApp(world, shop, { startsAt: endedAt, isNew: false });
  const [, ordersPerDay] = ORDERS_PER_DAY;
  const [, adBlockers] = AD_BLOCKERS.healthy;
  await playHistory(world, app, random, {
    planned: planHistory(random, {
      ...{ from: endedAt, to: to - 2 * 60_000 },
      ...{ ordersPerDay: [ordersPerDay, ordersPerDay], adBlockers: [adBlockers, adBlockers] },
    }),
    episodes: [],
    until: to,
  });
  await app.close();
}
