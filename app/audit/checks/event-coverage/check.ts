import type { DatasetScore } from "../../../quality/dataset-score.ts";
import { type Check, fails, HOLDS, NOT_APPLICABLE, notKnown } from "../../check.ts";
import { badSince, latestScore, sentTwice } from "../../facts/latest-score.ts";

/** Points above the goal at which a finding closes. */
const ROOM = 3;

/** Meta's own count of browser events that the server reports too. */
export const eventCoverage: Check = {
  code: "eventCoverage",
  area: "ids",
  severity: "high",
  source: "Meta",
  threshold: "Meta's coverage of any event that is sent twice below its own goal (75 % where it names none)",
  fromFiles: false,
  mend: { url: "/app/datasets", name: "audit.mend.datasets" },
  judge: (facts, isOpen) => {
    if (facts.datasets.length === 0) return NOT_APPLICABLE;
    const read = sentTwice(facts).flatMap((event) =>
      latestScore(facts, event).flatMap((latest) =>
        latest.score.coverage === undefined ? [] : [{ event, latest }],
      ),
    );
    if (read.length === 0) return notKnown("not_told");
    const isBelow = ({ coverage, coverageGoal = 75 }: DatasetScore) =>
      coverage !== undefined && coverage < (isOpen ? Math.min(100, coverageGoal + ROOM) : coverageGoal);
    const below = read.find(({ latest }) => isBelow(latest.score));
    if (!below) return HOLDS;
    const { event, latest } = below;
    return fails({
      severity: "high",
      certainty: "proven",
      since: badSince(latest, isBelow, event),
      values: {
        event,
        dataset: latest.dataset.label,
        share: (latest.score.coverage ?? 0) / 100,
        goalShare: (latest.score.coverageGoal ?? 75) / 100,
      },
    });
  },
};
