import { SEVERITIES, type CheckCode, type Failure, type Severity, type Verdict } from "./check.ts";

/** A finding as it stood before this run. */
export interface StandingFinding {
  readonly code: string;
  readonly state: "open" | "mended";
  readonly severity: Severity;
  /** Unix milliseconds; null = not snoozed. */
  readonly snoozedUntil: number | null;
}

/** What a run makes of a finding. */
export type FindingStep =
  | {
      /** `still_open`: open before and now, and not worse. */
      readonly kind: "opened" | "came_back" | "worse" | "still_open";
      readonly code: CheckCode;
      readonly failure: Failure;
    }
  | { readonly kind: "mended"; readonly code: string };

/**
 * A check that fails opens its finding; one that holds, or does not apply any more, mends it. What nobody can say leaves a
 * finding as it is: too few orders, or a page that is silent, mend nothing. A finding of a check that this version does not
 * have is mended: nobody looks at it any more.
 */
export function decideFindings(
  standing: readonly StandingFinding[],
  verdicts: ReadonlyMap<CheckCode, Verdict>,
): readonly FindingStep[] {
  const byCode = new Map(standing.map((each) => [each.code, each]));
  const failed = [...verdicts].flatMap(([code, verdict]): readonly FindingStep[] =>
    verdict.kind === "fails" ? [failedStep(code, verdict, byCode.get(code))] : [],
  );
  const judged = new Map<string, Verdict>(verdicts);
  const mended = standing.flatMap(({ code, state }): readonly FindingStep[] => {
    const verdict = judged.get(code);
    const isOver = verdict === undefined || verdict.kind === "holds" || verdict.kind === "not_applicable";
    return state === "open" && isOver ? [{ kind: "mended", code }] : [];
  });
  return [...failed, ...mended];
}

function failedStep(code: CheckCode, failure: Failure, standing: StandingFinding | undefined): FindingStep {
  if (standing === undefined) return { kind: "opened", code, failure };
  if (standing.state === "mended") return { kind: "came_back", code, failure };
  const isWorse = SEVERITIES.indexOf(failure.severity) < SEVERITIES.indexOf(standing.severity);
  return { kind: isWorse ? "worse" : "still_open", code, failure };
}
