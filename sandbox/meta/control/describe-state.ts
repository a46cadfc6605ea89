import { z } from "zod";

import type { Dataset } from "../receive/dataset.ts";
import type { Copy, LedgerEvent } from "../receive/dedup-ledger.ts";
import { identityKeys } from "../receive/customer-information.ts";
import type { Payload, SandboxWorld } from "../sandbox-world.ts";

/** One copy as others read it; absent fields were absent. `receivedAt` is sandbox time in ms, `eventTime` unix seconds. */
function reportCopy({ identityMask, value, currency, testCode, ...copy }: Copy) {
  return {
    ...copy,
    ...(value === undefined ? {} : { value }),
    ...(currency === undefined ? {} : { currency }),
    keys: identityKeys(identityMask),
    ...(testCode === undefined ? {} : { testCode }),
  };
}

function reportEvent(dataset: string, event: LedgerEvent) {
  return {
    dataset,
    name: event.name,
    /** `null`: sent without an event ID. */
    id: event.id ?? null,
    copies: event.copies.map(reportCopy),
    /** Repeats beyond the 20 copies that are listed. */
    unlisted: event.unlisted,
    /** How often Meta counts this one thing; 1 is right. */
    counted: event.counted,
    kept: event.kept,
    differences: differences(event),
  };
}
export type EventReport = ReturnType<typeof reportEvent>;

/** What differs between the first browser copy and the first server copy. */
function differences(event: LedgerEvent): ("value" | "currency" | "time_over_5_minutes")[] {
  const browser = event.copies.find((copy) => copy.channel === "browser");
  const server = event.copies.find((copy) => copy.channel === "server");
  if (browser === undefined || server === undefined) return [];
  return [
    ...(browser.value === server.value ? [] : (["value"] as const)),
    ...(browser.currency?.toUpperCase() === server.currency?.toUpperCase() ? [] : (["currency"] as const)),
    ...(Math.abs(browser.eventTime - server.eventTime) > 300 ? (["time_over_5_minutes"] as const) : []),
  ];
}

const reportDataset = (dataset: Dataset) => ({
  id: dataset.id,
  name: dataset.name,
  totals: dataset.totals,
  byName: Object.fromEntries([...dataset.byName].map(([name, totals]) => [name, { ...totals }])),
  /** Events by ID (and those without). */
  events: dataset.ledger.size,
  notes: dataset.notes.toJSON(),
  /** Refused requests by `code` or `code/subcode`. */
  refused: Object.fromEntries(dataset.refused),
});

/** Everything in sums; of a token, its last four characters only. */
export function reportState(world: SandboxWorld) {
  return {
    /** Sandbox time, ms. */
    now: world.clock.now(),
    totals: world.totals(),
    datasets: world.datasets().map(reportDataset),
    tokens: world.tokens.all().map(({ token, datasets, state, scopes, expiresAt }) => ({
      ends: token.slice(-4),
      ...{ datasets, state, scopes, expiresAt },
    })),
    counters: { ...world.counters },
    faults: world.faults.list(),
    requests: world.journal.total,
  };
}

export const filterSchema = z.object({
  dataset: z.exactOptional(z.string()),
  name: z.exactOptional(z.string()),
  id: z.exactOptional(z.string()),
});
export type EventFilter = z.infer<typeof filterSchema>;

/** Events that match, dataset by dataset; lazily, because there may be hundreds of thousands. */
export function* reportEvents(world: SandboxWorld, filter: EventFilter = {}): Generator<EventReport> {
  const { name, id } = filter;
  for (const { id: dataset, ledger } of world.datasets()) {
    if (filter.dataset !== undefined && filter.dataset !== dataset) continue;
    const events = name !== undefined && id !== undefined ? [ledger.find(name, id)] : ledger.events();
    for (const event of events) {
      if (event === undefined || (name !== undefined && event.name !== name)) continue;
      if (id === undefined || event.id === id) yield reportEvent(dataset, event);
    }
  }
}

const EVENTS_SHOWN = 60;
const REQUESTS_SHOWN = 25;

/** What the page shows: the sums, the latest events with the payloads still at hand, and the latest requests. */
export function describeView(world: SandboxWorld) {
  const shown = new Map<LedgerEvent, EventReport & { payloads: Payload[] }>();
  for (const payload of world.payloads.items().reverse()) {
    const { dataset, name, id, seq } = payload;
    const event = world.dataset(dataset)?.ledger.find(name, id ?? seq);
    if (event === undefined) continue;
    const view = shown.get(event) ?? { ...reportEvent(dataset, event), payloads: [] };
    view.payloads.push(payload);
    if (shown.size < EVENTS_SHOWN) shown.set(event, view);
  }
  const requests = world.journal.items().slice(-REQUESTS_SHOWN).reverse();
  return { state: reportState(world), events: [...shown.values()], requests };
}
