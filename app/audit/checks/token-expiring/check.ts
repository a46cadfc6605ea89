import { type Check, fails, HOLDS, NOT_APPLICABLE, notKnown } from "../../check.ts";

const DAY_MS = 86_400_000;

/** A token that ends soon, as Meta tells it. */
export const tokenExpiring: Check = {
  code: "tokenExpiring",
  area: "sender",
  severity: "critical",
  source: "Tandem",
  threshold: "a token that ends within 14 days (critical within 3)",
  fromFiles: false,
  mend: { url: "/app/datasets", name: "audit.mend.datasets" },
  judge: ({ datasets, now }) => {
    if (datasets.length === 0) return NOT_APPLICABLE;
    const told = datasets.filter(({ tokenExpiresAt }) => tokenExpiresAt !== null);
    if (told.length === 0) return notKnown("not_told");
    const ending = told
      .map(({ label, tokenExpiresAt }) => ({
        label,
        days: ((tokenExpiresAt ?? 0) - now) / DAY_MS,
        ends: tokenExpiresAt ?? 0,
      }))
      .filter(({ ends, days }) => ends > 0 && days <= 14)
      .sort((a, b) => a.days - b.days);
    const [first] = ending;
    if (!first) return HOLDS;
    return fails({
      severity: first.days <= 3 ? "critical" : "high",
      certainty: "proven",
      values: { dataset: first.label, count: Math.max(0, Math.floor(first.days)) },
    });
  },
};
