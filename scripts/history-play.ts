import type { Random } from "#sandbox/shopify/orders/seeded-random.ts";
import type { World } from "#sandbox/start-world.ts";

import { beat, visitThankYouPage, type Neighbours } from "./history-browser.ts";
import type { HistoryApp } from "./history-app.ts";
import { DAY, type PlannedBeat, type PlannedOrder } from "./history-plan.ts";

/** Something out of the ordinary, at its time. */
export interface Episode {
  readonly kind: "episode";
  /** Unix milliseconds. */
  readonly at: number;
  readonly act: (app: HistoryApp) => Promise<unknown> | void;
}

/** Lives through what was planned, in the order of time, up to `until`. */
export async function playHistory(
  world: World,
  app: HistoryApp,
  random: Random,
  input: {
    readonly planned: readonly (PlannedOrder | PlannedBeat)[];
    readonly episodes: readonly Episode[];
    readonly until: number;
    readonly neighbours?: Neighbours;
    /** Called with each day begun. */
    readonly onDay?: (at: number) => void;
  },
): Promise<void> {
  const happenings = [...input.planned, ...input.episodes].sort((one, other) => one.at - other.at);
  let nextDay = app.now() + DAY;
  for (const happening of happenings) {
    for (; nextDay <= happening.at; nextDay += DAY) {
      await app.passUntil(nextDay);
      await app.keepDay();
      input.onDay?.(nextDay);
    }
    await app.passUntil(happening.at);
    if (happening.kind === "episode") {
      await happening.act(app);
      app.recheck();
    } else if (happening.kind === "beat")
      await beat(app.tandem.pairing, app.shop, { theme: happening.theme, ...input.neighbours });
    else await playOrder(world, app, random, happening);
  }
  await app.passUntil(input.until);
  await app.keepDay();
}

/** The sale, Shopify's webhook some seconds later, and the thank-you page that waited for it. */
async function playOrder(
  world: World,
  app: HistoryApp,
  random: Random,
  planned: PlannedOrder,
): Promise<void> {
  const record = world.shopify.placeOrder(app.shop, planned.wish);
  await app.passUntil(planned.at + random.int(900, 9_000));
  await app.pay(record);
  if (planned.browser === "silent") return;
  await app.passUntil(app.now() + random.int(200, 1_200));
  await visitThankYouPage(world, app.tandem.pairing, {
    shop: app.shop,
    record,
    at: planned.at + 800,
    outcome: planned.browser === "fires" ? "sent" : "blocked",
    consent: planned.consent,
    ...(planned.fbp === undefined ? {} : { fbp: planned.fbp }),
    ...(planned.fbc === undefined ? {} : { fbc: planned.fbc }),
  });
  app.recheck();
}
