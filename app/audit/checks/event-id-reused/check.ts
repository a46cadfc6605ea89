import { type Check } from "../../check.ts";
import { type AuditedOrder } from "../../facts/audited-order.ts";
import { realOrders } from "../../facts/choose-orders.ts";
import { judgeAny } from "../../judge-share.ts";

/** Orders that were delivered to a dataset under an ID that another order was delivered under, too. */
function reused(orders: readonly AuditedOrder[]): readonly AuditedOrder[] {
  const byId = Map.groupBy(
    orders.flatMap((order) =>
      order.server.flatMap(({ dataset, state, sent }) => {
        const id = sent?.eventId ?? order.eventId;
        return state === "delivered" && id ? [{ order, key: `${dataset} ${id}` }] : [];
      }),
    ),
    ({ key }) => key,
  );
  const shared = [...byId.values()].filter(
    (group) => new Set(group.map(({ order }) => order.orderId)).size > 1,
  );
  return [...new Set(shared.flat().map(({ order }) => order))];
}

/** Two orders under one event ID: Meta throws one of them away. */
export const eventIdReused: Check = {
  code: "eventIdReused",
  area: "ids",
  severity: "critical",
  source: "Meta",
  threshold: "any event ID that two orders of one dataset share",
  fromFiles: true,
  mend: { url: "/app/events", name: "audit.mend.events" },
  judge: ({ orders }) => judgeAny(orders.list, reused(realOrders(orders.list)), "critical"),
};
