import { HOLDS, failsFor, isAbove, notKnown, type Certainty, type Severity, type Verdict } from "./check.ts";
import { FEWEST_ORDERS } from "./facts/choose-orders.ts";
import type { AuditedOrder } from "./facts/audited-order.ts";

/** What a share of orders is judged by. */
export interface ShareRule {
  /** Above this share of the orders looked at it fails. */
  readonly threshold: number;
  readonly severity: Severity;
  readonly certainty: Certainty;
  /** Fewer orders say nothing. Default 30. */
  readonly fewest?: number;
  /** Fewer bad ones are chance. Default 1. */
  readonly fewestBad?: number;
  readonly isOpen: boolean;
}

/** Fails when too large a share of the orders looked at is bad; `share` and `count` fill the texts. */
export function judgeShare(
  looked: readonly AuditedOrder[],
  bad: readonly AuditedOrder[],
  rule: ShareRule,
): Verdict {
  const { threshold, severity, certainty, fewest = FEWEST_ORDERS, fewestBad = 1, isOpen } = rule;
  if (looked.length < fewest) return notKnown("too_few");
  const share = bad.length / looked.length;
  if (bad.length < fewestBad || !isAbove(share, threshold, isOpen)) return HOLDS;
  return failsFor(bad, { severity, certainty, values: { share }, looked });
}

/** Fails when there is any bad order at all. @param looked all of them, newest first */
export function judgeAny(
  looked: readonly AuditedOrder[],
  bad: readonly AuditedOrder[],
  severity: Severity,
): Verdict {
  return bad.length === 0 ? HOLDS : failsFor(bad, { severity, certainty: "proven", looked });
}
