import { QualityTally } from "../quality/quality-tally.ts";
import { DedupLedger } from "./dedup-ledger.ts";
import type { Channel, Outcome } from "./dedup-ledger.ts";
import { Notes } from "./notes.ts";

/** Sums over what a dataset received; `counted` is what the merchant would see in Events Manager after dedup. */
export interface Totals {
  received: number;
  browser: number;
  server: number;
  /** Everything Meta counts, doubled ones included. */
  counted: number;
  /** Second copies from the other channel, discarded. */
  deduplicated: number;
  /** Repeats from the same channel within 48 h, discarded (Meta does not clearly promise that). */
  browserRepeats: number;
  serverRepeats: number;
  /** Counted again because more than 48 h had passed. */
  doubled: number;
  withTestCode: number;
}

export function emptyTotals(): Totals {
  return {
    received: 0,
    browser: 0,
    server: 0,
    counted: 0,
    deduplicated: 0,
    browserRepeats: 0,
    serverRepeats: 0,
    doubled: 0,
    withTestCode: 0,
  };
}

export function addCopy(totals: Totals, channel: Channel, outcome: Outcome, withTestCode: boolean): void {
  totals.received++;
  totals[channel]++;
  if (withTestCode) totals.withTestCode++;
  if (outcome === "counted" || outcome === "doubled") totals.counted++;
  if (outcome === "doubled") totals.doubled++;
  if (outcome === "deduplicated") totals.deduplicated++;
  if (outcome === "repeat") totals[channel === "browser" ? "browserRepeats" : "serverRepeats"]++;
}

export function addTotals(into: Totals, more: Totals): Totals {
  for (const key of Object.keys(into) as (keyof Totals)[]) into[key] += more[key];
  return into;
}

export interface NewDataset {
  /** Digits, as Meta's. */
  id: string;
  name?: string;
}

/** One dataset: its ledger, its sums and what quality figures are made of. */
export class Dataset {
  readonly id: string;
  name: string;
  readonly ledger = new DedupLedger();
  readonly totals = emptyTotals();
  readonly byName = new Map<string, Totals>();
  readonly notes = new Notes();
  readonly quality = new QualityTally();
  /** Requests to this dataset that were refused, by `code` or `code/subcode`. */
  readonly refused = new Map<string, number>();

  constructor(given: NewDataset) {
    if (!/^\d{1,20}$/.test(given.id))
      throw new Error(`A dataset ID is digits only, not ${JSON.stringify(given.id)}`);
    this.id = given.id;
    this.name = given.name ?? `Dataset ${given.id}`;
  }

  count(name: string, channel: Channel, outcome: Outcome, withTestCode: boolean): void {
    addCopy(this.totals, channel, outcome, withTestCode);
    const named = this.byName.get(name) ?? emptyTotals();
    this.byName.set(name, named);
    addCopy(named, channel, outcome, withTestCode);
  }
}
