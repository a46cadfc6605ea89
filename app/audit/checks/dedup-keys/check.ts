import type { DatasetScore } from "../../../quality/dataset-score.ts";
import { type Check, fails, HOLDS, NOT_APPLICABLE, notKnown } from "../../check.ts";
import { badSince, latestScore, sentTwice } from "../../facts/latest-score.ts";

/** Share of the side that carries fewer event IDs; undefined where Meta tells of neither. */
function leastOf({ dedupe }: DatasetScore): number | undefined {
  const ids = dedupe.find(({ key }) => key === "event_id");
  const sides = [ids?.browser, ids?.server].filter((each) => each !== undefined);
  return sides.length > 0 ? Math.min(...sides) / 100 : undefined;
}

/** Meta's own count of events that carry an event ID, by side. */
export const dedupKeys: Check = {
  code: "dedupKeys",
  area: "ids",
  severity: "high",
  source: "Tandem",
  threshold:
    "fewer than 95 % of either side's copies of any event that is sent twice with an event ID, as Meta counts them",
  fromFiles: false,
  mend: { url: "/app/datasets", name: "audit.mend.datasets" },
  judge: (facts, isOpen) => {
    if (facts.datasets.length === 0) return NOT_APPLICABLE;
    const read = sentTwice(facts).flatMap((event) =>
      latestScore(facts, event).flatMap((latest) => {
        const least = leastOf(latest.score);
        return least === undefined ? [] : [{ event, latest, least }];
      }),
    );
    const isBad = (least: number | undefined) => least !== undefined && least < (isOpen ? 0.97 : 0.95);
    if (read.length === 0) return notKnown("not_told");
    const bad = read.find(({ least }) => isBad(least));
    if (!bad) return HOLDS;
    return fails({
      severity: "high",
      certainty: "proven",
      since: badSince(bad.latest, (score) => isBad(leastOf(score)), bad.event),
      values: { event: bad.event, dataset: bad.latest.dataset.label, share: bad.least },
    });
  },
};
