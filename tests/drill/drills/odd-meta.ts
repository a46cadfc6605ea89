import { setTimeout as sleep } from "node:timers/promises";

import type { Fault } from "#sandbox/meta/faults/fault.ts";

import { measureNeighbour } from "../neighbours.ts";
import { openStage, type DatabaseKind } from "../stage.ts";
import { verify } from "../verify.ts";

const FAULTS: readonly Fault[] = [
  // Takes the events in and breaks off in the middle of its answer.
  { kind: "truncated_json", processed: true },
  { kind: "reset", when: "after" },
  { kind: "fewer_received" },
  { kind: "no_events_received" },
  { kind: "timeout", when: "before" },
  { kind: "timeout", when: "after" },
  { kind: "raw_answer", status: 307, body: "{}", headers: { location: "http://127.0.0.1:9/stolen" } },
  // Twenty megabytes of spaces: only the beginning is read.
  { kind: "raw_answer", status: 200, body: " ".repeat(1_024), repeat: 20_480 },
  { kind: "throttled", retryAfter: 2 },
  { kind: "throttled" },
  { kind: "server_error", status: 503 },
  { kind: "html", status: 502 },
];

/** One store whose Meta answers oddly in every way, one after the other, beside a healthy one. */
export async function run({ databaseKind, eachMs = 4_000 }: { databaseKind: DatabaseKind; eachMs?: number }) {
  const started = performance.now();
  const stage = await openStage({ databaseKind });
  try {
    const dataset = stage.datasetOf("sick");
    const trouble = async (): Promise<void> => {
      for (const fault of FAULTS) {
        stage.world.meta.setFaults([{ ...fault, dataset }]);
        for (let order = 0; order < 4; order += 1) {
          stage.sendTo("sick");
          await sleep(eachMs / 4);
        }
      }
      stage.world.meta.setFaults([]);
    };
    const everyMs = 400;
    const neighbours = await measureNeighbour(stage, {
      orders: Math.ceil((FAULTS.length * eachMs) / everyMs),
      everyMs,
      trouble,
    });
    // What the schedule waits for, minutes of it, goes by quickly.
    stage.clock.run(60);
    const verdict = await verify(stage, started, 120_000);
    return { ...neighbours, ...verdict, ok: verdict.ok && neighbours.neighboursHarmed === 0 };
  } finally {
    await stage.close();
  }
}
