/**
 * Whether Meta as a whole answers, as this process sees it. A value, and what each answer makes of it; no I/O.
 *
 * One sick dataset is that dataset's trouble alone: it rests by itself (dataset-rest.ts). Meta counts as away only when
 * several datasets fail, one after the other, and nobody has succeeded for a while. Then datasets that failed are left
 * alone but for one trial at a time, with growing rests between trials. A dataset that has not failed is served as
 * always, a little at a time: if Meta is back for it, Meta is back.
 */
export interface MetaHealth {
  /** Datasets whose latest request failed, with its time (unix milliseconds, as all times here). */
  readonly failing: ReadonlyMap<bigint, number>;
  /** When a dataset last succeeded; bounded, the earliest is forgotten first. */
  readonly succeeded: ReadonlyMap<bigint, number>;
  /** Set while Meta counts as away: when the next trial may go. */
  readonly restsUntil: number | null;
  /** Rests in a row. */
  readonly rests: number;
  /** Datasets tried during this outage, in turn. */
  readonly tried: readonly bigint[];
}

export const HEALTHY: MetaHealth = {
  failing: new Map(),
  succeeded: new Map(),
  restsUntil: null,
  rests: 0,
  tried: [],
};

/** Datasets that must fail before anything is concluded about Meta. */
const FEWEST_FAILING = 3;
/** A success that recent says that Meta answers. Longer than a store with a dozen orders a minute needs for its next. */
const RECENT_SUCCESS = 15_000;
/** A failure older than this says nothing about now. */
const FAILURE_LASTS = 120_000;
const FIRST_REST = 5_000;
const LONGEST_REST = 120_000;
/** After this a trial counts as lost and another may go: longer than a request can take. */
const TRIAL_LASTS = 30_000;
/** Each success makes a new list: a thousand datasets would cost a fortieth of the process. */
const REMEMBERED = 100;

export function isAway(health: MetaHealth): boolean {
  return health.restsUntil !== null;
}

export interface Observation {
  readonly datasetId: bigint;
  /** False for timeouts, resets, 5xx and nonsense only: an error code is an answer. */
  readonly succeeded: boolean;
  /** The request was sent to see whether Meta is back. */
  readonly isTrial: boolean;
}

/** @param random [0, 1): stretches a rest by up to a fifth, so that processes do not try in step */
export function observe(health: MetaHealth, seen: Observation, now: number, random: number): MetaHealth {
  const failing = new Map(health.failing);
  if (seen.succeeded) {
    failing.delete(seen.datasetId);
    return { ...HEALTHY, failing, succeeded: remember(health.succeeded, seen.datasetId, now) };
  }
  failing.set(seen.datasetId, now);
  if (isAway(health)) {
    const { rests } = health;
    return seen.isTrial
      ? { ...health, failing, restsUntil: restFrom(now, rests, random), rests: rests + 1 }
      : { ...health, failing };
  }
  for (const [id, at] of failing) if (now - at > FAILURE_LASTS) failing.delete(id);
  const lastSuccess = Math.max(-Infinity, ...health.succeeded.values());
  const isOut = failing.size >= FEWEST_FAILING && now - lastSuccess > RECENT_SUCCESS;
  return isOut
    ? { ...health, failing, restsUntil: restFrom(now, 0, random), rests: 1, tried: [] }
    : { ...health, failing };
}

/** Datasets that are left alone now. */
export function avoided(health: MetaHealth): readonly bigint[] {
  return isAway(health) ? [...health.failing.keys()] : [];
}

/**
 * With whom a trial may be made now: first whoever has waited longest for a turn, among these whoever succeeded last.
 * Empty while a rest lasts.
 */
export function trialCandidates(health: MetaHealth, now: number): readonly bigint[] {
  if (health.restsUntil === null || health.restsUntil > now) return [];
  const turn = (id: bigint) => health.tried.lastIndexOf(id);
  const success = (id: bigint) => health.succeeded.get(id) ?? -Infinity;
  return [...health.failing.keys()].sort(
    (one, other) => turn(one) - turn(other) || compare(success(other), success(one)),
  );
}

/** A trial is under way: no second one until it is answered, or lost. */
export function beginTrial(health: MetaHealth, datasetId: bigint, now: number): MetaHealth {
  const tried = [...health.tried.filter((id) => id !== datasetId), datasetId];
  return { ...health, tried, restsUntil: now + TRIAL_LASTS };
}

function restFrom(now: number, rests: number, random: number): number {
  const rest = Math.min(FIRST_REST * 2 ** rests, LONGEST_REST);
  return Math.round(now + rest * (1 + 0.2 * random));
}

function remember(
  succeeded: ReadonlyMap<bigint, number>,
  datasetId: bigint,
  now: number,
): ReadonlyMap<bigint, number> {
  const next = new Map(succeeded);
  // To the end of the map's order, which is the order in which they are forgotten.
  next.delete(datasetId);
  next.set(datasetId, now);
  const [earliest] = next.keys();
  if (next.size > REMEMBERED && earliest !== undefined) next.delete(earliest);
  return next;
}

function compare(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
