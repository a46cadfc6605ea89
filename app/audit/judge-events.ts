import {
  HOLDS,
  NOT_APPLICABLE,
  fails,
  notKnown,
  type Certainty,
  type EvidenceRow,
  type Severity,
  type Verdict,
} from "./check.ts";
import type { AuditedEvent, AuditFacts } from "./facts/audit-facts.ts";

/** What is wrong with one event. */
export interface EventFault {
  readonly event: string;
  /** First day that shows it; null where that is not known. */
  readonly since: string | null;
  /** What fills the gaps of the check's texts, beside the event's name. */
  readonly values: Readonly<Record<string, string | number>>;
  readonly evidence: EvidenceRow;
}

/**
 * A verdict over the events that a store sends twice, each judged by itself; the worst, which is the first by the events'
 * worth, gives the finding its name. A single event is enough to fail; without a case that can be judged nobody can say.
 *
 * @param judge null: too few to say of this one; undefined: nothing is wrong with it
 */
export function judgeEvents(
  { store, datasets, funnel }: AuditFacts,
  failure: { readonly severity: Severity; readonly certainty: Certainty },
  judge: (event: AuditedEvent) => EventFault | null | undefined,
): Verdict {
  if (!store || funnel === null) return notKnown("not_in_files");
  const both = funnel.filter(({ copies }) => copies === "both");
  if (datasets.length === 0 || both.length === 0) return NOT_APPLICABLE;
  const judged = both.map(judge);
  const faults = judged.filter((each) => each !== null && each !== undefined);
  const [first] = faults;
  if (!first) return judged.every((each) => each === null) ? notKnown("too_few") : HOLDS;
  const since = faults.flatMap((each) => (each.since === null ? [] : [each.since])).toSorted()[0] ?? null;
  return fails({
    ...failure,
    since,
    values: { event: first.event, events: faults.length, ...first.values },
    evidence: faults.map(({ evidence }) => evidence),
  });
}
