import { type Check, fails, HOLDS, isAbove, notKnown } from "../../check.ts";
import { FEWEST_ORDERS } from "../../facts/choose-orders.ts";
import { daysAtShopify, isCounted } from "../../reconcile/days-at-shopify.ts";

const MOST_SHOWN = 5;

/** Days on which both sides have the same orders and other sums. */
export const sumDiffers: Check = {
  code: "sumDiffers",
  area: "money",
  severity: "high",
  source: "Tandem",
  threshold:
    "more than 1 % of the sum of at least 30 orders, on days on which Shopify and Tandem count the same orders",
  fromFiles: false,
  mend: { url: "/app/audit/orders", name: "audit.mend.orders" },
  judge: (facts, isOpen) => {
    const days = daysAtShopify(facts);
    if (days === null || days.length === 0) return notKnown(facts.store ? "not_asked" : "not_in_files");
    if (isCounted(days)) return notKnown("not_told");
    const currency = days.findLast(({ shopify }) => shopify.worth)?.shopify.worth?.currency;
    const looked = days.flatMap(({ day, shopify, taken }) => {
      const [ours, ...others] = taken.worth;
      const isSame = shopify.orders === taken.count && others.length === 0;
      if (!isSame || !ours || shopify.worth?.currency !== currency || ours.currency !== currency) return [];
      return [{ day, orders: taken.count, theirs: shopify.worth?.amount ?? 0, ours: ours.amount }];
    });
    if (looked.reduce((all, { orders }) => all + orders, 0) < FEWEST_ORDERS) return notKnown("too_few");
    const sum = (pick: (day: (typeof looked)[number]) => number) =>
      looked.reduce((all, day) => all + pick(day), 0);
    const theirs = sum((day) => day.theirs);
    // Per day, so that too much on one day does not hide too little on another.
    const apart = sum((day) => Math.abs(day.theirs - day.ours));
    if (theirs === 0 || !isAbove(apart / theirs, 0.01, isOpen)) return HOLDS;
    const bad = looked.filter((day) => isAbove(Math.abs(day.theirs - day.ours) / day.theirs, 0.01, isOpen));
    return fails({
      severity: "high",
      certainty: "proven",
      since: bad[0]?.day ?? null,
      worth: currency === undefined ? [] : [{ currency, amount: apart }],
      values: { share: apart / theirs, count: bad.length },
      evidence: bad
        .toReversed()
        .slice(0, MOST_SHOWN)
        .map((each) => ({
          text: "audit.evidence.sumDay",
          values: {
            day: each.day,
            theirs: each.theirs.toFixed(2),
            ours: each.ours.toFixed(2),
            currency: currency ?? "",
          },
          url: "/app/audit/orders",
        })),
    });
  },
};
