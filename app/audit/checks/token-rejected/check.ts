import { type Check, fails, HOLDS, NOT_APPLICABLE } from "../../check.ts";
import { type AuditedDataset } from "../../facts/audit-facts.ts";
import { sumDays } from "../../facts/sum-days.ts";

const REFUSED = ["invalid_token", "expired_token", "other_dataset", "missing_scope"];
/** Failures that a person has to mend; anything else passes. */
const LASTING = ["credential", "permission", "configuration"];

const isRefused = (dataset: AuditedDataset): boolean =>
  // Where the merchant has paused it, there is nothing to send with it.
  (!dataset.hasToken && dataset.state !== "paused") ||
  // What Meta took since is a newer answer than the check's.
  (REFUSED.includes(dataset.checkResult ?? "") && (dataset.lastSentAt ?? 0) < (dataset.checkedAt ?? 0)) ||
  (dataset.held !== null && LASTING.includes(dataset.held.class));

/** Meta refuses the token, or the token is for another dataset: nothing of this store arrives. */
export const tokenRejected: Check = {
  code: "tokenRejected",
  area: "sender",
  severity: "critical",
  source: "Meta",
  threshold: "any connected dataset that Meta does not let us send to",
  fromFiles: false,
  mend: { url: "/app/datasets", name: "audit.mend.datasets" },
  judge: ({ datasets, days }) => {
    if (datasets.length === 0) return NOT_APPLICABLE;
    const refused = datasets.filter(isRefused);
    if (refused.length === 0) return HOLDS;
    const since = refused.flatMap(({ held }) => (held ? [held.since] : []));
    const first = since.length === 0 ? null : new Date(Math.min(...since)).toISOString().slice(0, 10);
    const touched = sumDays(
      days.filter(({ day }) => first !== null && day >= first),
      ({ datasets: ofDay }) => refused.map(({ row }) => ofDay[row]?.open).find((open) => open !== undefined),
    );
    return fails({
      severity: "critical",
      certainty: "proven",
      since: first,
      orders: touched.count,
      worth: touched.worth,
      values: { dataset: refused.map(({ label }) => label).join(", "), count: touched.count },
      evidence:
        touched.count === 0
          ? []
          : [
              {
                text: "audit.evidence.waiting",
                values: { orders: touched.count },
                url: "/app/events?view=waiting",
              },
            ],
    });
  },
};
