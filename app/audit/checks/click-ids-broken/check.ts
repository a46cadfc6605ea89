import { type Check } from "../../check.ts";
import { type AuditedOrder } from "../../facts/audited-order.ts";
import { webOrders } from "../../facts/choose-orders.ts";
import { judgeShare } from "../../judge-share.ts";

const BROKEN = ["malformed", "in_seconds", "impossible_time"];

function isBroken({ dropped, server }: AuditedOrder): boolean {
  return (
    (dropped ?? []).some(({ key, reason }) => key === "fbc" && BROKEN.includes(reason)) ||
    server.some(({ failure }) => failure?.subcode === 2804001)
  );
}

/** Click IDs that somebody changed on the way: Meta refuses the event (2804001) or warns. */
export const clickIdsBroken: Check = {
  code: "clickIdsBroken",
  area: "identity",
  severity: "medium",
  source: "Meta",
  threshold:
    "more than 0.5 % of orders, and at least 3, with a click ID that is malformed or that Meta calls modified",
  fromFiles: false,
  mend: { url: "/app/events", name: "audit.mend.events" },
  judge: ({ orders }, isOpen) => {
    const looked = webOrders(orders.list);
    return judgeShare(looked, looked.filter(isBroken), {
      threshold: 0.005,
      fewestBad: 3,
      severity: "medium",
      certainty: "proven",
      isOpen,
    });
  },
};
