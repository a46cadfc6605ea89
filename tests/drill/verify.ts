import { setTimeout as sleep } from "node:timers/promises";

import type { Stage } from "./stage.ts";

const WINDOW_MS = 48 * 3_600_000;

export interface Verdict {
  readonly databaseKind: string;
  readonly orders: number;
  /** Webhooks that the app answered with 2xx. */
  readonly accepted: number;
  /** Orders that Meta has. */
  readonly received: number;
  /** Accepted, or left to a sweep that has run, and Meta does not have them. */
  readonly lost: number;
  /** Counted more than once by Meta. */
  readonly doubled: number;
  /** Further copies that reached Meta: same event ID, within 48 hours of the first. */
  readonly repeats: number;
  /** Further copies later than that. */
  readonly lateRepeats: number;
  /** Event IDs that no order has. */
  readonly strangers: number;
  readonly seconds: number;
  readonly ok: boolean;
}

/**
 * Compares two books that the app does not keep: what was sent to it, and what the sandbox's Meta got.
 * @param patienceMs how long to wait for what is still under way
 */
export async function verify(stage: Stage, started: number, patienceMs: number): Promise<Verdict> {
  await stage.settled();
  await stage.arrived(patienceMs);
  // What should not come gets time to come all the same.
  await sleep(1_000);
  const orders = new Map(stage.sent.map((order) => [`${order.dataset}/${order.eventId}`, order]));
  const events = stage.world.meta.events();
  const received = new Set(events.map((event) => `${event.dataset}/${event.id ?? ""}`));
  const lost = stage.sent.filter(
    (order) => stage.mustArrive(order) && !received.has(`${order.dataset}/${order.eventId}`),
  );
  let repeats = 0;
  let lateRepeats = 0;
  for (const { copies, unlisted } of events) {
    const [first, ...others] = copies;
    const late = others.filter((copy) => copy.receivedAt - (first?.receivedAt ?? 0) > WINDOW_MS).length;
    repeats += others.length - late + unlisted;
    lateRepeats += late;
  }
  const doubled = events.filter(({ counted }) => counted > 1).length;
  // An odd order may have an event ID of its own making.
  const oddDatasets = new Set(stage.sent.filter(({ isOdd }) => isOdd).map(({ dataset }) => dataset));
  const strangers = [...received].filter(
    (key) => !orders.has(key) && !oddDatasets.has(key.split("/")[0] ?? ""),
  ).length;
  const accepted = stage.sent.filter((order) => order.accepted).length;
  return {
    databaseKind: stage.databaseKind,
    orders: stage.sent.length,
    accepted,
    received: received.size,
    lost: lost.length,
    doubled,
    repeats,
    lateRepeats,
    strangers,
    seconds: Math.round((performance.now() - started) / 1000),
    ok: lost.length + doubled + lateRepeats + strangers === 0 && accepted > 0,
  };
}
