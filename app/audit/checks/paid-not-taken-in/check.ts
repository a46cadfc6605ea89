import { type Check, addWorth, fails, HOLDS, notKnown } from "../../check.ts";
import { daysAtShopify, isCounted, type DayAtShopify } from "../../reconcile/days-at-shopify.ts";
import { findMissingOrders } from "../../reconcile/find-missing-orders.ts";

/** Of a large store's orders, which are counted by the day of the order: more than this is no late payment. */
const LARGE = { share: 0.01, fewest: 3 };
const MOST_SHOWN = 5;

/** Orders that Shopify says are paid and that never came here, by webhook or by sweep. */
export const paidNotTakenIn: Check = {
  code: "paidNotTakenIn",
  area: "money",
  severity: "critical",
  source: "Tandem",
  threshold:
    "any paid order of a day that is over for an hour; of a store that Shopify counts by the day of the order, more than 1 % and at least 3 orders of the month",
  fromFiles: false,
  mend: { url: "/app/audit/orders", name: "audit.mend.orders" },
  judge: (facts, isOpen) => {
    const days = daysAtShopify(facts);
    if (days === null || days.length === 0) return notKnown(facts.store ? "not_asked" : "not_in_files");
    const paid = days.reduce((all, { shopify }) => all + shopify.orders, 0);
    const missing = isCounted(days) ? missingInAll(days, isOpen) : missingByDay(days);
    const count = missing.reduce((all, { orders }) => all + orders, 0);
    if (count === 0) return HOLDS;
    return fails({
      severity: count >= paid * 0.01 ? "critical" : "high",
      certainty: isCounted(days) ? "likely" : "proven",
      since: missing[0]?.day ?? null,
      orders: count,
      worth: addWorth(
        missing.flatMap(({ shopify, orders }) =>
          shopify.worth
            ? [{ ...shopify.worth, amount: (shopify.worth.amount * orders) / shopify.orders }]
            : [],
        ),
      ),
      values: { count, share: paid === 0 ? 0 : count / paid },
      // By the day of the order single days say nothing.
      evidence: (isCounted(days) ? [] : missing)
        .toReversed()
        .slice(0, MOST_SHOWN)
        .map(({ day, shopify, taken }) => ({
          text: "audit.evidence.missingDay",
          values: { day, shopify: shopify.orders, taken: taken.count },
          url: "/app/audit/orders",
        })),
    });
  },
};

type Missing = DayAtShopify & { readonly orders: number };

function missingByDay(days: readonly DayAtShopify[]): readonly Missing[] {
  const missing = findMissingOrders(
    days.map(({ shopify, taken }) => ({ shopify: shopify.orders, taken: taken.count })),
  );
  return days
    .map((day, index) => ({ ...day, orders: missing[index] ?? 0 }))
    .filter(({ orders }) => orders > 0);
}

/** Late payments count on other days here than there, and even out over the month. */
function missingInAll(days: readonly DayAtShopify[], isOpen: boolean): readonly Missing[] {
  const [first] = days;
  const paid = days.reduce((all, { shopify }) => all + shopify.orders, 0);
  const orders = paid - days.reduce((all, { taken }) => all + taken.count, 0);
  const share = isOpen ? LARGE.share * 0.75 : LARGE.share;
  return first && orders >= LARGE.fewest && orders > paid * share ? [{ ...first, orders }] : [];
}
