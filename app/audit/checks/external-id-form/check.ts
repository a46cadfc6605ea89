import { type Check, NOT_APPLICABLE } from "../../check.ts";
import { bothCopies, realOrders } from "../../facts/choose-orders.ts";
import { judgeAny } from "../../judge-share.ts";

/** The customer's ID has to be the same on both sides, hashed or not. */
export const externalIdForm: Check = {
  code: "externalIdForm",
  area: "identity",
  severity: "medium",
  source: "Meta",
  threshold: "any pair whose copies carry different customer IDs",
  fromFiles: false,
  mend: { url: "/app/events", name: "audit.mend.events" },
  judge: ({ orders }) => {
    const pairs = realOrders(orders.list).flatMap((order) => {
      const both = bothCopies(order);
      return both?.browser.externalIds && both.server.externalIds ? [{ order, ...both }] : [];
    });
    if (pairs.length === 0) return NOT_APPLICABLE;
    const differing = pairs.filter(
      ({ browser, server }) => !browser.externalIds?.some((id) => server.externalIds?.includes(id)),
    );
    return judgeAny(
      orders.list,
      differing.map(({ order }) => order),
      "medium",
    );
  },
};
