import { type Check, failsFor, HOLDS, isBelow, notKnown } from "../../check.ts";
import { deliveredCopies, FEWEST_ORDERS, isDelivered, webOrders } from "../../facts/choose-orders.ts";

/** Where the buyer lives, as far as the order says it. */
export const placeCoverage: Check = {
  code: "placeCoverage",
  area: "identity",
  severity: "medium",
  source: "Tandem",
  threshold: "fewer than 90 % of at least 30 delivered online orders with country, city or postcode",
  fromFiles: false,
  mend: { url: "/app/events", name: "audit.mend.events" },
  judge: ({ orders }, isOpen) => {
    const looked = webOrders(orders.list).filter(isDelivered);
    if (looked.length < FEWEST_ORDERS) return notKnown("too_few");
    const places = ["country", "ct", "zp"].map((key) => ({
      key,
      bare: looked.filter((order) => !deliveredCopies(order).some(({ keys }) => keys.includes(key))),
    }));
    const [worst] = places.toSorted((a, b) => b.bare.length - a.bare.length);
    const bare = worst?.bare ?? [];
    const share = 1 - bare.length / looked.length;
    // Countries without postcodes and digital goods without an address: one of the three may be missing, not all.
    const isPlaceless =
      places.filter((each) => isBelow(1 - each.bare.length / looked.length, 0.9, isOpen)).length >= 2;
    if (!isPlaceless) return HOLDS;
    return failsFor(bare, { severity: "medium", certainty: "proven", values: { share } });
  },
};
