import { currencyDecimals } from "../../conversions/purchase/money.ts";
import type { Money } from "../../quality/sum-tallies.ts";
import { csvLine, type CsvCell } from "../../quality/write-csv.ts";
import type { ReconciledDay } from "./reconcile-days.ts";
import type { Reconciliation } from "./read-reconciliation.server.ts";

/** Codes that never change, for programs. An amount stands beside its currency; of several currencies the first. */
const HEAD = [
  "day",
  "shopify_orders",
  "shopify_amount",
  "shopify_currency",
  "taken_in_orders",
  "taken_in_amount",
  "taken_in_currency",
  "dataset",
  "sent_orders",
  "sent_amount",
  "sent_currency",
  "skipped_orders",
  "skipped_reasons",
  "open_orders",
  "failed_orders",
  "before_dataset_orders",
  "meta_received_browser",
  "meta_received_server",
  "meta_received_total",
  "stands_out",
] as const;

/** The table of the page as a file, a day a line. */
export function writeReconciliationCsv({ days, datasets, dataset }: Reconciliation): string {
  const id = datasets.find((each) => each.id === dataset)?.datasetId ?? null;
  return csvLine(HEAD) + days.map((day) => csvLine(cellsOf(day, id))).join("");
}

function cellsOf(day: ReconciledDay, dataset: string | null): readonly CsvCell[] {
  const skipped = day.skipped.reduce((all, { count }) => all + count, 0);
  return [
    day.day,
    day.shopify?.orders ?? null,
    ...moneyCells(day.shopify?.worth ?? undefined),
    day.taken.count,
    ...moneyCells(day.taken.worth[0]),
    dataset,
    day.sent.count,
    ...moneyCells(day.sent.worth[0]),
    skipped,
    day.skipped.map(({ reason, count }) => `${reason} ${count}`).join(" "),
    day.open,
    day.failed,
    day.before,
    day.received?.browser ?? null,
    day.received?.server ?? null,
    day.received?.total ?? null,
    day.odd.map(({ kind }) => kind).join(" "),
  ];
}

function moneyCells(money: Money | undefined): readonly [CsvCell, CsvCell] {
  if (!money) return [null, null];
  return [{ amount: money.amount, decimals: currencyDecimals(money.currency) }, money.currency];
}
