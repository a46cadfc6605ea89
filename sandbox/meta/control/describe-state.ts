import type { Fault } from "../faults/fault.ts";
import type { Copy, LedgerEvent } from "../receive/dedup-ledger.ts";
import type { Dataset, Totals } from "../receive/dataset.ts";
import { identityKeys } from "../receive/identity-keys.ts";
import type { IdentityKey } from "../receive/identity-keys.ts";
import type { NoteKind } from "../receive/notes.ts";
import type { Counters, SandboxWorld } from "../sandbox-world.ts";

/** One copy as others read it; absent fields were absent. */
export interface CopyReport {
  seq: number;
  channel: Copy["channel"];
  outcome: Copy["outcome"];
  /** Sandbox time of arrival, ms. */
  receivedAt: number;
  /** Unix seconds. */
  eventTime: number;
  value?: number;
  currency?: string;
  keys: IdentityKey[];
  limited: boolean;
  testCode?: string;
  traceId: string;
}

export interface EventReport {
  dataset: string;
  name: string;
  /** `null`: sent without an event ID. */
  id: string | null;
  copies: CopyReport[];
  /** Repeats beyond the 20 copies that are listed. */
  unlisted: number;
  /** How often Meta counts this one thing; 1 is right. */
  counted: number;
  kept: Copy["channel"];
  /** What differs between the first browser copy and the first server copy. */
  differences: ("value" | "currency" | "time_over_5_minutes")[];
}

export interface DatasetReport {
  id: string;
  name: string;
  totals: Totals;
  byName: Record<string, Totals>;
  /** Events by ID (and those without). */
  events: number;
  notes: Partial<Record<NoteKind, number>>;
  /** Refused requests by `code` or `code/subcode`. */
  refused: Record<string, number>;
}

export interface TokenReport {
  /** Last four characters. */
  ends: string;
  datasets: string[];
  state: string;
  scopes: string[];
  expiresAt: number;
}

export interface StateReport {
  /** Sandbox time, ms. */
  now: number;
  totals: Totals;
  datasets: DatasetReport[];
  tokens: TokenReport[];
  counters: Counters;
  faults: { fault: Fault; struck: number }[];
  requests: number;
}

export function reportCopy(copy: Copy): CopyReport {
  return {
    seq: copy.seq,
    channel: copy.channel,
    outcome: copy.outcome,
    receivedAt: copy.receivedAt,
    eventTime: copy.eventTime,
    ...(copy.value === undefined ? {} : { value: copy.value }),
    ...(copy.currency === undefined ? {} : { currency: copy.currency }),
    keys: identityKeys(copy.identityMask),
    limited: copy.limited,
    ...(copy.testCode === undefined ? {} : { testCode: copy.testCode }),
    traceId: copy.traceId,
  };
}

export function reportEvent(dataset: string, event: LedgerEvent): EventReport {
  return {
    dataset,
    name: event.name,
    id: event.id ?? null,
    copies: event.copies.map(reportCopy),
    unlisted: event.unlisted,
    counted: event.counted,
    kept: event.kept,
    differences: differences(event),
  };
}

function differences(event: LedgerEvent): EventReport["differences"] {
  const browser = event.copies.find((copy) => copy.channel === "browser");
  const server = event.copies.find((copy) => copy.channel === "server");
  if (browser === undefined || server === undefined) return [];
  const found: EventReport["differences"] = [];
  if (browser.value !== server.value) found.push("value");
  if (browser.currency?.toUpperCase() !== server.currency?.toUpperCase()) found.push("currency");
  if (Math.abs(browser.eventTime - server.eventTime) > 300) found.push("time_over_5_minutes");
  return found;
}

export function reportDataset(dataset: Dataset): DatasetReport {
  return {
    id: dataset.id,
    name: dataset.name,
    totals: { ...dataset.totals },
    byName: Object.fromEntries([...dataset.byName].map(([name, totals]) => [name, { ...totals }])),
    events: dataset.ledger.size,
    notes: dataset.notes.toJSON(),
    refused: Object.fromEntries(dataset.refused),
  };
}

export function reportState(world: SandboxWorld): StateReport {
  return {
    now: world.clock.now(),
    totals: world.totals(),
    datasets: world.datasets().map(reportDataset),
    tokens: world.tokens.all().map((token) => ({
      ends: token.token.slice(-4),
      datasets: token.datasets,
      state: token.state,
      scopes: token.scopes,
      expiresAt: token.expiresAt,
    })),
    counters: { ...world.counters },
    faults: world.faults.list(),
    requests: world.journal.total,
  };
}

export interface EventFilter {
  dataset?: string;
  name?: string;
  id?: string;
}

/** Events that match, dataset by dataset; lazily, because there may be hundreds of thousands. */
export function* reportEvents(world: SandboxWorld, filter: EventFilter = {}): Generator<EventReport> {
  for (const dataset of world.datasets()) {
    if (filter.dataset !== undefined && filter.dataset !== dataset.id) continue;
    for (const event of findEvents(dataset, filter)) yield reportEvent(dataset.id, event);
  }
}

function* findEvents(dataset: Dataset, filter: EventFilter): Generator<LedgerEvent> {
  if (filter.name !== undefined && filter.id !== undefined) {
    const event = dataset.ledger.find(filter.name, filter.id);
    if (event !== undefined) yield event;
    return;
  }
  for (const event of dataset.ledger.events()) {
    if (filter.name !== undefined && event.name !== filter.name) continue;
    if (filter.id !== undefined && event.id !== filter.id) continue;
    yield event;
  }
}
