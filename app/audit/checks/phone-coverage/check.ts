import { compareWithUsual, hasFallen } from "../../baseline.ts";
import { type Check, fails, failsFor, HOLDS, isAbove, notKnown } from "../../check.ts";
import { type AuditedOrder } from "../../facts/audited-order.ts";
import { FEWEST_ORDERS, realOrders } from "../../facts/choose-orders.ts";
import { keyShare } from "../../facts/sum-days.ts";

/** Orders of a country whose phone number was there and could not be read, where they are many. */
function unreadable(orders: readonly AuditedOrder[], isOpen: boolean): readonly AuditedOrder[] {
  const byCountry = Map.groupBy(
    orders.filter(({ country, dropped }) => country !== null && dropped !== null),
    ({ country }) => country,
  );
  return [...byCountry.values()].flatMap((group) => {
    const bad = group.filter(({ dropped }) =>
      dropped?.some(({ key, reason }) => key === "ph" && reason !== "empty"),
    );
    return group.length >= FEWEST_ORDERS && isAbove(bad.length / group.length, 0.05, isOpen) ? bad : [];
  });
}

/** Phone numbers: fewer than usual, or not readable as E.164. */
export const phoneCoverage: Check = {
  code: "phoneCoverage",
  area: "identity",
  severity: "medium",
  source: "Tandem",
  threshold:
    "the share of orders with a phone number 10 points below the store's usual, or more than 5 % of at least 30 orders of one country with a number that cannot be read",
  fromFiles: false,
  mend: { url: "/app/events", name: "audit.mend.events" },
  judge: ({ orders, days }, isOpen) => {
    const looked = realOrders(orders.list);
    const bad = unreadable(looked, isOpen);
    if (bad.length > 0) {
      const countries = [...new Set(bad.map(({ country }) => country ?? ""))].sort().join(", ");
      return failsFor(bad, {
        severity: "medium",
        certainty: "proven",
        values: { countries, reason: "unreadable" },
      });
    }
    const usual = compareWithUsual(days, keyShare("ph"));
    if (!usual) return looked.length < FEWEST_ORDERS ? notKnown("too_few") : HOLDS;
    if (!hasFallen(usual, 0.1, isOpen)) return HOLDS;
    return fails({
      severity: "medium",
      certainty: "likely",
      since: usual.from,
      orders: usual.counted.all - usual.counted.part,
      values: { count: usual.counted.all - usual.counted.part, countries: "–" },
    });
  },
};
