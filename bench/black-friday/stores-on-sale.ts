import { setTimeout as sleep } from "node:timers/promises";

import type { Database } from "#app/platform/database/database.server.ts";
import { createSecretBox } from "#app/platform/process/secret-box.server.ts";
import type { World } from "#sandbox/start-world.ts";

import type { LoadResult } from "../http-intake/generate-load.ts";

const STORES = 1_000;
const MOST_DRAINING_MS = 120_000;

/** Meta answers in 600 ms at the median. */
export const META_LATENCY = { kind: "latency", ms: 400, jitterMs: 400 } as const;

/** Stores with a dataset each, as installing and connecting leaves them. */
export async function addStores(database: Database, world: World): Promise<readonly string[]> {
  const box = createSecretBox(world.app.environment["APP_ENCRYPTION_KEY"] ?? "");
  if (!box.ok) throw new Error(box.problem);
  const shops = Array.from({ length: STORES }, (_, at) => `friday-${at}.myshopify.com`);
  await database.prisma.store.createMany({ data: shops.map((shop) => ({ shop })) });
  const stores = await database.prisma.store.findMany({ where: { shop: { in: shops } } });
  await database.prisma.dataset.createMany({
    data: stores.map(({ id }) => {
      const datasetId = String(2_000_000_000_000 + Number(id));
      world.meta.addDataset({ id: datasetId, name: "Web shop" });
      const token = world.meta.addToken({ datasets: [datasetId] });
      return { storeId: id, datasetId, sealedToken: box.box.seal(token, `dataset:${id}:${datasetId}`) };
    }),
  });
  return shops;
}

/** Whether everything was sent, within two minutes. */
export async function drained({ prisma }: Database): Promise<boolean> {
  const until = performance.now() + MOST_DRAINING_MS;
  while (performance.now() < until) {
    const open = await prisma.delivery.count({
      where: { state: { notIn: ["delivered", "skipped", "dead"] } },
    });
    if (open === 0) return true;
    await sleep(250);
  }
  return false;
}

/** What became of the orders that were acknowledged: those that Meta never got, and those that it counted more than once. */
export function compareWithMeta(
  world: World,
  loads: readonly { readonly from: number; readonly result: LoadResult }[],
): { readonly orders: number; readonly lost: number; readonly doubled: number } {
  const received = new Map(world.meta.events().map((event) => [event.id, event.counted]));
  const acknowledged = loads.flatMap(({ from, result: { orders, unacknowledged } }) => {
    const open = new Set(unacknowledged);
    return Array.from({ length: orders }, (_, order) => from + order).filter((id) => !open.has(id));
  });
  return {
    orders: acknowledged.length,
    lost: acknowledged.filter((id) => !received.has(String(id))).length,
    doubled: [...received.values()].filter((counted) => counted > 1).length,
  };
}
