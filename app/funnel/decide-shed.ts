/** What says how much room there is. */
export interface FunnelLoad {
  /** Rows that wait to be written. */
  readonly backlog: number;
  /** How long the event loop keeps others waiting at its worst, as lastingDelay follows it. Milliseconds. */
  readonly loopDelayMs: number;
  /** Events in the database that wait for Meta. */
  readonly waiting: number;
}

/** Where each of them says that there is no room left. */
export const FUNNEL_ROOM: FunnelLoad = { backlog: 20_000, loopDelayMs: 400, waiting: 2_000_000 };

/**
 * From which priority on events are taken, by how full it is: of the shares below, the highest that is reached. A priority
 * that no event has takes none.
 */
const STAGES: readonly (readonly [share: number, takenFrom: number])[] = [
  [1, Infinity],
  [0.85, 5],
  [0.7, 4],
  [0.5, 3],
];

/**
 * The least priority (event-declaration.ts) of the events that are taken under this load; 0 takes all, Infinity none. Pure.
 * A Purchase does not come this way and is never given up.
 */
export function leastPriority(load: FunnelLoad, room: FunnelLoad = FUNNEL_ROOM): number {
  const share = Math.max(
    load.backlog / room.backlog,
    load.loopDelayMs / room.loopDelayMs,
    load.waiting / room.waiting,
  );
  return STAGES.find(([from]) => share >= from)?.[1] ?? 0;
}

/** An overload lasts so many seconds; a collection of garbage, or another process that takes the processor, does not. */
export const LASTING_SECONDS = 3;

/**
 * The delay after another second: it rises as far as all of the last seconds reach, and falls as far as none of them does, so
 * that neither one long pause nor one quiet second of an overload changes anything. Pure; milliseconds.
 *
 * @param before what it was a second ago; 0 at first
 * @param longest delay of each of the last seconds, as many as there are
 */
export function lastingDelay(before: number, longest: readonly number[]): number {
  const last = longest.slice(-LASTING_SECONDS);
  return last.length < LASTING_SECONDS
    ? before
    : Math.min(Math.max(before, Math.min(...last)), Math.max(...last));
}
