import type { DeliveryWorker } from "./delivery-worker.server.ts";

export interface DrainOutcome {
  /** Deliveries taken up, some perhaps more than once. */
  readonly served: number;
  /** False when the time was over before the outbox was empty of what is due. */
  readonly finished: boolean;
}

/**
 * Serves everything that is due now, then stops the worker: before maintenance, or on a machine that is to go away. What
 * is due later, held or paused stays in the database for the next worker.
 *
 * @param limitMs stops after this even if more is due
 */
export async function drainAndStop(worker: DeliveryWorker, limitMs = 600_000): Promise<DrainOutcome> {
  const end = performance.now() + limitMs;
  let served = 0;
  let idleTurns = 0;
  // Two empty turns: the first may have ended in the middle of the lanes.
  while (idleTurns < 2 && performance.now() < end) {
    const { claimed } = await worker.runOnce();
    served += claimed;
    idleTurns = claimed === 0 ? idleTurns + 1 : 0;
  }
  await worker.stop();
  return { served, finished: idleTurns >= 2 };
}
