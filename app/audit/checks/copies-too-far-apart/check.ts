import { type Check } from "../../check.ts";
import type { AuditedOrder } from "../../facts/audited-order.ts";
import { gapOfCopies, webOrders } from "../../facts/choose-orders.ts";
import { judgeAny } from "../../judge-share.ts";

const APART_MS = 47 * 3_600_000;

const isApart = (order: AuditedOrder): boolean => (gapOfCopies(order) ?? 0) > APART_MS;

/** After 48 hours Meta does not look for a twin any more: the second copy is a second sale. */
export const copiesTooFarApart: Check = {
  code: "copiesTooFarApart",
  area: "ids",
  severity: "critical",
  source: "Meta",
  threshold: "any pair more than 47 hours apart",
  fromFiles: false,
  mend: { url: "/app/events", name: "audit.mend.events" },
  judge: ({ orders }) => {
    const looked = webOrders(orders.list);
    return judgeAny(looked, looked.filter(isApart), "critical");
  },
};
