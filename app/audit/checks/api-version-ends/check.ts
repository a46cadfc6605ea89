import { type Check, fails, HOLDS } from "../../check.ts";

/** The version of Meta's API is a constant of the app: the operator updates the app. */
export const apiVersionEnds: Check = {
  code: "apiVersionEnds",
  area: "sender",
  severity: "low",
  source: "Meta",
  threshold: "fewer than 90 days until Meta withdraws the version of its API that this app speaks",
  fromFiles: false,
  mend: { url: "/app/datasets", name: "audit.mend.datasets" },
  judge: ({ apiDaysLeft }) =>
    apiDaysLeft < 90
      ? fails({ severity: "low", certainty: "proven", values: { count: Math.max(0, apiDaysLeft) } })
      : HOLDS,
};
