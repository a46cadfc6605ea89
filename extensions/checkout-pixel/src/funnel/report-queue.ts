import { fieldsOf, listOf } from "../../../contract/events/read-goods.ts";
import { EVENTS } from "../../../contract/events/registry.ts";
import type { Outcome } from "../../../contract/fired-report.ts";
import { isWorthRepeating, postText } from "../ask-app.ts";
import type { AsyncStorage, PixelWorker } from "../pixel-surroundings.ts";
import { readStored } from "./read-stored.ts";
import { makeReport, type ReportFrame, type WaitingEvent } from "./make-report.ts";

/** Of the tab's session, so that two tabs never send each other's events. */
const KEY = "tandem:events";
/** Events that wait at most; beyond it the oldest of the lowest priority goes. */
const MOST_WAITING = 100;
/** A page's events of one moment leave together. */
const GATHER_MS = 1_500;
/** Doubled with each failure in a row: 5 seconds after the first one, some five minutes at most. */
const PAUSE_MS = 2_500;
const MOST_DOUBLINGS = 7;

export interface QueueSurroundings {
  readonly worker: PixelWorker;
  readonly storage: AsyncStorage;
  /** Address of the app's intake. */
  readonly url: string;
  /** The consent of this moment. */
  allowed(): boolean;
  frame(): ReportFrame;
}

export interface ReportQueue {
  add(event: WaitingEvent): Promise<void>;
  /** The fate of a browser copy whose event may still wait. */
  settle(id: string, outcome: Outcome): Promise<unknown>;
  /** A navigation is likely to follow: everything that waits leaves now. */
  leaveNow(): void;
  clear(): Promise<unknown>;
}

/**
 * Events that the app has not confirmed yet. They stand in the session storage: a page that goes before its request was
 * answered leaves them to the next page of the tab, which sends them with its own, and the app knows a repeat by its ID. The
 * storage is looked at anew for each request, because a page that comes back from the browser's cache must not send what
 * another one has sent.
 */
export function openReportQueue({ worker, storage, url, allowed, frame }: QueueSurroundings): ReportQueue {
  const change = openWaiting(storage);
  /** When the next request leaves, Unix milliseconds; Infinity: nothing is planned. */
  let dueAt = Infinity;
  /** After a failure nothing leaves earlier. */
  let notBefore = 0;
  let failures = 0;
  let sending = false;

  /** The earliest moment that was asked for counts. While a request is under way, its end says how it goes on. */
  const plan = (milliseconds: number) => {
    const at = Math.max(worker.now() + milliseconds, notBefore);
    if (at >= dueAt) return;
    dueAt = at;
    if (sending) return;
    void worker.later(at - worker.now()).then(() => {
      if (at === dueAt && !sending) void send();
    });
  };

  const send = async () => {
    sending = true;
    dueAt = Infinity;
    const waiting = await change((now) => (allowed() ? now : []));
    if (waiting.length > 0) {
      const report = makeReport(waiting, frame());
      const isSettled = await postText(worker, url, report).then(
        // Any other refusal stands: the same request would be refused again.
        (answer) => !isWorthRepeating(answer),
        () => false,
      );
      failures = isSettled ? 0 : Math.min(failures + 1, MOST_DOUBLINGS);
      notBefore = failures && worker.now() + (PAUSE_MS << failures);
      const told = isSettled ? report.events.map(({ id }) => id) : [];
      const left = await change((now) => now.filter(({ id }) => !told.includes(id)));
      if (left.length > 0) plan(GATHER_MS);
    }
    sending = false;
    const next = dueAt;
    dueAt = Infinity;
    if (next < Infinity) plan(next - worker.now());
  };

  // What an earlier page has left leaves with what this page adds, or alone.
  plan(GATHER_MS);
  return {
    add: (event) => change((waiting) => trim([...waiting, event])).then(() => plan(GATHER_MS)),
    settle: (id, outcome) =>
      change((waiting) => waiting.map((event) => (event.id === id ? { ...event, outcome } : event))),
    leaveNow: () => plan(0),
    clear: () => change(() => []),
  };
}

type Change = (change: (waiting: WaitingEvent[]) => WaitingEvent[]) => Promise<WaitingEvent[]>;

/** What waits, one change after the other; each returns what waits then. */
function openWaiting(storage: AsyncStorage): Change {
  let work: Promise<unknown> = Promise.resolve();
  /** Where the browser keeps nothing. */
  let unkept: WaitingEvent[] = [];
  return (change) => {
    const changed = work.then(async () => {
      const stored = listOf(await readStored(storage, KEY)).filter(isWaiting);
      const before = unkept.length > 0 ? unkept : stored;
      const after = change(before);
      if (after === before) return after;
      const kept = after.length > 0 ? storage.setItem(KEY, JSON.stringify(after)) : storage.removeItem(KEY);
      unkept = await kept.then(
        () => [],
        () => after,
      );
      return after;
    });
    work = changed;
    return changed;
  };
}

/** Only what makeReport relies on: the app reads every field anew. */
const isWaiting = (stored: unknown): stored is WaitingEvent => !!fieldsOf(stored)["visitor"];

/** The first of the lowest priority goes, where there is one too many. */
function trim(waiting: WaitingEvent[]): WaitingEvent[] {
  const order = EVENTS.map(({ name }): string => name);
  const ranks = waiting.map(({ name }) => order.indexOf(name));
  const gone = waiting.length > MOST_WAITING ? ranks.indexOf(Math.min(...ranks)) : -1;
  return waiting.filter((_, index) => index !== gone);
}
