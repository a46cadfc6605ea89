import { type Check } from "../../check.ts";
import { type AuditedOrder } from "../../facts/audited-order.ts";
import { realOrders } from "../../facts/choose-orders.ts";
import { judgeShare } from "../../judge-share.ts";

const OFF_MS = 30 * 60_000;

function isWrong({ browser, server, dropped }: AuditedOrder): boolean {
  return (
    (browser?.clockAhead !== null &&
      browser?.clockAhead !== undefined &&
      Math.abs(browser.clockAhead) > OFF_MS) ||
    server.some(({ failure }) => failure?.subcode === 2804004) ||
    (dropped ?? []).some(({ key, reason }) => key === "event_time" && reason === "not_credible")
  );
}

/** Clocks that are wrong, and times in the wrong unit or zone. */
export const timeWrong: Check = {
  code: "timeWrong",
  area: "time",
  severity: "medium",
  source: "Meta",
  threshold:
    "more than 1 % of at least 30 orders whose browser clock is more than 30 minutes off, or that Meta refused for a time in the future",
  fromFiles: false,
  mend: { url: "/app/events", name: "audit.mend.events" },
  judge: ({ orders }, isOpen) => {
    const looked = realOrders(orders.list);
    return judgeShare(looked, looked.filter(isWrong), {
      threshold: 0.01,
      severity: "medium",
      certainty: "proven",
      isOpen,
    });
  },
};
