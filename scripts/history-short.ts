import type { CurrencySide } from "#app/conversions/model.ts";
import { seededRandom } from "#sandbox/shopify/orders/seeded-random.ts";
import type { World } from "#sandbox/start-world.ts";

import { fillFunnelHistory } from "./history-funnel.ts";
import { openHistoryApp } from "./history-app.ts";
import { DAY, HOUR, planHistory, type PlannedOrder } from "./history-plan.ts";
import { playHistory, type Episode } from "./history-play.ts";

/** Some ten days of a small store in which nothing is wrong, with what makes it special. */
export interface ShortHistory {
  readonly days: number;
  readonly ordersPerDay: number;
  /** Which currency the store counts in; default its own. */
  readonly currencySide?: CurrencySide;
  /** The store's own currency during two days in the middle, as after a change of its settings; ISO 4217. */
  readonly otherCurrency?: string;
  /** Refuses one sale for good at this dataset, and lets another one wait there. */
  readonly refusing?: string;
}

export async function fillShortHistory(world: World, shop: string, history: ShortHistory): Promise<void> {
  const to = Date.now();
  const from = to - history.days * DAY;
  const random = seededRandom(history.days);
  world.shopify.store(shop).embed.active = true;
  const app = await openHistoryApp(world, shop, { startsAt: from, isNew: true });
  if (history.currencySide !== undefined)
    await app.tandem.database.prisma.store.update({
      where: { shop },
      data: { currencySide: history.currencySide },
    });
  const { refusing } = history;
  const refuse = (hoursAgo: number): Episode => ({
    kind: "episode",
    at: to - hoursAgo * HOUR,
    act: () => {
      if (refusing === undefined) return;
      world.meta.addFault({
        ...{ kind: "graph_error", status: 400, code: 100, subcode: 2804050, times: 1 },
        dataset: refusing,
      });
    },
  });
  await playHistory(world, app, random, {
    planned: planHistory(random, {
      from,
      to: to - 60_000,
      ordersPerDay: [history.ordersPerDay, history.ordersPerDay],
      adBlockers: [0.2, 0.2],
    }),
    episodes: [...(refusing === undefined ? [] : [refuse(30), refuse(4)]), ...changesOfCurrency()],
    until: to,
  });
  world.meta.setFaults([]);
  await fillFunnelHistory(
    app.tandem.database,
    {
      ...{ shop, days: history.days, ordersPerDay: history.ordersPerDay, adBlockers: [0.2, 0.2] },
      ...(refusing !== undefined && { refused: 0.06 }),
    },
    to,
  );
  await app.close();

  function changesOfCurrency(): readonly Episode[] {
    const store = world.shopify.store(shop);
    const { otherCurrency } = history;
    if (otherCurrency === undefined) return [];
    const change = (daysAgo: number, currency: string): Episode => ({
      kind: "episode",
      at: to - daysAgo * DAY,
      act: () => void Object.assign(store, { currency }),
    });
    return [change(5, otherCurrency), change(3, store.currency)];
  }
}

/** One sale of the online store, two hours ago, both of whose copies were sent. */
export async function fillOneOrder(world: World, shop: string): Promise<void> {
  const at = Date.now() - 2 * HOUR;
  const app = await openHistoryApp(world, shop, { startsAt: at - HOUR, isNew: true });
  const order: PlannedOrder = {
    kind: "order",
    at,
    wish: {
      kind: "web",
      country: "US",
      at,
      noteAttributes: [{ name: "_tandem_consent", value: "m1a1p1s1" }],
    },
    browser: "fires",
    consent: { marketing: true, analytics: true, saleOfData: true },
  };
  await playHistory(world, app, seededRandom(1), { planned: [order], episodes: [], until: Date.now() });
  await app.close();
}
