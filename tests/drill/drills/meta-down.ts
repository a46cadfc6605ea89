import { setTimeout as sleep } from "node:timers/promises";

import { openStage, type DatabaseKind } from "../stage.ts";
import { verify } from "../verify.ts";

/** Meta away for an hour, in shrunken time, while orders keep coming; then back. Nobody hammers, nothing is lost. */
export async function run({
  databaseKind,
  orders = 600,
  rate = 60,
}: {
  databaseKind: DatabaseKind;
  orders?: number;
  rate?: number;
}) {
  const started = performance.now();
  const stage = await openStage({ databaseKind, workers: databaseKind === "server" ? 1 : 0 });
  try {
    await stage.send(Math.ceil(orders / 10));
    await stage.settled();
    stage.clock.run(rate);
    stage.world.meta.setFaults([{ kind: "down" }]);
    const before = stage.world.meta.state().requests;
    const hourMs = 3_600_000 / rate;
    await stage.send(orders, { overMs: hourMs * 0.9 });
    await sleep(hourMs * 0.1);
    const asked = stage.world.meta.state().requests - before;
    stage.world.meta.setFaults([]);
    const verdict = await verify(stage, started, 120_000);
    // The breaker opens after a handful and then sends single probes.
    const hammered = asked > 150;
    return { requestsWhileDown: asked, ...verdict, ok: verdict.ok && !hammered };
  } finally {
    await stage.close();
  }
}
