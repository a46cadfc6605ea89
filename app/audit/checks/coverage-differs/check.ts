import { type Check, fails, HOLDS, NOT_APPLICABLE, notKnown } from "../../check.ts";
import type { DatasetScore } from "../../../quality/dataset-score.ts";
import { latestScore } from "../../facts/latest-score.ts";
import { lastDays } from "../../facts/sum-days.ts";

/** Meta's names of keys that only a server's copy carries; the browser's IDs come with browser copies too. */
const COMPARED = [
  ["email", "em"],
  ["phone", "ph"],
  ["external_id", "external_id"],
] as const;

function shareOf({ keys }: DatasetScore, identifier: string): number | undefined {
  const found = keys.find((each) => each.identifier === identifier);
  return found && found.percentage / 100;
}

/** Meta counts a key on another share of the dataset's events than we sent it with: another sender, or lost events. */
export const coverageDiffers: Check = {
  code: "coverageDiffers",
  area: "identity",
  severity: "high",
  source: "Tandem",
  threshold:
    "Meta's coverage of a key more than 15 points from ours over 7 days with at least 100 delivered events, or from Meta's own figure for what Tandem sent",
  fromFiles: false,
  mend: { url: "/app/datasets", name: "audit.mend.datasets" },
  judge: (facts, isOpen) => {
    if (facts.datasets.length === 0) return NOT_APPLICABLE;
    const week = lastDays(facts.days, 7);
    const compared = latestScore(facts).flatMap(({ dataset, score, ours }) => {
      const sent = week.reduce((all, { datasets }) => all + (datasets[dataset.row]?.delivered.count ?? 0), 0);
      if (sent < 100) return [];
      return COMPARED.flatMap(([identifier, key]) => {
        const metas = shareOf(score, identifier);
        if (metas === undefined) return [];
        const carried = week.reduce((all, { datasets }) => all + (datasets[dataset.row]?.keys[key] ?? 0), 0);
        const counts = { dataset, identifier, metas };
        const told = ours && shareOf(ours, identifier);
        return [
          { ...counts, ours: carried / sent, certainty: "likely" as const },
          // Meta's own figure for what we sent: where it differs, no count of ours can be the reason.
          ...(typeof told === "number" ? [{ ...counts, ours: told, certainty: "proven" as const }] : []),
        ];
      });
    });
    if (compared.length === 0) return notKnown("not_told");
    const apart = ({ ours, metas }: (typeof compared)[number]) => Math.abs(ours - metas);
    const [worst] = compared
      .filter((each) => apart(each) > (isOpen ? 0.11 : 0.15) + 1e-9)
      .toSorted(
        (a, b) => Number(b.certainty === "proven") - Number(a.certainty === "proven") || apart(b) - apart(a),
      );
    if (!worst) return HOLDS;
    return fails({
      severity: "high",
      certainty: worst.certainty,
      values: {
        dataset: worst.dataset.label,
        key: worst.identifier,
        oursShare: worst.ours,
        metasShare: worst.metas,
      },
    });
  },
};
