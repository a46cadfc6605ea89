import type { Money } from "../quality/sum-tallies.ts";
import type { ENGLISH } from "../texts/catalogue.ts";
import type { TextKey } from "../texts/texts.ts";
import type { AuditFacts } from "./facts/audit-facts.ts";
import type { AuditedOrder } from "./facts/audited-order.ts";

/** A check's name in the database, in texts and on the page; its texts stand in `app/texts/en/checks.json`. */
export type CheckCode = keyof (typeof ENGLISH)["checks"];

export const SEVERITIES = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** How sure: what rows or Shopify or Meta say; what figures suggest; what strangers' browsers said often enough. */
export const CERTAINTIES = ["proven", "likely", "reported"] as const;
export type Certainty = (typeof CERTAINTIES)[number];

export const AREAS = ["sender", "ids", "identity", "time", "money", "delivery"] as const;
export type Area = (typeof AREAS)[number];

/** Why nothing can be said. */
export const UNKNOWN_REASONS = ["too_few", "erased", "not_asked", "not_told", "not_in_files"] as const;
export type UnknownReason = (typeof UNKNOWN_REASONS)[number];

/** A line of evidence: what, how much, and where to see it. */
export interface EvidenceRow {
  readonly text: TextKey;
  readonly values: Readonly<Record<string, string | number>>;
  /** An order's row, or a page of the app. */
  readonly url?: string;
}

export interface Failure {
  readonly kind: "fails";
  readonly severity: Severity;
  readonly certainty: Certainty;
  /** First day that shows it, YYYY-MM-DD; null where that is not known. */
  readonly since: string | null;
  /** Orders that it touches, of those looked at; null where no order can be named. */
  readonly orders: number | null;
  readonly worth: readonly Money[];
  /** What fills the gaps of the check's texts: numbers, shares from 0 to 1 (named `…Share`), names. */
  readonly values: Readonly<Record<string, string | number>>;
  readonly evidence: readonly EvidenceRow[];
}

/**
 * `holds`: looked, and nothing is wrong. `not_applicable`: nothing to look at by the store's own choice or kind.
 * `not_known`: nobody can say; never counted as good.
 */
export type Verdict =
  | { readonly kind: "holds" }
  | { readonly kind: "not_applicable" }
  | { readonly kind: "not_known"; readonly why: UnknownReason }
  | Failure;

export interface Check {
  readonly code: CheckCode;
  readonly area: Area;
  /** The worst that it can be. */
  readonly severity: Severity;
  /** Where the threshold comes from, for docs/audit.md. */
  readonly source: string;
  /** The threshold in words, for docs/audit.md. */
  readonly threshold: string;
  /** Whether it can be decided from an export of orders and of Meta's events alone. */
  readonly fromFiles: boolean;
  /** Where it is mended. */
  readonly mend: { readonly url: string; readonly name: TextKey };
  /**
   * Pure.
   * @param isOpen whether it stands as a finding: closing one takes a better figure than not opening it, so that nothing
   *   flaps
   */
  judge(facts: AuditFacts, isOpen: boolean): Verdict;
}

export const HOLDS: Verdict = { kind: "holds" };
export const NOT_APPLICABLE: Verdict = { kind: "not_applicable" };
export const notKnown = (why: UnknownReason): Verdict => ({ kind: "not_known", why });

/**
 * A failure that orders show: counted, added up, since the oldest of them, the newest ones as evidence. Where it seems to be
 * mended, a line says so first: it stays for as long as its orders are among those looked at.
 *
 * @param failure.looked all that were looked at, newest first
 */
export function failsFor(
  orders: readonly AuditedOrder[],
  failure: Pick<Failure, "severity" | "certainty"> &
    Partial<Pick<Failure, "values" | "evidence" | "since">> & { readonly looked?: readonly AuditedOrder[] },
): Failure {
  const MOST_SHOWN = 5;
  return {
    kind: "fails",
    severity: failure.severity,
    certainty: failure.certainty,
    since: failure.since ?? oldestDay(orders),
    orders: orders.length,
    worth: addWorth(orders.flatMap(({ worth }) => (worth ? [worth] : []))),
    values: { count: orders.length, ...failure.values },
    evidence: [
      ...seemsOver(failure.looked ?? [], orders),
      ...(failure.evidence ?? []),
      ...orders.slice(0, MOST_SHOWN).map((order): EvidenceRow => ({
        text: "audit.evidence.order",
        values: { name: order.name ?? order.orderId ?? order.ref, day: order.day },
        ...(order.via !== "file" && { url: `/app/events/${order.ref}` }),
      })),
    ],
  };
}

/** Chance may have as much of a hand in it as this, and no more. */
const BY_CHANCE = 0.001;

/**
 * How many of the newest orders do not show it, where it cannot be chance that they do not: at the share of those before
 * them, at most one store in a thousand would see so many in a row.
 */
function seemsOver(looked: readonly AuditedOrder[], bad: readonly AuditedOrder[]): readonly EvidenceRow[] {
  const shows = new Set(bad.map(({ ref }) => ref));
  const good = looked.findIndex(({ ref }) => shows.has(ref));
  const last = looked[good];
  if (!last || good < 5) return [];
  const share = bad.length / (looked.length - good);
  if ((1 - share) ** good > BY_CHANCE) return [];
  return [{ text: "audit.evidence.seemsOver", values: { day: last.day, orders: good } }];
}

/** A failure that no order shows. */
export function fails(
  failure: Pick<Failure, "severity" | "certainty"> &
    Partial<Omit<Failure, "kind" | "severity" | "certainty">>,
): Failure {
  return { kind: "fails", since: null, orders: null, worth: [], values: {}, evidence: [], ...failure };
}

function oldestDay(orders: readonly AuditedOrder[]): string | null {
  return orders.reduce<string | null>(
    (oldest, { day }) => (oldest === null || day < oldest ? day : oldest),
    null,
  );
}

/** Amounts by currency; those of two currencies never become one. */
export function addWorth(parts: readonly Money[]): readonly Money[] {
  const sums = new Map<string, number>();
  for (const { currency, amount } of parts) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return [...sums]
    .map(([currency, amount]) => ({ currency, amount }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/**
 * Whether a share is above what is right, with room between opening and closing: a finding that stands closes only at
 * three quarters of the threshold.
 */
export function isAbove(share: number, threshold: number, isOpen: boolean): boolean {
  return share > (isOpen ? threshold * 0.75 : threshold);
}

/** Whether a share is below what is right; a finding that stands closes only a sixteenth of the way to 1 above it. */
export function isBelow(share: number, threshold: number, isOpen: boolean): boolean {
  return share < (isOpen ? threshold + (1 - threshold) / 16 : threshold);
}
