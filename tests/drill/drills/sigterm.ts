import { setTimeout as sleep } from "node:timers/promises";

import { openStage, type DatabaseKind } from "../stage.ts";
import { verify } from "../verify.ts";

/** SIGTERM during a full load: a clean end within the time that hosts grant, no lease left behind, nothing sent twice. */
export async function run({
  databaseKind,
  rounds = 3,
  orders = 200,
}: {
  databaseKind: DatabaseKind;
  rounds?: number;
  orders?: number;
}) {
  const started = performance.now();
  const stage = await openStage({ databaseKind });
  const stops: { readonly code: number | null; readonly ms: number; readonly leased: number }[] = [];
  try {
    stage.world.meta.setFaults([{ kind: "latency", ms: 100, jitterMs: 300 }]);
    for (let round = 0; round < rounds; round += 1) {
      const load = stage.send(orders, { overMs: 1_000 });
      await sleep(300 + Math.random() * 700);
      const before = performance.now();
      const code = await stage.world.app.stop();
      const ms = Math.round(performance.now() - before);
      const leased = (await stage.database?.prisma.delivery.count({ where: { state: "leased" } })) ?? 0;
      stops.push({ code, ms, leased });
      await stage.world.app.start();
      await load;
    }
    const verdict = await verify(stage, started, 60_000);
    const clean = stops.every(({ code, ms, leased }) => code === 0 && ms < 30_000 && leased === 0);
    return { stops, ...verdict, ok: verdict.ok && clean && verdict.repeats === 0 };
  } finally {
    await stage.close();
  }
}
