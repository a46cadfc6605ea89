import { setTimeout as sleep } from "node:timers/promises";

import { expect, it } from "vitest";

import type { Database } from "../platform/database/database.server.ts";
import { createLog } from "../platform/process/log.server.ts";
import { createMetrics } from "../platform/process/metrics.server.ts";
import { createLoadGauge } from "./measure-load.server.ts";

const PAUSE_MS = 300;
/** From here on it was such a pause. */
const LONG_MS = 240;

/** Keeps this process from everything else. */
function pause(): void {
  const until = performance.now() + PAUSE_MS;
  while (performance.now() < until);
}

it("takes pauses of the process for a load where they last, and not once they are over", async () => {
  const gauge = createLoadGauge({
    database: { direct: { $queryRaw: () => Promise.resolve([{ waiting: 7 }]) } } as unknown as Database,
    log: createLog("silent"),
    metrics: createMetrics(),
  });
  gauge.start();
  try {
    await sleep(100);
    pause();
    await sleep(1_100);
    expect(gauge.now().loopDelayMs).toBeLessThan(LONG_MS);
    expect(gauge.now().waiting).toBe(7);

    const pauses = setInterval(pause, PAUSE_MS * 2);
    await expect.poll(() => gauge.now().loopDelayMs).toBeGreaterThan(LONG_MS);
    clearInterval(pauses);
    await expect.poll(() => gauge.now().loopDelayMs).toBeLessThan(LONG_MS);
  } finally {
    await gauge.stop();
  }
});
