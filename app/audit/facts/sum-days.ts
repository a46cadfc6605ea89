import type { Sum } from "../../quality/sum-tallies.ts";
import { addWorth } from "../check.ts";
import type { AuditedDatasetDay, AuditedDay } from "./audit-facts.ts";

/** The newest days, today included. */
export function lastDays(days: readonly AuditedDay[], count: number): readonly AuditedDay[] {
  return days.slice(-count);
}

export function sumDays(days: readonly AuditedDay[], pick: (day: AuditedDay) => Sum | undefined): Sum {
  const sums = days.map(pick).filter((each) => each !== undefined);
  return {
    count: sums.reduce((all, { count }) => all + count, 0),
    worth: addWorth(sums.flatMap(({ worth }) => worth)),
  };
}

/**
 * What a day counts of orders, each of which goes to every dataset and counts there: the dataset that counts most of them
 * stands for all.
 */
export function mostOfDatasets(
  { datasets }: AuditedDay,
  pick: (dataset: AuditedDatasetDay) => Sum,
): Sum | undefined {
  return Object.values(datasets)
    .map(pick)
    .reduce<Sum | undefined>((most, sum) => (most && most.count >= sum.count ? most : sum), undefined);
}

/** What a day counts of all datasets together. */
function ofDatasets(day: AuditedDay, pick: (dataset: AuditedDatasetDay) => number): number {
  return Object.values(day.datasets).reduce((all, dataset) => all + pick(dataset), 0);
}

/** Delivered events of a day, all datasets together. */
export function deliveredIn(day: AuditedDay): number {
  return ofDatasets(day, ({ delivered }) => delivered.count);
}

/** Delivered events that carried a key, of all of them. */
export function keyShare(key: string): (day: AuditedDay) => { readonly part: number; readonly all: number } {
  return (day) => ({ part: ofDatasets(day, ({ keys }) => keys[key] ?? 0), all: deliveredIn(day) });
}
