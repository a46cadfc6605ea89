import { type Check } from "../../check.ts";
import type { AuditedOrder } from "../../facts/audited-order.ts";
import { bothCopies, gapOfCopies, webOrders } from "../../facts/choose-orders.ts";
import { judgeShare } from "../../judge-share.ts";

const APART_MS = 5 * 60_000;

const isApart = (order: AuditedOrder): boolean => (gapOfCopies(order) ?? 0) > APART_MS;

/** Within five minutes Meta prefers the browser's copy, later the first one: worth knowing, no fault. */
export const copiesApart: Check = {
  code: "copiesApart",
  area: "ids",
  severity: "low",
  source: "Meta",
  threshold: "more than 10 % of at least 30 pairs more than 5 minutes apart",
  fromFiles: false,
  mend: { url: "/app/events", name: "audit.mend.events" },
  judge: ({ orders }, isOpen) => {
    const pairs = webOrders(orders.list).filter((order) => bothCopies(order) !== undefined);
    return judgeShare(pairs, pairs.filter(isApart), {
      threshold: 0.1,
      severity: "low",
      certainty: "proven",
      isOpen,
    });
  },
};
