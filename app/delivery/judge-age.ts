const HOUR = 3_600_000;

/** Meta recognises a repeat by its event ID for this long. */
export const DEDUPLICATION_WINDOW = 48 * HOUR;
/** Kept in hand for a request under way and for clocks that differ. */
const WINDOW_MARGIN = HOUR / 2;
/** Closer to its expiry than this an event is in danger: it goes before all, and never together with fresh ones. */
export const DANGER_ZONE = 12 * HOUR;

export interface AgeFacts {
  /** Unix milliseconds, all of them. Past this Meta refuses the event. */
  readonly expiresAt: number;
  /** When the order became known to us. No copy can be older: the browser fires only on our word. */
  readonly takenInAt: number;
  /** When a request that Meta may have processed first carried it; null = certainly never. */
  readonly firstSentAt: number | null;
  /** A browser reported that it fired its copy. */
  readonly browserFired: boolean;
  /** When a person last asked for it to be sent. */
  readonly askedAt: number | null;
}

export type AgeVerdict =
  | { readonly kind: "send" }
  | { readonly kind: "skip"; readonly reason: "too_old" | "browser_copy_counted" }
  /** Sending again could count twice, and nobody asked for it. */
  | { readonly kind: "ask" };

/**
 * May this event still go to Meta? Age rules hold for people too.
 *
 * Within 48 hours of the first moment that any copy can have been counted, a copy with the same event ID is recognised
 * as a repeat. Later one is a second sale if Meta has the first: after a browser's copy always, after an uncertain
 * attempt of ours perhaps (then a person must ask), and never if nothing reached Meta yet (a token that did not work).
 */
export function judgeAge(facts: AgeFacts, now: number): AgeVerdict {
  if (now >= facts.expiresAt) return { kind: "skip", reason: "too_old" };
  if (now < windowEnd(facts)) return { kind: "send" };
  if (facts.browserFired) return { kind: "skip", reason: "browser_copy_counted" };
  if (facts.firstSentAt === null || facts.askedAt !== null) return { kind: "send" };
  return { kind: "ask" };
}

/** Until when a repeat is certain to be recognised, unix milliseconds. */
export function windowEnd(facts: Pick<AgeFacts, "takenInAt">): number {
  return facts.takenInAt + DEDUPLICATION_WINDOW - WINDOW_MARGIN;
}

/** Near its expiry: see DANGER_ZONE. */
export function isInDanger(expiresAt: number, now: number): boolean {
  return expiresAt - now <= DANGER_ZONE;
}
