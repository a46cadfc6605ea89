import type { Fault } from "#sandbox/meta/faults/fault.ts";

import { openStage, type DatabaseKind } from "../stage.ts";
import { verify } from "../verify.ts";

/** Every kind of fault, one request in five struck by one of them. */
const FAULTS: readonly Fault[] = [
  { kind: "server_error" },
  { kind: "server_error", processed: true, status: 503 },
  { kind: "html" },
  { kind: "html", processed: true, status: 200 },
  { kind: "truncated_json" },
  { kind: "reset", when: "before" },
  { kind: "reset", when: "after" },
  { kind: "timeout", when: "after" },
  { kind: "throttled", retryAfter: 5 },
  { kind: "throttled", code: 613, processed: true },
  { kind: "no_events_received" },
  { kind: "fewer_received" },
  { kind: "not_ready" },
  { kind: "blocked" },
  { kind: "token_error" },
  { kind: "permission" },
  { kind: "graph_error", status: 400, code: 987_654 },
];

export async function run({
  databaseKind,
  orders = 1_000,
  rate = 120,
}: {
  databaseKind: DatabaseKind;
  orders?: number;
  rate?: number;
}) {
  const started = performance.now();
  const stage = await openStage({ databaseKind, workers: databaseKind === "server" ? 2 : 0 });
  try {
    stage.clock.run(rate);
    const share = 0.2 / FAULTS.length;
    stage.world.meta.setFaults([
      ...FAULTS.map((fault) => ({ ...fault, probability: share })),
      { kind: "latency", ms: 5, jitterMs: 30 },
    ]);
    await stage.send(orders, { overMs: 20_000 });
    const verdict = await verify(stage, started, 240_000);
    const struck = stage.world.meta
      .state()
      .faults.reduce((sum, { fault, struck: times }) => sum + (fault.kind === "latency" ? 0 : times), 0);
    return { requests: stage.world.meta.state().requests, struck, ...verdict, ok: verdict.ok && struck > 0 };
  } finally {
    await stage.close();
  }
}
