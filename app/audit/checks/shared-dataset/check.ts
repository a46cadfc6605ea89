import { type Check, fails, HOLDS, notKnown } from "../../check.ts";
import { lastDays, sumDays } from "../../facts/sum-days.ts";

/** Two stores number their orders alike: order 1001 of one is order 1001 of the other to Meta. */
export const sharedDataset: Check = {
  code: "sharedDataset",
  area: "sender",
  severity: "critical",
  source: "Tandem",
  threshold: "any dataset that another store uses with order numbers as event IDs",
  fromFiles: false,
  mend: { url: "/app/settings#eventId", name: "audit.mend.settings" },
  judge: ({ sharedDatasets, days }) => {
    if (sharedDatasets === null) return notKnown("not_in_files");
    if (sharedDatasets.length === 0) return HOLDS;
    const lately = sumDays(lastDays(days, 28), ({ orders }) => orders);
    return fails({
      severity: "critical",
      certainty: "proven",
      orders: lately.count,
      worth: lately.worth,
      values: { dataset: sharedDatasets.join(", "), count: lately.count },
    });
  },
};
