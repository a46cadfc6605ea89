import { AccessTokens } from "./graph/access-tokens.ts";
import { FaultBoard } from "./faults/fault-board.ts";
import { Dataset, sumTotals, type NewDataset, type Totals } from "./receive/dataset.ts";
import { SandboxClock } from "./sandbox-clock.ts";
import type { Channel, NewCopy } from "./receive/dedup-ledger.ts";

export interface WorldOptions {
  /** Base clock in ms; default `Date.now`. */
  now?: () => number;
  /** `[0, 1)` for faults; default `Math.random`. */
  random?: () => number;
}

export type TokenPlace = "header" | "query" | "body";

/** One request as it was answered, tokens left out. `at` is sandbox time in ms, `path` has no query. */
export const newEntry = (at: number, method: string, path: string) => ({
  /** Order of answers, from 1. */
  seq: 0,
  at,
  /** Real time in ms between arrival and answer. */
  tookMs: 0,
  method,
  path,
  dataset: null as string | null,
  /** Events in the request, 0 where it could not be read. */
  events: 0,
  /** Last four characters. */
  token: null as string | null,
  tokenFrom: null as TokenPlace | null,
  /** 0: no answer was given (reset or silence). */
  status: 0,
  code: null as number | null,
  subcode: null as number | null,
  fault: null as string | null,
});
export type JournalEntry = ReturnType<typeof newEntry>;

export interface Payload {
  seq: number;
  dataset: string;
  channel: Channel;
  name: string;
  id: string | null;
  /** The event as received; pixel values that were not hashed are left out. */
  payload: unknown;
}

interface Received {
  name: string;
  id: string | undefined;
  copy: NewCopy;
}

const noCounts = () => ({
  /** Calls with `access_token` in the URL. Must stay 0 for a careful sender. */
  tokensInUrl: 0,
  /** Pixel hits for a dataset that nobody added. */
  unknownPixelHits: 0,
  /** Pixel hits without `id` or `ev`. */
  emptyPixelHits: 0,
  scriptLoads: 0,
});

/** Everything the sandbox knows. */
export class SandboxWorld {
  readonly clock: SandboxClock;
  readonly tokens = new AccessTokens();
  readonly faults: FaultBoard;
  /** The last full payloads; the ledger keeps every event in compact form. */
  readonly payloads = new Ring<Payload>(500);
  readonly journal = new Ring<JournalEntry>(5000);
  counters = noCounts();
  #datasets = new Map<string, Dataset>();
  #copySeq = 0;

  constructor(options: WorldOptions = {}) {
    this.clock = new SandboxClock(options.now);
    this.faults = new FaultBoard(options.random ?? Math.random);
  }

  addDataset(given: NewDataset): Dataset {
    const known = this.#datasets.get(given.id);
    if (known !== undefined) {
      known.name = given.name ?? known.name;
      return known;
    }
    const dataset = new Dataset(given);
    this.#datasets.set(given.id, dataset);
    return dataset;
  }

  dataset(id: string): Dataset | undefined {
    return this.#datasets.get(id);
  }

  datasets(): Dataset[] {
    return [...this.#datasets.values()];
  }

  totals(): Totals {
    return sumTotals(this.datasets().map((dataset) => dataset.totals));
  }

  /** Takes one accepted copy into the ledger, the sums, the quality tally and the payloads. */
  takeIn(dataset: Dataset, received: Received, payload: unknown, forQuality: boolean): void {
    const { name, id, copy } = received;
    const { seq, met } = this.count(dataset, received);
    if (forQuality) dataset.quality.add(name, id, copy, met);
    this.payloads.push({ seq, dataset: dataset.id, channel: copy.channel, name, id: id ?? null, payload });
  }

  /** Takes one copy into the ledger and the sums alone. */
  count(dataset: Dataset, { name, id, copy }: Received): { seq: number; met: boolean } {
    const seq = ++this.#copySeq;
    const { copy: judged, met } = dataset.ledger.receive(name, id, seq, copy);
    dataset.count(name, judged);
    return { seq, met };
  }

  noteRequest(entry: JournalEntry): void {
    this.journal.push({ ...entry, seq: this.journal.total + 1 });
  }

  /** Forgets what was received; "everything" also forgets datasets, tokens, faults and the bent clock. */
  reset(what: "received" | "everything"): void {
    const kept = what === "received" ? this.datasets().map(({ id, name }) => ({ id, name })) : [];
    this.#datasets = new Map();
    for (const dataset of kept) this.addDataset(dataset);
    this.payloads.clear();
    this.journal.clear();
    this.counters = noCounts();
    this.#copySeq = 0;
    if (what === "received") return;
    this.tokens.clear();
    this.faults.clear();
    this.clock.reset();
  }
}

/** The last `capacity` items; older ones fall out. */
class Ring<T> {
  readonly #capacity: number;
  #items: T[] = [];
  /** How many were ever pushed since the last clear. */
  total = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  push(item: T): void {
    this.#items.push(item);
    this.total++;
    if (this.#items.length > this.#capacity) this.#items.shift();
  }

  /** Oldest first. */
  items(): T[] {
    return [...this.#items];
  }

  clear(): void {
    this.#items = [];
    this.total = 0;
  }
}
