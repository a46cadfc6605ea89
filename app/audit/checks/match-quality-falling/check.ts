import { type Check, fails, HOLDS, NOT_APPLICABLE, notKnown } from "../../check.ts";
import { purchaseReadings } from "../../facts/latest-score.ts";

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const DAY_MS = 86_400_000;

/** Meta's score fell within a week. */
export const matchQualityFalling: Check = {
  code: "matchQualityFalling",
  area: "identity",
  severity: "high",
  source: "Tandem",
  threshold:
    "the median of the last 3 readings at least 0.5 below the median of the week before (medium while it is 8 or more)",
  fromFiles: false,
  mend: { url: "/app/datasets", name: "audit.mend.datasets" },
  judge: ({ datasets, now }, isOpen) => {
    if (datasets.length === 0) return NOT_APPLICABLE;
    const compared = datasets.flatMap((dataset) => {
      const readings = purchaseReadings(dataset);
      const recent = readings.filter(({ takenAt }) => now - takenAt <= 4 * DAY_MS).slice(-3);
      const [first] = recent;
      const before = readings.filter(
        ({ takenAt }) => now - takenAt > 4 * DAY_MS && now - takenAt <= 12 * DAY_MS,
      );
      if (!first || recent.length < 3 || before.length < 3) return [];
      return [
        {
          dataset,
          day: first.day,
          from: middle(before.map(({ score }) => score)),
          to: middle(recent.map(({ score }) => score)),
        },
      ];
    });
    if (compared.length === 0) return notKnown("not_told");
    const fallen = compared.find(({ from, to }) => from - to >= (isOpen ? 0.25 : 0.5) - 1e-9);
    if (!fallen) return HOLDS;
    return fails({
      severity: fallen.to < 8 ? "high" : "medium",
      certainty: "proven",
      since: fallen.day,
      values: { dataset: fallen.dataset.label, from: fallen.from.toFixed(1), to: fallen.to.toFixed(1) },
    });
  },
};
