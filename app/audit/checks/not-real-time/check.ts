import { type Check, fails, HOLDS, NOT_APPLICABLE, notKnown } from "../../check.ts";
import { badSince, latestScore } from "../../facts/latest-score.ts";
import { lastDays } from "../../facts/sum-days.ts";

/** How fresh Meta finds the events; with few events it says “hourly” by itself. */
export const notRealTime: Check = {
  code: "notRealTime",
  area: "time",
  severity: "low",
  source: "Meta",
  threshold: "Meta calls the uploads anything but real time, at 50 events a day or more",
  fromFiles: false,
  mend: { url: "/app/datasets", name: "audit.mend.datasets" },
  judge: (facts) => {
    if (facts.datasets.length === 0) return NOT_APPLICABLE;
    const week = lastDays(facts.days, 7);
    const busy = latestScore(facts).filter(
      ({ dataset, score }) =>
        score.freshness !== undefined &&
        week.reduce((all, { datasets }) => all + (datasets[dataset.row]?.delivered.count ?? 0), 0) >= 7 * 50,
    );
    if (busy.length === 0) return notKnown("too_few");
    const slow = busy.find(({ score }) => score.freshness !== "real_time");
    if (!slow) return HOLDS;
    return fails({
      severity: "low",
      certainty: "proven",
      since: badSince(slow, ({ freshness }) => freshness !== undefined && freshness !== "real_time"),
      values: { dataset: slow.dataset.label, frequency: slow.score.freshness ?? "" },
    });
  },
};
