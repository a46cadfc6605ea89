import { without, type Sum } from "../../../quality/sum-tallies.ts";
import { type Check, fails, HOLDS, NOT_APPLICABLE, notKnown } from "../../check.ts";
import type { AuditedDay } from "../../facts/audit-facts.ts";
import { addSums } from "../../facts/add-sums.ts";
import { lastDays } from "../../facts/sum-days.ts";

/** A day of so many orders is not judged by chance. */
const BUSY_DAY = 20;
const MOST_SHOWN = 5;

/** Orders of which Meta has no event and nobody can say why: given up, or never on their way. */
export const ordersUnaccounted: Check = {
  code: "ordersUnaccounted",
  area: "money",
  severity: "critical",
  source: "Elevar",
  threshold:
    "any paid order of 28 days that was neither sent nor left out for a reason; critical where a day of at least 20 orders accounts for fewer than 85 %",
  fromFiles: false,
  mend: { url: "/app/events?status=dead", name: "audit.mend.events" },
  judge: ({ days, datasets, store }) => {
    if (!store) return notKnown("not_in_files");
    const active = datasets.filter(({ state }) => state === "active");
    if (active.length === 0) return NOT_APPLICABLE;
    // The dataset that explains least; the day that it was connected on holds orders from before.
    const found = active
      .map(({ row, connectedAt }) => {
        const after = new Date(connectedAt + 24 * 3_600_000).toISOString().slice(0, 10);
        const looked = lastDays(days, 28).filter(({ day }) => day > after);
        return looked.flatMap((day) => {
          const lost = unaccounted(day, row);
          return lost.count > 0 ? [{ row, day: day.day, lost, paid: day.orders.count }] : [];
        });
      })
      .toSorted((a, b) => countOf(b) - countOf(a));
    const [worst = []] = found;
    const [first] = worst;
    if (!first) return HOLDS;
    const isSerious = worst.some(({ lost, paid }) => paid >= BUSY_DAY && lost.count > paid * 0.15);
    const paid = lastDays(days, 28).reduce((all, { orders }) => all + orders.count, 0);
    const count = countOf(worst);
    return fails({
      severity: isSerious ? "critical" : "medium",
      certainty: "proven",
      since: first.day,
      orders: count,
      worth: addSums(worst.map(({ lost }) => lost)).worth,
      values: { count, share: paid === 0 ? 0 : count / paid },
      evidence: worst
        .toReversed()
        .slice(0, MOST_SHOWN)
        .map(({ row, day, lost, paid: all }) => ({
          text: "audit.evidence.lostDay",
          values: { day, lost: lost.count, paid: all },
          url: `/app/events?from=${day}&to=${day}&status=dead&dataset=${row}`,
        })),
    });
  },
};

type Lost = readonly { readonly lost: Sum }[];

const countOf = (days: Lost): number => addSums(days.map(({ lost }) => lost)).count;

/** Test orders are no sales, but a delivery of theirs may stand among the skipped ones. */
function unaccounted(day: AuditedDay, row: string): Sum {
  const of = day.datasets[row];
  if (!of) return day.orders;
  const skipped = Object.entries(of.skipped).filter(([reason]) => reason !== "test_order");
  return without(day.orders, addSums([of.delivered, of.open, ...skipped.map(([, sum]) => sum)]));
}
