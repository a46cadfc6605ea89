import type { ENGLISH } from "../../../texts/catalogue.ts";
import type { Failure, Severity, Verdict } from "../../check.ts";
import { HOLDS, failsFor, fails, notKnown, type Certainty } from "../../check.ts";
import { auditedOrder } from "../facts-from-files.ts";
import type { MatchedFiles, MatchedOrder } from "../match-files.ts";

export type FileCheckCode = keyof (typeof ENGLISH)["files"]["checks"];

/** A check that only two files together can answer: the app knows its own events, a file holds everybody's. */
export interface FileCheck {
  readonly code: FileCheckCode;
  /** The threshold in words, for docs/audit-from-files.md. */
  readonly threshold: string;
  /** Pure. */
  judge(files: MatchedFiles): Verdict;
}

/** Of fewer a share says nothing. */
export const FEWEST = 30;

/** A share of this many at least is no chance. */
export const FEWEST_BAD = 3;

/** Nothing of it can be said without events, each in a row of its own. */
export const NEEDS_EVENTS = notKnown("not_in_files");

/** Fails for any order that is bad. */
export function anyOrder(
  bad: readonly MatchedOrder[],
  failure: { readonly severity: Severity; readonly certainty: Certainty } & Partial<Pick<Failure, "values">>,
): Verdict {
  return bad.length === 0 ? HOLDS : failsFor(bad.map(auditedOrder), failure);
}

/** Fails for more than a share, and three orders, of those looked at. */
export function manyOrders(
  looked: readonly MatchedOrder[],
  bad: readonly MatchedOrder[],
  rule: { readonly share: number; readonly severity: Severity },
): Verdict {
  if (looked.length < FEWEST) return notKnown("too_few");
  const share = bad.length / looked.length;
  if (bad.length < FEWEST_BAD || share <= rule.share) return HOLDS;
  return anyOrder(bad, { severity: rule.severity, certainty: "likely", values: { share } });
}

/** Fails for events of which no order can be named. */
export function someEvents(
  count: number,
  failure: Pick<Failure, "severity" | "certainty"> & Partial<Pick<Failure, "since" | "values">>,
): Verdict {
  return count === 0 ? HOLDS : fails({ ...failure, values: { count, ...failure.values } });
}

/** Paid orders that are sales. */
export function sales({ orders }: MatchedFiles): readonly MatchedOrder[] {
  return orders.filter(({ order }) => order.isPaid && !order.isTest);
}
