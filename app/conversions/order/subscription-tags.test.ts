import { expect, test } from "vitest";
import { readSubscriptionTag } from "./subscription-tags.ts";

test.each([
  // Recharge, Skio: their help pages on order tags.
  ["Subscription Recurring Order", "recurring"],
  ["subscription recurring order", "recurring"],
  ["  SUBSCRIPTION   RECURRING ORDER ", "recurring"],
  ["Subscription First Order", "first"],
  ["Subscription", undefined],
  ["Subscription Order: 1", "first"],
  ["Subscription Order: 3", "recurring"],
  // Appstle's defaults, Kaching, and what others and merchants make of them.
  ["appstle_subscription_recurring_order", "recurring"],
  ["appstle_subscription_first_order", "first"],
  ["appstle_subscription_recurring_order_1042", "recurring"],
  ["manual_subscription_recurring_order", "recurring"],
  ["Kaching Subscription First Order", "first"],
  ["Subscription New Order", "first"],
  ["recurring_order", "recurring"],
  ["Recurring Order", "recurring"],
  ["recurring", "recurring"],
  ["subscription-renewal", "recurring"],
  ["Renewal Order", "recurring"],
  ["Membership Renewal", "recurring"],
  ["SubscriptionRecurringOrder", "recurring"],
  ["Subscription – Recurring", "recurring"],
  ["First Recurring Order", "first"],
  ["initial-subscription-order", "first"],
  ["Repeat subscription order", "recurring"],
  // These speak of something else.
  ["repeat customer", undefined],
  ["Repeat Order", undefined],
  ["first order", undefined],
  ["Recurring customer", undefined],
  ["non-recurring order", undefined],
  ["Recurring order cancelled", undefined],
  ["Next renewal order", undefined],
  ["renewal discount", undefined],
  ["Subscription Order: VIP", undefined],
  ["wholesale", undefined],
  ["", undefined],
  ["🎁", undefined],
])("%j → %s", (tag, expected) => {
  expect(readSubscriptionTag(tag)).toBe(expected);
});
