import { openStage, type DatabaseKind } from "../stage.ts";
import { verify, type Verdict } from "../verify.ts";

/** Two, four and eight worker processes on one server, beside a web process without one. */
export async function run({
  databaseKind,
  orders = 600,
  counts = [2, 4, 8],
}: {
  databaseKind: DatabaseKind;
  orders?: number;
  counts?: readonly number[];
}) {
  if (databaseKind === "embedded") return undefined;
  const verdicts: (Verdict & { readonly workers: number })[] = [];
  for (const workers of counts) {
    const started = performance.now();
    const stage = await openStage({ databaseKind, workers, inlineWorker: false });
    try {
      stage.world.meta.setFaults([{ kind: "latency", ms: 10, jitterMs: 40 }]);
      await stage.send(orders, { overMs: 4_000 });
      const verdict = await verify(stage, started, 60_000);
      verdicts.push({ workers, ...verdict, ok: verdict.ok && verdict.repeats === 0 });
    } finally {
      await stage.close();
    }
  }
  return {
    databaseKind,
    lost: verdicts.reduce((sum, { lost }) => sum + lost, 0),
    runs: verdicts,
    ok: verdicts.every(({ ok }) => ok),
  };
}
