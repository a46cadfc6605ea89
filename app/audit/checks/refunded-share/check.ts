import { HOLDS, fails, isAbove, notKnown, type Check } from "../../check.ts";
import { FEWEST_ORDERS } from "../../facts/choose-orders.ts";

/** What was given back within days of the sale, as Shopify's own sums tell it: no fault, and good to know. */
export const refundedShare: Check = {
  code: "refundedShare",
  area: "money",
  severity: "low",
  source: "Tandem",
  threshold:
    "more than 10 % of the sum of at least 30 orders of 30 days given back within the week after the sale",
  fromFiles: false,
  mend: { url: "/app/audit/orders", name: "audit.mend.orders" },
  judge: ({ shopify, store }, isOpen) => {
    if (!store) return notKnown("not_in_files");
    if (shopify === null) return notKnown("not_asked");
    const told = shopify.flatMap(({ day, orders, worth, refunded }) =>
      worth !== null && refunded !== null ? [{ day, orders, worth, refunded }] : [],
    );
    const currency = told[0]?.worth.currency;
    const same = told.filter(({ worth }) => worth.currency === currency);
    if (currency === undefined || same.reduce((all, { orders }) => all + orders, 0) < FEWEST_ORDERS)
      return notKnown("too_few");
    const sold = same.reduce((all, { worth }) => all + worth.amount, 0);
    const refunded = same.reduce((all, each) => all + each.refunded, 0);
    if (sold === 0 || !isAbove(refunded / sold, 0.1, isOpen)) return HOLDS;
    return fails({
      severity: "low",
      certainty: "proven",
      since: same.find((each) => each.refunded > 0)?.day ?? null,
      worth: [{ currency, amount: refunded }],
      values: { share: refunded / sold },
    });
  },
};
