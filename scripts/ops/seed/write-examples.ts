import { runAudit } from "#app/audit/run-audit.server.ts";
import { foldTallies } from "#app/quality/fold-tallies.server.ts";
import { settlePairing } from "#app/pairing/settle-pairing.server.ts";
import type { Database } from "#app/platform/database/database.server.ts";
import { seededRandom } from "#sandbox/shopify/orders/seeded-random.ts";
import { openStore } from "#sandbox/shopify/store.ts";

import { fillFunnelHistory } from "../../history-funnel.ts";
import { DAY, planHistory } from "../../history-plan.ts";
import { EXAMPLE } from "./examples.ts";
import { writeExampleOrder } from "./write-example-order.ts";
import { writeExampleScores } from "./write-example-scores.ts";

const AD_BLOCKERS = [0.15, 0.2] as const;
const ORDERS_PER_DAY = [8, 10] as const;

/** @returns why this store must not get examples, in words for the operator; undefined when it may */
export async function whyNotSeeded({ prisma }: Database, storeId: bigint): Promise<string | undefined> {
  const store = await prisma.store.findUniqueOrThrow({ where: { id: storeId } });
  if (store.state !== "installed") return "The app is not installed in this store.";
  const where = { storeId, via: EXAMPLE.via };
  if ((await prisma.dataset.count({ where: { storeId, datasetId: EXAMPLE.datasetId } })) > 0)
    return "This store has examples already; --remove takes them away.";
  const orders = await prisma.conversion.count({ where: { storeId, NOT: where } });
  const counted = await prisma.tally.count({ where: { storeId } });
  if (orders > 0 || counted > 0)
    return `This store has real orders (${orders} are stored): examples among them would falsify its figures.`;
  if ((await prisma.alertChannel.count({ where: { storeId } })) > 0)
    return "This store has alert channels: somebody would be told of examples. Remove the channels first.";
  return undefined;
}

/**
 * Writes some ten orders a day, by the app's own mapping and settling, as if they had been sent to a dataset that is
 * paused and has no token: nothing of it is waiting, and nothing could be sent by it. What the storefront really says
 * (embed, pixel) is left alone.
 */
export async function writeExamples(
  database: Database,
  storeId: bigint,
  { days, now }: { readonly days: number; readonly now: number },
): Promise<object> {
  const { prisma } = database;
  const store = await prisma.store.findUniqueOrThrow({ where: { id: storeId } });
  // First of all: by its row the examples are found, however far this comes.
  const dataset = await prisma.dataset.create({
    data: {
      storeId,
      datasetId: EXAMPLE.datasetId,
      name: EXAMPLE.datasetName,
      state: "paused",
      createdAt: new Date(now),
    },
  });
  const random = seededRandom(days);
  const planned = planHistory(random, {
    from: now - days * DAY,
    to: now - 5 * 60_000,
    ordersPerDay: ORDERS_PER_DAY,
    adBlockers: AD_BLOCKERS,
  });
  const seller = openStore(
    {
      handle: "example",
      name: store.name ?? store.shop,
      currency: store.currency ?? "USD",
      timezone: store.timeZone,
      locale: "en",
      country: store.country ?? "US",
      orderPrefix: EXAMPLE.orderPrefix,
      firstOrderNumber: EXAMPLE.firstOrderNumber,
    },
    "1",
  );
  const written: bigint[] = [];
  for (const order of planned) {
    if (order.kind !== "order") continue;
    const id = await writeExampleOrder(database, { store, dataset, seller, random, order });
    if (id !== undefined) written.push(id);
  }
  for (let from = 0; from < written.length; from += 500)
    await settlePairing(database, written.slice(from, from + 500), now);
  await writeExampleScores(database, { storeId, datasetId: dataset.id, timeZone: store.timeZone, days, now });
  await fillFunnelHistory(
    database,
    { shop: store.shop, dataset: dataset.id, days, ordersPerDay: ORDERS_PER_DAY[0], adBlockers: AD_BLOCKERS },
    now,
  );
  await foldTallies(database);
  await runAudit(database, store, now);
  return { orders: written.length, days, dataset: EXAMPLE.datasetName };
}
