import type { OrdersAccounted } from "./orders-accounted.ts";

/**
 * good: what was left out was meant to be, and is usual; watch: somebody should look; plain: nothing is wrong as far as
 * one can tell from so few orders or so short a history; unknown: no orders.
 */
export type ReachMood = "good" | "watch" | "plain" | "unknown";

/** Why it is not good, worst first; what to say of each stands with the page. */
export type ReachNote =
  | { readonly kind: "no_dataset" }
  | { readonly kind: "failed"; readonly count: number }
  | { readonly kind: "lost"; readonly count: number }
  | { readonly kind: "held"; readonly count: number }
  | { readonly kind: "unusual"; readonly reason: string; readonly now: number; readonly before: number }
  | { readonly kind: "no_history" };

export interface Reach {
  readonly mood: ReachMood;
  readonly sent: number;
  readonly paid: number;
  /** Orders that were not sent and will not be, whatever the reason; failed ones are not among them. */
  readonly leftOut: number;
  readonly parts: readonly { readonly reason: string; readonly count: number }[];
  readonly open: number;
  readonly failed: number;
  readonly note: ReachNote | null;
}

/** Reasons that nobody chose: with such a one a sale was lost for Meta. The others follow from a setting, a choice of the buyer's, or Meta's rule of 48 hours. */
const LOST = ["no_value", "no_time", "refused", "thin_identity", "too_old", "paused", "unknown"];
/** Orders that say nothing about what is usual: no sales, or none of this dataset's. */
const NO_SALES = ["test_order", "before_dataset"];

/** Fewer orders than that have no share worth comparing. */
const FEWEST_ORDERS = 20;
/** More than usual: by this much of all orders, and by this factor. */
const MARGIN = 0.1;
const FACTOR = 1.5;

/**
 * Did every sale reach Meta? Judged by what was left out and whether the store's own period before had as much of it.
 * @param isHeld whether the dataset is stopped, so that what is on its way does not move
 * @param hasDataset false where no dataset is connected
 */
export function judgeReach(
  orders: OrdersAccounted,
  before: OrdersAccounted,
  { isHeld, hasDataset }: { readonly isHeld: boolean; readonly hasDataset: boolean },
): Reach {
  const parts = leftOutOf(orders);
  const leftOut = parts.reduce((sum, each) => sum + each.count, 0);
  const figures = {
    sent: orders.delivered.count,
    paid: orders.paid.count,
    leftOut,
    parts,
    open: orders.open.count,
    failed: orders.failed.count,
  };
  if (figures.paid === 0) return { ...figures, mood: "unknown", note: null };
  const note = noteOf({ orders, before, isHeld, hasDataset, parts });
  const mood = note === null ? "good" : note.kind === "no_history" ? "plain" : "watch";
  return { ...figures, mood, note };
}

function noteOf({
  orders,
  before,
  isHeld,
  hasDataset,
  parts,
}: {
  readonly orders: OrdersAccounted;
  readonly before: OrdersAccounted;
  readonly isHeld: boolean;
  readonly hasDataset: boolean;
  readonly parts: Reach["parts"];
}): ReachNote | null {
  if (!hasDataset) return { kind: "no_dataset" };
  if (orders.failed.count > 0) return { kind: "failed", count: orders.failed.count };
  const lost = parts.filter((each) => LOST.includes(each.reason)).reduce((sum, each) => sum + each.count, 0);
  if (lost > 0) return { kind: "lost", count: lost };
  if (isHeld && orders.open.count > 0) return { kind: "held", count: orders.open.count };
  const chosen = parts.filter((each) => !NO_SALES.includes(each.reason));
  if (chosen.length === 0) return null;
  const [all, allBefore] = [salesOf(orders), salesOf(before)];
  if (all < FEWEST_ORDERS || allBefore < FEWEST_ORDERS) return { kind: "no_history" };
  const partsBefore = leftOutOf(before);
  const unusual = chosen
    .map(({ reason, count }) => ({
      reason,
      now: count / all,
      before: (partsBefore.find((each) => each.reason === reason)?.count ?? 0) / allBefore,
    }))
    .filter((each) => each.now - each.before > MARGIN && each.now > each.before * FACTOR)
    .sort((a, b) => b.now - b.before - (a.now - a.before));
  return unusual[0] ? { kind: "unusual", ...unusual[0] } : null;
}

function leftOutOf(orders: OrdersAccounted): Reach["parts"] {
  return [
    ...orders.skipped.map(({ reason, count }) => ({ reason, count })),
    { reason: "before_dataset", count: orders.beforeDataset.count },
  ].filter((each) => each.count > 0);
}

/** Sales that the dataset was there for. */
function salesOf(orders: OrdersAccounted): number {
  const others = leftOutOf(orders).filter((each) => NO_SALES.includes(each.reason));
  return orders.paid.count - others.reduce((sum, each) => sum + each.count, 0);
}
