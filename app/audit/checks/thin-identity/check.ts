import { HOLDS, failsFor, isAbove, notKnown, type Check } from "../../check.ts";
import { FEWEST_ORDERS, realOrders } from "../../facts/choose-orders.ts";

/** Orders that Meta would refuse because they say too little of the buyer (`thin_identity`). */
export const thinIdentity: Check = {
  code: "thinIdentity",
  area: "identity",
  severity: "medium",
  source: "Tandem",
  threshold: "more than 2 % of at least 30 orders",
  fromFiles: false,
  mend: { url: "/app/events?view=skipped", name: "audit.mend.checkoutSettings" },
  judge: ({ orders }, isOpen) => {
    const looked = realOrders(orders.list);
    if (looked.length < FEWEST_ORDERS) return notKnown("too_few");
    const thin = looked.filter(({ server }) =>
      server.some(({ skipReason }) => skipReason === "thin_identity"),
    );
    const share = thin.length / looked.length;
    if (!isAbove(share, 0.02, isOpen)) return HOLDS;
    return failsFor(thin, { severity: "medium", certainty: "proven", values: { share }, looked });
  },
};
