/**
 * What an order's tags say of a subscription. Subscription apps tag the orders that they make; merchants can change the
 * tags, so they are read by their words and not by their exact spelling:
 *
 *   Recharge, Skio, Seal  "Subscription First Order", "Subscription Recurring Order", "Subscription Order: 3"
 *   Appstle               "appstle_subscription_first_order", "appstle_subscription_recurring_order"
 *   Kaching               "Kaching Subscription First Order"
 *   Bold and others       "recurring_order", "subscription-renewal", "Subscription New Order"
 *
 * Sources: Recharge's and Skio's help pages on order tags, Appstle's reference of metafields and tags.
 */
export type SubscriptionTag = "first" | "recurring";

/** What is bought again: with one of these beside it, "recurring" or "renewal" speaks of the order itself. */
const THINGS = words(
  "subscription subscriptions order orders purchase payment charge billing membership delivery",
);
const SUBSCRIPTION = words("subscription subscriptions");
const RECURRING = words("recurring recurrent renewal renewed rebill rebilling rebilled");
/** "Repeat order" alone is what merchants call a customer who came back by themselves. */
const REPEAT = words("repeat repeated");
const FIRST = words("first initial new");
/** "Not recurring", "renewal reminder sent", "recurring order cancelled": the tag speaks of something else. */
const OTHER_MATTERS = words(
  "no not non never cancelled canceled cancel failed reminder offer eligible discount customer customers upcoming next",
);

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}

/** Pure; undefined = the tag says nothing of a subscription's first or later order. */
export function readSubscriptionTag(tag: string): SubscriptionTag | undefined {
  const parts = wordsOf(tag);
  const has = (set: ReadonlySet<string>) => parts.some((part) => set.has(part));
  if (parts.length === 0 || has(OTHER_MATTERS)) return undefined;
  const cycle = cycleOf(parts);
  if (cycle !== undefined) return cycle <= 1 ? "first" : "recurring";
  if (has(FIRST) && (has(SUBSCRIPTION) || has(RECURRING))) return "first";
  const isRecurring = has(RECURRING) && (has(THINGS) || parts.length === 1);
  return isRecurring || (has(REPEAT) && has(SUBSCRIPTION)) ? "recurring" : undefined;
}

/** "Subscription Order: 3": the number of the order in its subscription. */
function cycleOf(parts: readonly string[]): number | undefined {
  const [first, second, number, ...more] = parts;
  const isCycle = first === "subscription" && second === "order" && number !== undefined && more.length === 0;
  return isCycle && /^\d{1,4}$/.test(number) ? Number(number) : undefined;
}

/** Lower case, split at everything that is no letter or digit and where "camelCase" rises. */
function wordsOf(tag: string): readonly string[] {
  return tag
    .slice(0, LONGEST_TAG)
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== "");
}

/** Longer than any tag that Shopify takes (40 characters on orders, 255 elsewhere). */
const LONGEST_TAG = 255;
