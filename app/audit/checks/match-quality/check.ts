import { purchase } from "../../../../extensions/contract/events/purchase.ts";
import { type Check, fails, HOLDS, NOT_APPLICABLE, notKnown } from "../../check.ts";
import { FEWEST_ORDERS } from "../../facts/choose-orders.ts";
import { badSince, latestScore, type LatestScore } from "../../facts/latest-score.ts";
import { deliveredIn, lastDays } from "../../facts/sum-days.ts";

/** Events before the purchase know less of the buyer. */
const OTHERS = [
  ["AddToCart", 6.5],
  ["PageView", 5.5],
] as const;

/** A score moves by a tenth or two from day to day: one that stands as a finding closes so much above where it opened. */
const ROOM = 0.2;

/** Meta's own score of how well it recognises the buyers. */
export const matchQuality: Check = {
  code: "matchQuality",
  area: "identity",
  severity: "high",
  source: "Meta",
  threshold:
    "Meta's match quality of purchases below 6 (high) or below 8 (medium), of AddToCart below 6.5, of PageView below 5.5 (low), with at least 30 purchases in 28 days",
  fromFiles: false,
  mend: { url: "/app/datasets", name: "audit.mend.datasets" },
  judge: (facts, isOpen) => {
    const room = isOpen ? ROOM : 0;
    if (facts.datasets.length === 0) return NOT_APPLICABLE;
    const sales = lastDays(facts.days, 28).reduce((all, day) => all + deliveredIn(day), 0);
    if (sales < FEWEST_ORDERS) return notKnown("too_few");
    const scored = latestScore(facts).filter(({ score }) => score.score !== undefined);
    const [worst] = scored.toSorted((a, b) => (a.score.score ?? 0) - (b.score.score ?? 0));
    if (!worst) return notKnown("not_told");
    const score = worst.score.score ?? 0;
    const say = (severity: "high" | "medium" | "low", event: string, latest: LatestScore, least: number) =>
      fails({
        severity,
        certainty: "proven",
        since: badSince(latest, (read) => isUnder(read.score ?? 10, least), event),
        values: { event, score: (latest.score.score ?? 0).toFixed(1), dataset: latest.dataset.label },
      });
    if (isUnder(score, 8 + room)) return say(score < 6 ? "high" : "medium", purchase.name, worst, 8 + room);
    for (const [event, least] of OTHERS) {
      const other = latestScore(facts, event).find(({ score: read }) =>
        isUnder(read.score ?? 10, least + room),
      );
      if (other) return say("low", event, other, least + room);
    }
    return HOLDS;
  },
};

/** Sums of tenths are not exact. */
const isUnder = (score: number, least: number): boolean => score < least - 1e-9;
