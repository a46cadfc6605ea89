import { setTimeout as sleep } from "node:timers/promises";

import { openStage, type DatabaseKind } from "../stage.ts";
import { verify } from "../verify.ts";

/**
 * kill -9 at random moments under load. On the embedded database the one process dies and comes back on the same
 * folder; on the server each round kills the web process or one of the workers. Every order that went in must arrive.
 */
export async function run({
  databaseKind,
  rounds = 20,
  orders = 100,
}: {
  databaseKind: DatabaseKind;
  rounds?: number;
  orders?: number;
}) {
  const started = performance.now();
  const stage = await openStage({ databaseKind, workers: databaseKind === "server" ? 2 : 0 });
  try {
    stage.world.meta.setFaults([{ kind: "latency", ms: 20, jitterMs: 150 }]);
    const victims = [{ kill: stage.world.app.kill, start: stage.world.app.start }, ...stage.workers];
    for (let round = 0; round < rounds; round += 1) {
      const victim = victims[round % victims.length] ?? stage.world.app;
      const load = stage.send(orders, { overMs: 1_200 });
      await sleep(Math.random() * 1_200);
      await victim.kill();
      // A machine under load may need longer than a start is given: then once more.
      await victim.start().catch(async () => {
        await victim.kill();
        await victim.start();
      });
      await load;
    }
    // What fell into the gaps so often that Shopify gave it up is found by asking.
    await stage.settled();
    const swept = await stage.sweep();
    return { rounds, swept, ...(await verify(stage, started, 240_000)) };
  } finally {
    await stage.close();
  }
}
