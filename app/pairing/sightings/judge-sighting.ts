import type { HourMark, KeptSighting, PagePart, Sighting } from "./sighting.ts";
import { PAGE_PARTS } from "./sighting.ts";

/** Hours that must name a sender before it is believed, and how far apart the first and the last of them are. */
export const FEWEST_HOURS = 6;
export const FEWEST_HOURS_APART = 24;
/** Of the newest hours with reports so many are asked whether it has gone; one of them may still name it. */
export const GONE_HOURS = 12;
/** A part of the page that so many hours with reports could read, lately, can clear what it does not name. */
const FEWEST_TOLD_HOURS = 3;
const TOLD_WITHIN_MS = 7 * 86_400_000;

export interface JudgedSightings {
  readonly sightings: readonly Sighting[];
  /** Parts of the page that are read often enough to be silent about something. */
  readonly told: readonly PagePart[];
}

/** Weighs what is kept of a store. Pure. */
export function judgeSightings(kept: readonly KeptSighting[], now: number): JudgedSightings {
  return {
    sightings: kept.flatMap((each) => (each.kind === "told" ? [] : [judgeSighting(each, each.kind)])),
    told: PAGE_PARTS.filter((part) =>
      kept.some(
        ({ kind, sender, marks, lastSeen }) =>
          kind === "told" &&
          sender === part &&
          marks.filter(saysSo).length >= FEWEST_TOLD_HOURS &&
          now - lastSeen < TOLD_WITHIN_MS,
      ),
    ),
  };
}

/**
 * A sighting is believed by hours, not by reports: six that name it, a day apart, and a third of all since the first. It has
 * gone when at most one of the newest twelve names it.
 */
function judgeSighting(kept: KeptSighting, kind: Sighting["kind"]): Sighting {
  const { marks } = kept;
  const named = marks.filter(saysSo);
  const [first = 0, last = 0] = [named[0]?.[0], named.at(-1)?.[0]];
  const since = named.length === 0 ? [] : marks.filter(([hour]) => hour >= first);
  const isUsual = named.length > 0 && named.length * 3 >= since.length;
  const isCredible = isUsual && named.length >= FEWEST_HOURS && last - first >= FEWEST_HOURS_APART;
  const newest = marks.slice(-GONE_HOURS);
  return {
    kind,
    pixelId: kept.pixelId || null,
    sender: kept.sender,
    sharing: kept.sharing || null,
    firstSeen: kept.firstSeen,
    lastSeen: kept.lastSeen,
    hours: named.length,
    ofHours: since.length,
    isCredible,
    isGone: isCredible && newest.length === GONE_HOURS && newest.filter(saysSo).length <= 1,
    isPending: isUsual && !isCredible,
  };
}

/** An hour says what half of its reports say. */
function saysSo([, named, reports]: HourMark): boolean {
  return named > 0 && named * 2 >= reports;
}
