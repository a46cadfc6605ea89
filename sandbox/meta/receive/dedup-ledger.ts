/**
 * Meta's deduplication, method A (meta.md section 4): same dataset, event name and event ID within 48 hours count once.
 *
 * The window opens with the first copy, in the sandbox's time of arrival. Inside it a copy from the other channel is
 * discarded (deduplicated); another copy from the same channel is discarded too but marked `repeat`, because Meta does
 * not clearly promise that. Past 48 hours a copy opens a new window and counts again: the sale is doubled.
 * Method B (fbp or external_id) is left out on purpose: it would swallow a wrong event ID that should be seen.
 */
export type Channel = "browser" | "server";

export type Outcome = "counted" | "deduplicated" | "repeat" | "doubled";

const WINDOW_MS = 48 * 3_600_000;
/** Copies this close together: the browser's is kept even when the server's came first. */
const BROWSER_FAVOURED_MS = 5 * 60_000;
/** Copies kept per event; further ones are judged and counted but not listed. */
const COPIES_LISTED = 20;

export interface NewCopy {
  channel: Channel;
  /** Arrival, sandbox time in ms. */
  receivedAt: number;
  /** As the event says, unix seconds. */
  eventTime: number;
  value: number | undefined;
  currency: string | undefined;
  identityMask: number;
  /** Limited Data Use was asked for. */
  limited: boolean;
  testCode: string | undefined;
  traceId: string;
}

export interface Copy extends NewCopy {
  /** Order of arrival over the whole sandbox, from 1. */
  seq: number;
  outcome: Outcome;
}

export interface LedgerEvent {
  name: string;
  /** `undefined` where the sender gave none: such an event can never be deduplicated. */
  id: string | undefined;
  copies: Copy[];
  /** Copies judged but no longer listed. */
  unlisted: number;
  /** How many times Meta counts this one thing. 1 is right. */
  counted: number;
  /** Whose copy Meta keeps in the current window. */
  kept: Channel;
  windowStart: number;
  /** Channels heard in the current window. */
  heard: { browser: boolean; server: boolean };
}

interface Judgement {
  event: LedgerEvent;
  copy: Copy;
  /** This copy is the first of its channel to meet the other channel's in this window. */
  met: boolean;
}

export class DedupLedger {
  /** By name, then by ID; where the sender gave none, by the number of the one copy. */
  readonly #byName = new Map<string, Map<string | number, LedgerEvent>>();

  get size(): number {
    return [...this.#byName.values()].reduce((sum, events) => sum + events.size, 0);
  }

  receive(name: string, id: string | undefined, seq: number, given: NewCopy): Judgement {
    const { channel, receivedAt } = given;
    const event = this.find(name, id ?? seq) ?? this.#open(name, id, seq);
    const opensWindow = receivedAt - event.windowStart > WINDOW_MS;
    const first = event.counted === 0 ? "counted" : "doubled";
    const outcome: Outcome = opensWindow ? first : event.heard[channel] ? "repeat" : "deduplicated";
    const copy: Copy = { ...given, seq, outcome };
    if (event.copies.length < COPIES_LISTED) event.copies.push(copy);
    else event.unlisted++;
    if (opensWindow) {
      event.counted++;
      event.windowStart = receivedAt;
      event.kept = channel;
      event.heard = { browser: false, server: false };
    } else if (channel === "browser" && receivedAt - event.windowStart <= BROWSER_FAVOURED_MS) {
      event.kept = "browser";
    }
    event.heard[channel] = true;
    return { event, copy, met: outcome === "deduplicated" };
  }

  /** @param id the event's ID, or the `seq` of a copy that came without */
  find(name: string, id: string | number): LedgerEvent | undefined {
    return this.#byName.get(name)?.get(id);
  }

  /** Every event, by name and then in order of first arrival. */
  *events(): Generator<LedgerEvent> {
    for (const events of this.#byName.values()) yield* events.values();
  }

  /** A new event, whose first copy opens its first window. */
  #open(name: string, id: string | undefined, seq: number): LedgerEvent {
    const event: LedgerEvent = {
      ...{ name, id, copies: [], unlisted: 0, counted: 0, kept: "browser" },
      windowStart: -Infinity,
      heard: { browser: false, server: false },
    };
    const named = this.#byName.get(name) ?? new Map<string | number, LedgerEvent>();
    this.#byName.set(name, named.set(id ?? seq, event));
    return event;
  }
}
