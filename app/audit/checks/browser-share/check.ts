import { compareWithUsual, hasFallen } from "../../baseline.ts";
import { type Check, fails, failsFor, HOLDS, notKnown } from "../../check.ts";
import { type AuditedOrder } from "../../facts/audited-order.ts";
import { browserCopies } from "../../facts/browser-copies.ts";
import { webOrders } from "../../facts/choose-orders.ts";

const HOUR_MS = 3_600_000;
const WINDOW_MS = 2 * HOUR_MS;
/** As long as a pairing may take to be decided. */
const UNDECIDED_MS = HOUR_MS;
/** Decided orders of two hours that a store needs to be judged by them; later the orders that are judged together. */
const FEWEST = 20;

const WITH_COPY = ["paired", "mismatched", "browser_only"];
const hasCopy = ({ pairing }: AuditedOrder): boolean => WITH_COPY.includes(pairing);
/** While Meta is away no pairing is decided: that says nothing of browsers. */
const isDecided = (order: AuditedOrder): boolean => hasCopy(order) || order.pairing === "server_only";
const shareOf = (orders: readonly AuditedOrder[]): number => orders.filter(hasCopy).length / orders.length;

/**
 * Of a large store: the orders of the newest two hours that are decided, where their copies have stopped.
 * @param usual share of orders with a copy; undefined where it is not known, then that of the two hours before counts
 */
function stoppedNow(orders: readonly AuditedOrder[], now: number, usual: number | undefined) {
  const within = (from: number, to: number) =>
    orders.filter(({ paidAt }) => paidAt > now - from && paidAt <= now - to);
  const newest = within(UNDECIDED_MS + WINDOW_MS, UNDECIDED_MS);
  const before = within(UNDECIDED_MS + 2 * WINDOW_MS, UNDECIDED_MS + WINDOW_MS);
  const normal = usual ?? (before.length < FEWEST ? 0 : shareOf(before));
  return newest.length >= FEWEST && normal >= 0.5 && shareOf(newest) < normal / 4 ? newest : [];
}

/**
 * What a stop touches while its finding stands: the newest decided orders, twenty by twenty, back to where copies still came.
 * By orders and not by hours, so that no quiet night looks like a mend.
 */
function stillStopped(orders: readonly AuditedOrder[], now: number, usual = 0.5): readonly AuditedOrder[] {
  const decided = orders
    .filter(({ paidAt }) => paidAt <= now - UNDECIDED_MS)
    .toSorted((a, b) => b.paidAt - a.paidAt);
  let end = 0;
  for (; end + FEWEST <= decided.length; end += FEWEST)
    if (shareOf(decided.slice(end, end + FEWEST)) >= usual / 2) break;
  return decided.slice(0, end);
}

/** The browser's copies stay away: a theme without the embed, a paused pixel, a new consent banner. */
export const browserShare: Check = {
  code: "browserShare",
  area: "delivery",
  severity: "high",
  source: "Tandem",
  threshold:
    "the share of online orders with a browser copy 15 points and three spreads below the same weekdays before; or below a quarter of the usual within two hours of at least 20 decided orders, until the newest twenty have half of the usual again",
  fromFiles: false,
  mend: { url: "/app#connections", name: "audit.mend.overview" },
  judge: ({ days, orders, now, store }, isOpen) => {
    if (!store) return notKnown("not_in_files");
    const usual = compareWithUsual(days, browserCopies);
    const decided = webOrders(orders.list).filter(isDecided);
    const stopped = (isOpen ? stillStopped : stoppedNow)(decided, now, usual?.usual);
    if (stopped.length > 0)
      return failsFor(
        stopped.filter((order) => !hasCopy(order)),
        { severity: "high", certainty: "proven", values: { share: shareOf(stopped) } },
      );
    if (!usual) return notKnown("too_few");
    if (!hasFallen(usual, 0.15, isOpen)) return HOLDS;
    const lost = usual.counted.all - usual.counted.part;
    return fails({
      severity: "high",
      certainty: "likely",
      since: usual.from,
      orders: lost,
      values: { share: usual.recent, usualShare: usual.usual, count: lost },
      evidence: [
        {
          text: "audit.evidence.browserShareFell",
          values: { share: usual.recent, usualShare: usual.usual },
        },
        {
          text: "audit.evidence.unpaired",
          values: { lost },
          url: `/app/events?pairing=server_only&from=${usual.from}`,
        },
      ],
    });
  },
};
