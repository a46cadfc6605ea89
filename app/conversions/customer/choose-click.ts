import { formatFbc, readClick, readFbclid } from "./click-ids.ts";
import type { Click } from "./click-ids.ts";
import { CLIENT_CLOCK_TOLERANCE } from "../decide-event-time.ts";
import { noteDrop, noteSource } from "../mapping-notes.ts";
import type { MappingNotes } from "../mapping-notes.ts";

/** A text that may tell of the buyer's click, with the place it stands in. */
export interface ClickCandidate {
  readonly from: string;
  /** `fbc`: the cookie's form; `fbclid`: the click ID alone, as in an address. */
  readonly form: "fbc" | "fbclid";
  readonly raw: string;
}

export interface ClickTimes {
  /** Unix milliseconds of the order: a click that is later by more than clocks differ is not the one that led to it. */
  readonly order: number;
  /** Unix milliseconds of the event, where it is known already: no click gets a later time. */
  readonly event?: number;
  /** Unix milliseconds of the first moment that the order itself tells of; the time of a click that has none. */
  readonly firstSeen: number;
  /** Unix milliseconds. */
  readonly now: number;
}

export interface ChosenClick {
  /** Ready to be sent. */
  readonly fbc: string;
  readonly candidate: ClickCandidate;
}

/**
 * The first candidate, in the order given, that holds a click. One whose time cannot be, or is in seconds, is only taken
 * where no other holds any. What is passed over is noted with its reason.
 *
 * Times: a click that tells its own keeps it, byte for byte. One that claims to be later than the order by more than
 * clocks differ is another click, made after the purchase, and is passed over; within that it gets the event's time. A
 * click without a usable time is dated by `firstSeen` (docs/decisions/0620).
 */
export function chooseClick(
  candidates: readonly ClickCandidate[],
  times: ClickTimes,
  notes: MappingNotes,
): ChosenClick | undefined {
  let second: { readonly click: Click; readonly candidate: ClickCandidate } | undefined;
  for (const candidate of candidates) {
    const { from, form, raw } = candidate;
    const reading = form === "fbc" ? readClick(raw, times.now) : readFbclid(raw, times.now);
    if (!reading.ok) {
      noteDrop(notes, "fbc", from, reading.reason);
      continue;
    }
    const { click } = reading;
    if ((click.createdAt ?? 0) > times.order + CLIENT_CLOCK_TOLERANCE) {
      noteDrop(notes, "fbc", from, "later_than_event");
      continue;
    }
    if (click.flaw === undefined || click.flaw === "wrapped") {
      if (second?.click.flaw !== undefined && second.click.flaw !== "wrapped")
        noteDrop(notes, "fbc", second.candidate.from, second.click.flaw);
      return take(click, candidate, times, notes);
    }
    if (second === undefined) second = { click, candidate };
    else noteDrop(notes, "fbc", from, click.flaw);
  }
  return second && take(second.click, second.candidate, times, notes);
}

function take(
  click: Click,
  candidate: ClickCandidate,
  { event = Infinity, firstSeen }: ClickTimes,
  notes: MappingNotes,
): ChosenClick {
  const told = click.createdAt ?? firstSeen;
  const createdAt = Math.min(told, event);
  const mended = [
    ...(click.flaw === "wrapped" ? ["unwrapped"] : []),
    ...(click.flaw === "in_seconds" ? ["time was in seconds"] : []),
    ...(click.flaw === "impossible_time" ? ["time of the order"] : []),
    ...(createdAt < told ? ["time of the event"] : []),
  ];
  noteSource(notes, "fbc", [candidate.from, ...mended].join("; "));
  return { fbc: formatFbc(click, createdAt), candidate };
}
