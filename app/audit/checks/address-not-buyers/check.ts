import { type Check } from "../../check.ts";
import { webOrders } from "../../facts/choose-orders.ts";
import { judgeShare } from "../../judge-share.ts";

/** A private address, or that of a server: Meta then takes many buyers for one. */
export const addressNotBuyers: Check = {
  code: "addressNotBuyers",
  area: "identity",
  severity: "medium",
  source: "Meta",
  threshold:
    "more than 1 % of at least 30 online orders, and at least 3, whose IP address is not the buyer's",
  fromFiles: false,
  mend: { url: "/app/events", name: "audit.mend.events" },
  judge: ({ orders }, isOpen) => {
    const looked = webOrders(orders.list).filter(({ dropped }) => dropped !== null);
    const bad = looked.filter(({ dropped }) =>
      dropped?.some(
        ({ key, reason }) =>
          key === "client_ip_address" && (reason === "private_address" || reason === "not_the_buyers"),
      ),
    );
    return judgeShare(looked, bad, {
      threshold: 0.01,
      fewestBad: 3,
      severity: "medium",
      certainty: "proven",
      isOpen,
    });
  },
};
