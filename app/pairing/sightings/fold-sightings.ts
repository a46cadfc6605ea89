import { nameOf, type ReportedSenders } from "./reported-senders.ts";
import {
  hourOf,
  PAGE_PARTS,
  PART_OF,
  type HourMark,
  type KeptSighting,
  type SightingKey,
} from "./sighting.ts";

/** Hours with reports that are looked at. */
export const HOURS_KEPT = 48;
/** Senders that a store keeps; a shop has a handful. */
export const MOST_SIGHTINGS = 40;

export interface FoldedSightings {
  readonly write: readonly KeptSighting[];
  readonly remove: readonly SightingKey[];
}

/**
 * What one report makes of what is kept of a store. Pure.
 *
 * Each sighting of a part that the report could read gets a mark in its hour, named or not. One that no mark names any more
 * is removed. A new one displaces the one that the fewest hours named, and of these the one that was named last the longest
 * ago: made-up senders displace each other, and what pages say day after day stays.
 *
 * @param now unix milliseconds
 */
export function foldSightings(
  kept: readonly KeptSighting[],
  reported: ReportedSenders,
  now: number,
): FoldedSightings {
  const named = new Map<string, SightingKey>([
    ...reported.named.map((each) => [nameOf(each), each] as const),
    ...PAGE_PARTS.filter((part) => reported.told.has(part)).map((part) => {
      const told = { kind: "told", sender: part, pixelId: "", sharing: "" } as const;
      return [nameOf(told), told] as const;
    }),
  ]);
  const marked = kept.filter((each) => couldName(each, reported)).map((each) => markOf(each, named, now));
  const known = new Set(kept.map(nameOf));
  const fresh = [...named.values()]
    .filter((each) => !known.has(nameOf(each)))
    .map((each): KeptSighting => ({ ...each, firstSeen: now, lastSeen: now, marks: [[hourOf(now), 1, 1]] }));
  const silent = marked.filter(({ marks }) => marks.every(([, times]) => times === 0));
  const left = new Map(kept.map((each) => [nameOf(each), each]));
  for (const each of marked) left.set(nameOf(each), each);
  for (const each of silent) left.delete(nameOf(each));
  const displaced = weakest([...left.values()], fresh.filter(isSender).length);
  const removed = new Set([...silent, ...displaced].map(nameOf));
  return {
    write: [...marked.filter((each) => !removed.has(nameOf(each))), ...fresh],
    remove: [...silent, ...displaced],
  };
}

/** Whether the report could read what would name it. That a part could be read, every report can tell. */
function couldName({ kind }: SightingKey, { told }: ReportedSenders): boolean {
  return kind === "told" || told.has(PART_OF[kind]);
}

function markOf(kept: KeptSighting, named: ReadonlyMap<string, unknown>, now: number): KeptSighting {
  const times = named.has(nameOf(kept)) ? 1 : 0;
  const last = kept.marks.at(-1);
  // A clock that went back adds to the newest hour.
  const marks: readonly HourMark[] =
    last && hourOf(now) <= last[0]
      ? [...kept.marks.slice(0, -1), [last[0], last[1] + times, last[2] + 1]]
      : [...kept.marks, [hourOf(now), times, 1]];
  return { ...kept, ...(times > 0 && { lastSeen: now }), marks: marks.slice(-HOURS_KEPT) };
}

const isSender = ({ kind }: SightingKey): boolean => kind !== "told";

/** Those that have to go so that so many more fit. */
function weakest(kept: readonly KeptSighting[], more: number): readonly KeptSighting[] {
  const senders = kept.filter(isSender);
  const hours = ({ marks }: KeptSighting) => marks.filter(([, times]) => times > 0).length;
  return senders
    .toSorted((a, b) => hours(a) - hours(b) || a.lastSeen - b.lastSeen)
    .slice(0, Math.max(0, senders.length + more - MOST_SIGHTINGS));
}
