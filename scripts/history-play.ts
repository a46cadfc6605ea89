import type { Random } from "#sandbox/shopify/orders/seeded-random.ts";
import type { World } from "#sandbox/start-world.ts";

import { beat, visitThankYouPage } from "./history-browser.ts";
import type { HistoryHouse } from "./history-house.ts";
import { DAY, type PlannedBeat, type PlannedOrder } from "./history-plan.ts";

/** Something out of the ordinary, at its time. */
export interface Episode {
  readonly kind: "episode";
  /** Unix milliseconds. */
  readonly at: number;
  readonly act: (house: HistoryHouse) => Promise<unknown> | void;
}

/** How the storefront's neighbours appear to the embed. */
export interface Neighbours {
  readonly pixels: readonly string[];
  readonly senders: readonly string[];
}

/** Lives through what was planned, in the order of time, up to `until`. */
export async function playHistory(
  world: World,
  house: HistoryHouse,
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
  let nextDay = house.now() + DAY;
  for (const happening of happenings) {
    for (; nextDay <= happening.at; nextDay += DAY) {
      await house.passUntil(nextDay);
      await house.keepDay();
      input.onDay?.(nextDay);
    }
    await house.passUntil(happening.at);
    if (happening.kind === "episode") {
      await happening.act(house);
      house.stir();
    } else if (happening.kind === "beat")
      await beat(house.tandem.pairing, house.shop, { theme: happening.theme, ...input.neighbours });
    else await playOrder(world, house, random, happening);
  }
  await house.passUntil(input.until);
  await house.keepDay();
}

/** The sale, Shopify's webhook some seconds later, and the thank-you page that waited for it. */
async function playOrder(
  world: World,
  house: HistoryHouse,
  random: Random,
  planned: PlannedOrder,
): Promise<void> {
  const record = world.shopify.placeOrder(house.shop, planned.wish);
  await house.passUntil(planned.at + random.int(900, 9_000));
  await house.pay(record);
  if (planned.browser === "silent") return;
  await house.passUntil(house.now() + random.int(200, 1_200));
  await visitThankYouPage(world, house.tandem.pairing, {
    shop: house.shop,
    record,
    at: planned.at + 800,
    outcome: planned.browser === "fires" ? "sent" : "blocked",
    consent: planned.consent,
    ...(planned.fbp === undefined ? {} : { fbp: planned.fbp }),
    ...(planned.fbc === undefined ? {} : { fbc: planned.fbc }),
  });
  house.stir();
}
