import { type Check } from "../../check.ts";
import { webOrders } from "../../facts/choose-orders.ts";
import { judgeShare } from "../../judge-share.ts";

/** Shopify leaves the fields of protected customer data empty for apps that are not approved for them. */
export const protectedDataMissing: Check = {
  code: "protectedDataMissing",
  area: "sender",
  severity: "high",
  source: "Shopify",
  threshold: "more than 20 % of at least 30 web orders without e-mail, name and address at once",
  fromFiles: false,
  mend: { url: "/app/events", name: "audit.mend.events" },
  judge: ({ orders }, isOpen) => {
    const looked = webOrders(orders.list).filter(({ keys }) => keys !== null);
    const bare = looked.filter(
      ({ keys }) => !["em", "ph", "fn", "ln", "ct", "zp"].some((key) => keys?.includes(key)),
    );
    return judgeShare(looked, bare, { threshold: 0.2, severity: "high", certainty: "likely", isOpen });
  },
};
