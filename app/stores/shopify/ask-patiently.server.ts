import { setTimeout as sleep } from "node:timers/promises";

import type { AdminDocument } from "./answer-kinds.ts";
import type { AdminOutcome, AdminProblem, CallAdmin, Throttle } from "./call-admin.server.ts";

/** Tries of one question, the first included. */
const MOST_TRIES = 5;

/** Asks again where what failed may pass: Shopify throttled, or did not answer. */
export async function askPatiently<Document extends AdminDocument>(
  ask: () => Promise<AdminOutcome<Document>>,
  signal: AbortSignal,
): Promise<AdminOutcome<Document>> {
  for (let tries = 1; ; tries += 1) {
    const outcome = await ask();
    if (outcome.ok || tries >= MOST_TRIES || !isPassing(outcome.problem) || signal.aborted) return outcome;
    await pause(waitFor(outcome.throttle, tries), signal);
  }
}

/** An order of 2,000 lines is forty questions: each waits for its turn, and none begins the order anew. */
export function patiently(callAdmin: CallAdmin, signal: AbortSignal): CallAdmin {
  return async (shop, document, ...variables) => {
    const outcome = await askPatiently(() => callAdmin(shop, document, ...variables), signal);
    if (outcome.ok) await leaveRoom(outcome.throttle, signal);
    return outcome;
  };
}

/** Half of the store's bucket is left to the merchant's own pages and to other work. */
export async function leaveRoom(throttle: Throttle | undefined, signal: AbortSignal): Promise<void> {
  if (throttle) await pause(roomMs(throttle), signal);
}

function isPassing(problem: AdminProblem): boolean {
  return problem === "throttled" || problem === "unreachable";
}

/** Until half of the bucket is back, at most ten seconds at a time; where Shopify does not say how full it is 1, 2, 4 … seconds. */
function waitFor(throttle: Throttle | undefined, tries: number): number {
  return throttle ? roomMs(throttle) + 500 : Math.min(1_000 * 2 ** (tries - 1), 10_000);
}

function roomMs({ available, maximum, restoreRate }: Throttle): number {
  const lacking = maximum / 2 - available;
  return lacking <= 0 ? 0 : Math.min((lacking / Math.max(restoreRate, 1)) * 1_000, 10_000);
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds > 0) await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
