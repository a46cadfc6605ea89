import { z } from "zod";
import { QualityTally } from "../quality/quality-tally.ts";
import { DedupLedger, type Copy } from "./dedup-ledger.ts";

/** Sums over what a dataset received; `counted` is what the merchant would see in Events Manager after dedup. */
const emptyTotals = () => ({
  received: 0,
  browser: 0,
  server: 0,
  /** Everything Meta counts, doubled ones included. */
  counted: 0,
  /** Second copies from the other channel, discarded. */
  deduplicated: 0,
  /** Repeats from the same channel within 48 h, discarded (Meta does not clearly promise that). */
  repeat: 0,
  /** Counted again because more than 48 h had passed. */
  doubled: 0,
  withTestCode: 0,
});
export type Totals = ReturnType<typeof emptyTotals>;

export function sumTotals(all: Iterable<Totals>): Totals {
  const sum = emptyTotals();
  for (const each of all) for (const key of Object.keys(sum) as (keyof Totals)[]) sum[key] += each[key];
  return sum;
}

export const newDatasetSchema = z.strictObject({
  /** Digits, as Meta's. */
  id: z.string().regex(/^\d{1,20}$/),
  name: z.exactOptional(z.string()),
});
export type NewDataset = z.infer<typeof newDatasetSchema>;

/** One dataset: its ledger, its sums and what quality figures are made of. */
export class Dataset {
  readonly id: string;
  name: string;
  readonly ledger = new DedupLedger();
  readonly byName = new Map<string, Totals>();
  readonly notes = new Notes();
  readonly quality = new QualityTally();
  /** Requests to this dataset that were refused, by `code` or `code/subcode`. */
  readonly refused = new Map<string, number>();

  constructor(given: NewDataset) {
    const { id, name } = newDatasetSchema.parse(given);
    this.id = id;
    this.name = name ?? `Dataset ${id}`;
  }

  get totals(): Totals {
    return sumTotals(this.byName.values());
  }

  count(name: string, { channel, outcome, testCode }: Copy): void {
    const totals = this.byName.get(name) ?? emptyTotals();
    this.byName.set(name, totals);
    totals.received++;
    totals[channel]++;
    totals[outcome]++;
    if (outcome === "doubled") totals.counted++;
    if (testCode !== undefined) totals.withTestCode++;
  }
}

/**
 * Things Meta documents but was seen to accept, or accepts though they harm: never an error, only counted.
 * They show in the state so that a test can demand none.
 */
type NoteKind =
  | "website_without_user_agent"
  | "website_without_source_url"
  | "fbc_time_not_in_milliseconds"
  | "hash_of_empty_string"
  | "unknown_envelope_key"
  | "without_event_id"
  | "sent_later_than_an_hour"
  | "unhashed_in_pixel";

export class Notes {
  readonly #counts = new Map<NoteKind, number>();

  add(kind: NoteKind, times = 1): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + times);
  }

  addAll(other: Notes): void {
    for (const [kind, times] of other.#counts) this.add(kind, times);
  }

  toJSON(): Partial<Record<NoteKind, number>> {
    return Object.fromEntries(this.#counts);
  }
}
