import { AccessTokens } from "./graph/access-tokens.ts";
import { FaultBoard } from "./faults/fault-board.ts";
import { addTotals, Dataset, emptyTotals, type NewDataset, type Totals } from "./receive/dataset.ts";
import { SandboxClock } from "./sandbox-clock.ts";
import type { Channel, NewCopy } from "./receive/dedup-ledger.ts";

export interface WorldOptions {
  /** Base clock in ms; default `Date.now`. */
  now?: () => number;
  /** `[0, 1)` for faults; default `Math.random`. */
  random?: () => number;
}

/** One request as it was answered, tokens left out. */
export interface JournalEntry {
  seq: number;
  /** Sandbox time in ms. */
  at: number;
  /** Real time in ms between arrival and answer. */
  tookMs: number;
  method: string;
  /** Path without query. */
  path: string;
  dataset: string | null;
  /** Events in the request, 0 where it could not be read. */
  events: number;
  /** Last four characters. */
  token: string | null;
  tokenFrom: TokenPlace | null;
  /** 0: no answer was given (reset or silence). */
  status: number;
  code: number | null;
  subcode: number | null;
  fault: string | null;
  traceId: string;
}

export type TokenPlace = "header" | "query" | "body";

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
  payload: unknown;
}

interface Counters {
  /** Calls with `access_token` in the URL. Must stay 0 for a careful sender. */
  tokensInUrl: number;
  /** Pixel hits for a dataset that nobody added. */
  unknownPixelHits: number;
  /** Pixel hits without `id` or `ev`. */
  emptyPixelHits: number;
  scriptLoads: number;
}

const noCounts = (): Counters => ({ tokensInUrl: 0, unknownPixelHits: 0, emptyPixelHits: 0, scriptLoads: 0 });

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
  #requestSeq = 0;

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
    return this.datasets().reduce((sum, dataset) => addTotals(sum, dataset.totals), emptyTotals());
  }

  /** Takes one accepted copy into the ledger, the sums, the quality tally and the payloads. */
  takeIn(dataset: Dataset, { name, id, copy, payload }: Received, forQuality: boolean): void {
    const { channel, receivedAt, identityMask } = copy;
    const { seq, met } = this.count(dataset, { name, id, copy });
    if (forQuality) {
      const delaySeconds = Math.max(0, receivedAt / 1000 - copy.eventTime);
      const sample = { channel, identityMask, hasEventId: id !== undefined, met, delaySeconds };
      dataset.quality.add(name, receivedAt, sample);
    }
    this.payloads.push({ seq, dataset: dataset.id, channel, name, id: id ?? null, payload });
  }

  /** Takes one copy into the ledger and the sums alone. */
  count(dataset: Dataset, { name, id, copy }: Omit<Received, "payload">): { seq: number; met: boolean } {
    const seq = ++this.#copySeq;
    const { copy: judged, met } = dataset.ledger.receive(name, id, seq, copy);
    dataset.count(name, copy.channel, judged.outcome, copy.testCode !== undefined);
    return { seq, met };
  }

  nextRequestSeq(): number {
    return ++this.#requestSeq;
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
    this.#requestSeq = 0;
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
  #dropped = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  push(item: T): void {
    this.#items.push(item);
    // Trimming in halves keeps the cost of a push constant.
    if (this.#items.length >= this.#capacity * 2) {
      this.#dropped += this.#items.length - this.#capacity;
      this.#items = this.#items.slice(-this.#capacity);
    }
  }

  /** Oldest first. */
  items(): T[] {
    return this.#items.slice(-this.#capacity);
  }

  clear(): void {
    this.#items = [];
    this.#dropped = 0;
  }

  /** How many were ever pushed since the last clear. */
  get total(): number {
    return this.#dropped + this.#items.length;
  }
}
