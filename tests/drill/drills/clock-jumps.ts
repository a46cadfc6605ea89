import { setTimeout as sleep } from "node:timers/promises";

import { openStage, type DatabaseKind } from "../stage.ts";
import { verify } from "../verify.ts";

const HOUR = 3_600_000;
/** Of the app's machine against Meta's: a wrong clock, put right, and a day that both live through. */
const JUMPS: readonly { readonly ms: number; readonly asMeta: boolean }[] = [
  { ms: 2 * HOUR, asMeta: false },
  { ms: -2 * HOUR, asMeta: false },
  { ms: -HOUR, asMeta: false },
  { ms: HOUR, asMeta: false },
  { ms: 24 * HOUR, asMeta: true },
];

/** The wall clock jumps while orders come in. */
export async function run({ databaseKind, orders = 100 }: { databaseKind: DatabaseKind; orders?: number }) {
  const started = performance.now();
  const stage = await openStage({ databaseKind, workers: databaseKind === "server" ? 1 : 0 });
  try {
    stage.world.meta.setFaults([{ kind: "server_error", probability: 0.1, processed: true }]);
    for (const { ms, asMeta } of JUMPS) {
      const load = stage.send(orders, { overMs: 1_500 });
      await sleep(700);
      stage.clock.jump(ms, { asMeta });
      await load;
    }
    await stage.settled();
    // What failed waits for its time: let it come.
    stage.clock.run(60);
    return { jumps: JUMPS.length, ...(await verify(stage, started, 120_000)) };
  } finally {
    await stage.close();
  }
}
