import { seededRandom } from "#sandbox/shopify/orders/seeded-random.ts";
import type { World } from "#sandbox/start-world.ts";

import { visitThankYouPage } from "./history-browser.ts";
import { openHistoryApp, type HistoryApp } from "./history-app.ts";
import { DAY, HOUR, planHistory } from "./history-plan.ts";
import { playHistory } from "./history-play.ts";

/**
 * Twelve days of a store in which everything that can go wrong is going wrong at this moment: the first dataset is held
 * since its token expired, the second one meets an outage, single events were refused for good, Shopify's own Meta
 * channel fires the same Pixel from the storefront, one pair differs in value and one in its event ID.
 */
export async function fillTroubledHistory(
  world: World,
  shop: string,
  datasets: { readonly held: string; readonly failing: string },
): Promise<void> {
  const to = Date.now();
  const ago = (hours: number) => to - hours * HOUR;
  const random = seededRandom(13);
  const planned = planHistory(random, {
    from: to - 12 * DAY,
    to: to - 10_000,
    ordersPerDay: [12, 14],
    adBlockers: [0.3, 0.45],
  });
  const refuse = () =>
    world.meta.addFault({
      kind: "graph_error",
      status: 400,
      code: 100,
      subcode: 2804050,
      times: 1,
      dataset: datasets.failing,
    });
  const app = await openHistoryApp(world, shop, { startsAt: to - 12 * DAY, isNew: true });
  await playHistory(world, app, random, {
    planned,
    until: to,
    neighbours: { channel: [datasets.held] },
    episodes: [
      { kind: "episode", at: ago(70), act: refuse },
      { kind: "episode", at: ago(46), act: (now) => sellWithOtherCopy(world, now, { value: 1.5 }) },
      { kind: "episode", at: ago(44), act: (now) => sellWithOtherCopy(world, now, { eventId: "another" }) },
      { kind: "episode", at: ago(30), act: (now) => now.expireToken(datasets.held) },
      { kind: "episode", at: ago(26), act: refuse },
      {
        kind: "episode",
        at: ago(5),
        act: () => world.meta.addFault({ kind: "server_error", status: 503, dataset: datasets.failing }),
      },
    ],
  });
  await app.close();
}

/** No page can do it: what the browser was told is changed behind the app's back, so that the two copies differ. */
async function sellWithOtherCopy(world: World, app: HistoryApp, other: object): Promise<void> {
  const at = app.now();
  const record = world.shopify.placeOrder(app.shop, { kind: "web", country: "US", at, noteAttributes: [] });
  await app.pay(record);
  await visitThankYouPage(
    world,
    app.tandem.pairing,
    { shop: app.shop, record, at, outcome: "sent", consent: { marketing: true } },
    () => app.tandem.database.prisma.$executeRaw`
      UPDATE browser_report SET copy = copy || ${JSON.stringify(other)}::jsonb WHERE order_id = ${record.id}`,
  );
}
