import { setTimeout as sleep } from "node:timers/promises";

import type { SentOrder, Stage } from "./stage.ts";

/** How much longer a healthy store's order may take beside a sick store than alone. Milliseconds. */
const ALLOWED_MS = 2_000;

export interface NeighbourVerdict {
  /** The slowest of the healthy store's orders, from the webhook to Meta's receipt. Milliseconds. */
  readonly aloneMs: number;
  readonly besideMs: number;
  /** Healthy orders that took over two seconds longer than the slowest one alone. */
  readonly neighboursHarmed: number;
}

/**
 * Sends the healthy store's orders one after the other, first alone, then while `trouble` makes the other store sick;
 * compares how long they took. The measure is taken within one run on one machine, so a slow machine is slow for both.
 *
 * @param trouble called again and again beside the second half; ends the half when it has nothing more to do
 */
export async function measureNeighbour(
  stage: Stage,
  options: { readonly orders: number; readonly everyMs: number; readonly trouble: () => Promise<void> },
): Promise<NeighbourVerdict> {
  await sendSteadily(stage, options.orders, options.everyMs);
  await arrivalsOf(stage);
  const alone = delays(stage, 0);
  const before = stage.sent.length;
  await Promise.all([sendSteadily(stage, options.orders, options.everyMs), options.trouble()]);
  await arrivalsOf(stage);
  const beside = delays(stage, before);
  const aloneMs = Math.max(0, ...alone);
  return {
    aloneMs,
    besideMs: Math.max(0, ...beside),
    neighboursHarmed: beside.filter((delay) => delay > aloneMs + ALLOWED_MS).length,
  };
}

async function sendSteadily(stage: Stage, orders: number, everyMs: number): Promise<void> {
  for (let index = 0; index < orders; index += 1) {
    stage.sendTo("healthy");
    await sleep(everyMs);
  }
}

const healthyOrders = (stage: Stage, from: number): readonly SentOrder[] =>
  stage.sent.slice(from).filter((order) => order.dataset === stage.datasetOf("healthy") && !order.isOdd);

/** Waits until Meta has the healthy store's orders, or for half a minute. */
async function arrivalsOf(stage: Stage): Promise<void> {
  const deadline = performance.now() + 30_000;
  const missing = () => {
    const seen = new Set(stage.world.meta.events().map((event) => `${event.dataset}/${event.id ?? ""}`));
    return healthyOrders(stage, 0).some((order) => !seen.has(`${order.dataset}/${order.eventId}`));
  };
  while (missing() && performance.now() < deadline) await sleep(100);
}

/** Milliseconds from each healthy order's webhook to Meta's receipt; endless for one that never came. */
function delays(stage: Stage, from: number): readonly number[] {
  const receipts = new Map(
    stage.world.meta
      .events()
      .map((event) => [`${event.dataset}/${event.id ?? ""}`, event.copies[0]?.receivedAt] as const),
  );
  return healthyOrders(stage, from).map((order) => {
    const at = receipts.get(`${order.dataset}/${order.eventId}`);
    return at === undefined ? Infinity : at - order.sentAt;
  });
}
