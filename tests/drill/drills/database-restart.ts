import { setTimeout as sleep } from "node:timers/promises";

import { openStage, type DrillHome } from "../stage.ts";
import { verify } from "../verify.ts";

/** The database server goes away under load and comes back: webhooks get 503 meanwhile, and nothing is lost. */
export async function run({
  home,
  rounds = 3,
  orders = 200,
}: {
  home: DrillHome;
  rounds?: number;
  orders?: number;
}) {
  if (home === "embedded") return undefined;
  const started = performance.now();
  const stage = await openStage({ home, workers: 1 });
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
