import { type Check } from "../../check.ts";
import { realOrders } from "../../facts/choose-orders.ts";
import { judgeShare } from "../../judge-share.ts";

/** Orders that reached us, or were let go, after the days for which Meta takes them. Imports of old sales are not counted. */
export const tooOld: Check = {
  code: "tooOld",
  area: "time",
  severity: "high",
  source: "Meta",
  threshold: "more than 0.5 % of orders, and at least 1, left out because they were too old",
  fromFiles: false,
  mend: { url: "/app/events?view=skipped", name: "audit.mend.events" },
  judge: ({ orders }, isOpen) => {
    const looked = realOrders(orders.list).filter(({ source }) => source !== "import");
    const old = looked.filter(({ server }) => server.some(({ skipReason }) => skipReason === "too_old"));
    return judgeShare(looked, old, { threshold: 0.005, severity: "high", certainty: "proven", isOpen });
  },
};
