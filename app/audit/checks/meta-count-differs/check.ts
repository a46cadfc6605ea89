import { purchase } from "../../../../extensions/contract/events/purchase.ts";
import { type Check, fails, HOLDS, notKnown } from "../../check.ts";
import type { AuditFacts } from "../../facts/audit-facts.ts";
import { compareReceived, expectReceived } from "../../reconcile/compare-received.ts";

/** Fewer days say nothing: an export may begin and end within one. */
const FEWEST_DAYS = 3;
const USUAL = 0.15;
/** Twice as many: somebody else sends the same sales. */
const SECOND_SENDER = 1;

/** What Meta says that it received, against what Tandem delivered. */
export const metaCountDiffers: Check = {
  code: "metaCountDiffers",
  area: "money",
  severity: "high",
  source: "Attribuly, Dishmon",
  threshold:
    "more than 15 % and at least 3 events apart over at least 3 days of an uploaded export; critical where Meta received twice as many",
  fromFiles: false,
  mend: { url: "/app/audit/orders", name: "audit.mend.orders" },
  judge: (facts, isOpen) => {
    if (facts.received === null) return notKnown(facts.store ? "not_told" : "not_in_files");
    const found = facts.datasets.flatMap((dataset) => {
      const days = comparedDays(facts, dataset);
      if (days.length < FEWEST_DAYS) return [];
      const sum = (pick: (day: (typeof days)[number]) => number) =>
        days.reduce((all, day) => all + pick(day), 0);
      const all = {
        received: sum(({ received }) => received),
        least: sum(({ least }) => least),
        most: sum(({ most }) => most),
      };
      const way = compareReceived(all, isOpen ? USUAL * 0.75 : USUAL);
      return [{ way, ...all, since: days.map(({ day }) => day).toSorted()[0] ?? null }];
    });
    if (found.length === 0) return notKnown("too_few");
    const apart = found.filter(({ way }) => way !== null).toSorted((a, b) => distance(b) - distance(a));
    const [worst] = apart;
    if (!worst) return HOLDS;
    const ours = worst.way === "more" ? worst.most : worst.least;
    return fails({
      severity: worst.received > ours * (1 + SECOND_SENDER) ? "critical" : "high",
      certainty: "likely",
      since: worst.since,
      values: { received: worst.received, ours, share: ours === 0 ? 1 : distance(worst) / ours },
    });
  },
};

type Compared = { readonly received: number; readonly least: number; readonly most: number };

function distance({ received, least, most }: Compared): number {
  return received > most ? received - most : Math.max(0, least - received);
}

/** Days of the file that are over and that Tandem was there for. */
function comparedDays(
  { received, days, today }: AuditFacts,
  dataset: AuditFacts["datasets"][number],
): readonly (Compared & { readonly day: string })[] {
  const ours = new Map(days.map((day) => [day.day, day]));
  return (received ?? [])
    .filter(({ datasetId, eventName, day }) => {
      return datasetId === dataset.datasetId && eventName === purchase.name && day < today;
    })
    .flatMap((each) => {
      const day = ours.get(each.day);
      if (!day) return [];
      const { paired, browser_only: alone, mismatched } = day.pairing;
      const expected = expectReceived(each, {
        delivered: day.datasets[dataset.row]?.delivered.count ?? 0,
        browser: paired.count + alone.count + mismatched.count,
      });
      return [{ day: each.day, ...expected }];
    });
}
