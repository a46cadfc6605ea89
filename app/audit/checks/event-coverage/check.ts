import type { DatasetScore } from "../../../quality/dataset-score.ts";
import { type Check, fails, HOLDS, NOT_APPLICABLE, notKnown } from "../../check.ts";
import { badSince, latestScore } from "../../facts/latest-score.ts";

/** Points above the goal at which a finding closes. */
const ROOM = 3;

/** Meta's own count of browser events that the server reports too. */
export const eventCoverage: Check = {
  code: "eventCoverage",
  area: "ids",
  severity: "high",
  source: "Meta",
  threshold: "Meta's event coverage below its own goal (75 % where it names none)",
  fromFiles: false,
  mend: { url: "/app/datasets", name: "audit.mend.datasets" },
  judge: (facts, isOpen) => {
    if (facts.datasets.length === 0) return NOT_APPLICABLE;
    const read = latestScore(facts).filter(({ score }) => score.coverage !== undefined);
    if (read.length === 0) return notKnown("not_told");
    const isBelow = ({ coverage, coverageGoal = 75 }: DatasetScore) =>
      coverage !== undefined && coverage < (isOpen ? Math.min(100, coverageGoal + ROOM) : coverageGoal);
    const below = read.filter(({ score }) => isBelow(score));
    const [first] = below;
    if (!first) return HOLDS;
    return fails({
      severity: "high",
      certainty: "proven",
      since: badSince(first, isBelow),
      values: {
        dataset: first.dataset.label,
        share: (first.score.coverage ?? 0) / 100,
        goalShare: (first.score.coverageGoal ?? 75) / 100,
      },
    });
  },
};
