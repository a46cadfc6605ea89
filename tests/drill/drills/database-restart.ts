import { setTimeout as sleep } from "node:timers/promises";

import { openStage, type DatabaseKind } from "../stage.ts";
import { verify } from "../verify.ts";

/** The database server goes away under load and comes back: webhooks get 503 meanwhile, and nothing is lost. */
export async function run({
  databaseKind,
  rounds = 3,
  orders = 200,
}: {
  databaseKind: DatabaseKind;
  rounds?: number;
  orders?: number;
}) {
  if (databaseKind === "embedded") return undefined;
  const started = performance.now();
  const stage = await openStage({ databaseKind, workers: 1 });
  try {
    for (let round = 0; round < rounds; round += 1) {
      const load = stage.send(orders, { overMs: 4_000 });
      await sleep(500 + Math.random() * 1_500);
      await stage.restartDatabase(1_500);
      await load;
      await stage.settled();
    }
    const statuses = stage.world.shopify.webhooks.stats.statuses;
    return { rounds, statuses, ...(await verify(stage, started, 120_000)) };
  } finally {
    await stage.close();
  }
}
