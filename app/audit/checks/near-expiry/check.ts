import { type Check, fails, HOLDS, NOT_APPLICABLE } from "../../check.ts";

/** Events that are about to become too old. */
export const nearExpiry: Check = {
  code: "nearExpiry",
  area: "time",
  severity: "critical",
  source: "Meta",
  threshold: "any event that waits and that Meta takes for less than 24 hours more",
  fromFiles: false,
  mend: { url: "/app/events?view=waiting", name: "audit.mend.events" },
  judge: ({ datasets }) => {
    if (datasets.length === 0) return NOT_APPLICABLE;
    const count = datasets.reduce((sum, { expiringSoon }) => sum + expiringSoon, 0);
    if (count === 0) return HOLDS;
    return fails({ severity: "critical", certainty: "proven", orders: count, values: { count } });
  },
};
