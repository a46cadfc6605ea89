import { HOLDS, NOT_APPLICABLE, fails, notKnown } from "../../check.ts";
import { compareReceived, expectReceived } from "../../reconcile/compare-received.ts";
import { PURCHASE } from "../file-event.ts";
import type { MatchedOrder } from "../match-files.ts";
import { anyOrder, manyOrders, NEEDS_EVENTS, sales, type FileCheck } from "./file-check.ts";

/** Two clocks, and a minute that a payment takes. */
const MINUTES_EARLY = 10;

/** A purchase that was told before its money came: it may never come, and counts again when it does. */
export const sentBeforePayment: FileCheck = {
  code: "sentBeforePayment",
  threshold: `any purchase of an order that is not paid, or more than ${MINUTES_EARLY} minutes before its payment`,
  judge: (files) => {
    if (files.purchases === 0) return NEEDS_EVENTS;
    const bad = files.orders.filter(
      ({ order, events }) =>
        !order.isTest &&
        events.length > 0 &&
        (!order.isPaid ||
          (order.paidAt !== null &&
            events.some(({ at }) => at !== null && at < (order.paidAt ?? 0) - MINUTES_EARLY * 60_000))),
    );
    return anyOrder(bad, {
      severity: "high",
      certainty: "proven",
      values: { unpaid: bad.filter(({ order }) => !order.isPaid).length },
    });
  },
};

/** Events whose value is nothing that the order says. */
export const amountDiffers: FileCheck = {
  code: "amountDiffers",
  threshold:
    "more than 5 % of at least 30 orders, and at least 3, whose event states neither the total nor the subtotal, with or without tax and shipping (1 % either way)",
  judge: (files) => {
    if (files.purchases === 0) return NEEDS_EVENTS;
    const looked = sales(files).filter(({ order, events }) => statedAlike(order, events).length > 0);
    const bad = looked.filter(({ order, events }) =>
      statedAlike(order, events).some(
        (value) =>
          !order.amounts.some((amount) => Math.abs(amount - value) <= Math.abs(amount) * 0.01 + 0.005),
      ),
    );
    return manyOrders(looked, bad, { share: 0.05, severity: "high" });
  },
};

/** Values that are stated in the order's currency. */
function statedAlike(order: MatchedOrder["order"], events: MatchedOrder["events"]): readonly number[] {
  return events.flatMap(({ value, currency }) =>
    value !== null && (currency === null || currency === order.currency) && order.amounts.length > 0
      ? [value]
      : [],
  );
}

/** Events in a currency that is not the order's. */
export const currencyDiffers: FileCheck = {
  code: "currencyDiffers",
  threshold: "more than 1 % of at least 30 orders, and at least 3, whose event states another currency",
  judge: (files) => {
    if (files.purchases === 0) return NEEDS_EVENTS;
    const looked = sales(files).filter(
      ({ order, events }) => order.currency !== null && events.some(({ currency }) => currency !== null),
    );
    const bad = looked.filter(({ order, events }) =>
      events.some(({ currency }) => currency !== null && currency !== order.currency),
    );
    return manyOrders(looked, bad, { share: 0.01, severity: "high" });
  },
};

/** Orders that nobody bought, and events with a test code: Meta counts both. */
export const testSent: FileCheck = {
  code: "testSent",
  threshold: "any test order with a purchase, or any purchase with a test event code",
  judge: ({ orders, purchases, tests }) => {
    if (purchases === 0) return NEEDS_EVENTS;
    const bad = orders.filter(({ order, events }) => order.isTest && events.length > 0);
    if (bad.length > 0)
      return anyOrder(bad, { severity: "medium", certainty: "proven", values: { codes: tests } });
    return tests === 0
      ? HOLDS
      : fails({ severity: "medium", certainty: "proven", values: { count: 0, codes: tests } });
  },
};

/** A file of totals: no event can be compared, but their number can. */
export const totalsDiffer: FileCheck = {
  code: "totalsDiffer",
  threshold:
    "more than 15 % and at least 3 purchases apart from the paid orders of at least 3 days that both files cover",
  judge: (files) => {
    const { orderDays } = files;
    const days = files.received.filter(
      ({ day, eventName }) =>
        eventName === PURCHASE && orderDays !== null && day > orderDays.from && day < orderDays.to,
    );
    if (!files.hasEvents) return NEEDS_EVENTS;
    // Of single events the other checks say more, and name the orders.
    if (files.purchases > 0) return NOT_APPLICABLE;
    if (days.length < 3) return notKnown("too_few");
    const covered = new Set(days.map(({ day }) => day));
    const paid = sales(files).filter(({ order }) => covered.has(order.day)).length;
    const sum = days
      .map((each) => expectReceived(each, { delivered: 0, browser: 0 }).received)
      .reduce((all, each) => all + each, 0);
    const isOneWay = days.every(({ server }) => server !== null);
    const compared = { received: sum, least: paid, most: isOneWay ? paid : 2 * paid };
    const way = compareReceived(compared, 0.15);
    if (way === null) return HOLDS;
    return fails({
      severity: "high",
      certainty: "likely",
      since: days[0]?.day ?? null,
      values: { received: sum, paid },
    });
  },
};
