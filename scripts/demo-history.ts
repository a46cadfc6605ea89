import process from "node:process";

import { seededRandom } from "#sandbox/shopify/orders/seeded-random.ts";
import type { World } from "#sandbox/start-world.ts";

import { openHistoryApp } from "./history-app.ts";
import { DAY, HOUR, planHistory } from "./history-plan.ts";
import { playHistory, type Episode } from "./history-play.ts";

const DAYS = 90;

/**
 * Fills a store, which is signed in and has a dataset, with 90 days of history: every order goes through the webhook's
 * own code, every browser through the pixel's, every delivery to the sandbox's Meta and back, with the clock moved back.
 * Some two thousand orders and what a shop lives through in three months:
 *
 *   75 days ago  Meta is away for a day; retries deliver everything later
 *   64, 58       an event that Meta refuses for good
 *   52 days ago  the access token expires; two days later the merchant replaces it and what was held goes out
 *   24 days ago  a new theme goes live without the embed; four days later it is switched on again
 *   throughout   ad blockers spread, Meta hiccups now and then
 *
 * A mismatched pair is missing on purpose: the app lets no browser fire figures that differ from the server's.
 */
export async function fillHistory(world: World, shop: string): Promise<void> {
  const to = Date.now();
  const from = to - DAYS * DAY;
  const ago = (days: number, hours = 0) => to - days * DAY + hours * HOUR;
  const random = seededRandom(90);
  const planned = planHistory(random, {
    from,
    to: to - 2 * 60_000,
    ordersPerDay: [16, 28],
    adBlockers: [0.12, 0.22],
    withoutEmbed: [ago(24), ago(20)],
  });
  const app = await openHistoryApp(world, shop, from);
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
  const episodes: readonly Episode[] = [
    {
      kind: "episode",
      at: ago(75),
      act: () =>
        world.meta.addFault({
          kind: "server_error",
          status: 503,
          processed: false,
          from: ago(75),
          until: ago(74),
        }),
    },
    refuseNext(ago(64)),
    refuseNext(ago(58)),
    { kind: "episode", at: ago(52), act: (now) => now.expireToken(datasetId) },
    { kind: "episode", at: ago(50, -2), act: (now) => now.renewToken(datasetId) },
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
    episodes,
    until: to,
    onDay: (at) => {
      const day = Math.round((at - from) / DAY);
      if (day % 15 === 0) process.stderr.write(`History: day ${day} of ${DAYS} …\n`);
    },
  });
  world.meta.setFaults([]);
  await app.close();
}
