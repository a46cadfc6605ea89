import type { TallyRow } from "../../quality/read-tallies.server.ts";
import { TEST_ORDERS } from "../../quality/orders-accounted.ts";
import { grouped, total } from "../../quality/sum-tallies.ts";
import type { AuditedDatasetDay, AuditedDay } from "./audit-facts.ts";

const SKIPPED = "skipped:";
const PAIRINGS = ["paired", "server_only", "browser_only", "mismatched", "pending"] as const;

/** A store's counts as the audit reads them, a day each, in the order of `days`. Pure. */
export function daysFromTallies(rows: readonly TallyRow[], days: readonly string[]): readonly AuditedDay[] {
  const byDay = grouped(rows, ({ day }) => day);
  return days.map((day) => dayFrom(day, byDay.get(day) ?? []));
}

function dayFrom(day: string, rows: readonly TallyRow[]): AuditedDay {
  const pairing = (state: string) =>
    total(rows.filter(({ metric, label }) => metric === "pairing" && label === `web:${state}`));
  const [paired, server_only, browser_only, mismatched, pending] = PAIRINGS.map(pairing);
  const none = total([]);
  const ofDatasets = grouped(
    rows.filter(({ datasetId }) => datasetId !== 0n),
    ({ datasetId }) => String(datasetId),
  );
  return {
    day,
    orders: total(rows.filter(({ metric, label }) => metric === "order" && label !== TEST_ORDERS)),
    pairing: {
      paired: paired ?? none,
      server_only: server_only ?? none,
      browser_only: browser_only ?? none,
      mismatched: mismatched ?? none,
      pending: pending ?? none,
    },
    datasets: Object.fromEntries([...ofDatasets].map(([row, group]) => [row, datasetDay(group)])),
  };
}

function datasetDay(rows: readonly TallyRow[]): AuditedDatasetDay {
  const of = (metric: string) => rows.filter((row) => row.metric === metric);
  const deliveries = of("delivery");
  const labelled = (...labels: readonly string[]) =>
    total(deliveries.filter(({ label }) => labels.includes(label)));
  const counts = (metric: string) =>
    Object.fromEntries(
      [...grouped(of(metric), ({ label }) => label)].map(([label, group]) => [label, total(group).count]),
    );
  return {
    delivered: labelled("delivered"),
    open: labelled("open", "held"),
    failed: labelled("dead"),
    skipped: Object.fromEntries(
      [
        ...grouped(
          deliveries.filter(({ label }) => label.startsWith(SKIPPED)),
          ({ label }) => label.slice(SKIPPED.length),
        ),
      ].map(([reason, group]) => [reason, total(group)]),
    ),
    keys: counts("key"),
    requests: counts("attempt"),
  };
}
