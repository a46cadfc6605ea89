import { EXCLUSION_TRAITS, foldRule, isCounted } from "./exclusion-rules.ts";
import type { ExclusionRule, ExclusionTrait } from "../model.ts";

/** Days of which the picker shows what was seen; older counts are deleted. */
export const SEEN_DAYS = 90;
/** Days for which a rule says how many orders it would have left out. */
export const RULE_DAYS = 30;

export interface SeenValue {
  readonly by: ExclusionTrait;
  /** As rules compare it: lower case. */
  readonly value: string;
  /** Orders of the last 30 and 90 days that carried it, by the store's day of the payment. */
  readonly last30: number;
  readonly last90: number;
}

const PREFIX = "seen_";

/** The metric under which orders with a trait are counted in `tally`; the label is the value. */
export function metricOf(trait: ExclusionTrait): string {
  return `${PREFIX}${trait}`;
}

export const SEEN_METRICS = EXCLUSION_TRAITS.map(metricOf);

/** The trait that a metric counts. */
export function traitOf(metric: string): ExclusionTrait | undefined {
  return EXCLUSION_TRAITS.find((trait) => metricOf(trait) === metric);
}

/**
 * Orders of the last 30 days that a rule names, and would have left out.
 * @returns null where such a trait is not counted: that is not 0
 */
export function ordersOfRule(rule: ExclusionRule, seen: readonly SeenValue[]): number | null {
  const value = foldRule(rule);
  if (!isCounted({ by: rule.by, value })) return null;
  return seen.find((each) => each.by === rule.by && each.value === value)?.last30 ?? 0;
}
