import { setTimeout as sleep } from "node:timers/promises";

import { openStage, type DatabaseKind } from "../stage.ts";
import { verify } from "../verify.ts";

/**
 * The database server is away while orders keep coming and Shopify's retries gather; then it is back. How soon are all
 * answered again within Shopify's five seconds?
 */
export async function run({
  databaseKind,
  downMs = 60_000,
  perSecond = 40,
}: {
  databaseKind: DatabaseKind;
  downMs?: number;
  perSecond?: number;
}) {
  if (databaseKind === "embedded") return undefined;
  const started = performance.now();
  const stage = await openStage({ databaseKind, workers: 1 });
  try {
    await stage.send(10);
    await stage.settled();
    const { webhooks } = stage.world.shopify;
    const timeoutsBefore = webhooks.stats.statuses["timeout"] ?? 0;
    let goesOn = true;
    const asking = (async () => {
      while (goesOn) {
        stage.sendTo("sick");
        stage.sendTo("healthy");
        await sleep(2_000 / perSecond);
      }
    })();
    await sleep(1_000);
    await stage.restartDatabase(downMs);
    const backAt = Date.now();
    const timeoutsWhileDown = (webhooks.stats.statuses["timeout"] ?? 0) - timeoutsBefore;
    // The load goes on: it is under it that the app must come back.
    await sleep(20_000);
    goesOn = false;
    await asking;
    const failures = webhooks.log.filter(({ at, status }) => at >= backAt && !isTaken(status));
    const lastFailure = Math.max(backAt, ...failures.map(({ at }) => at));
    const timeoutsAfter = (webhooks.stats.statuses["timeout"] ?? 0) - timeoutsBefore - timeoutsWhileDown;
    const verdict = await verify(stage, started, 120_000);
    const neighboursHarmed = timeoutsWhileDown + timeoutsAfter;
    return {
      statuses: webhooks.stats.statuses,
      allAnsweredAfterMs: lastFailure - backAt,
      neighboursHarmed,
      ...verdict,
      ok: verdict.ok && neighboursHarmed === 0 && lastFailure - backAt < 15_000,
    };
  } finally {
    await stage.close();
  }
}

function isTaken(status: number | "timeout" | "network"): boolean {
  return typeof status === "number" && status >= 200 && status < 300;
}
