import type { TallyRow } from "./read-tallies.server.ts";
import { grouped, total } from "./sum-tallies.ts";

export interface ErrorRate {
  readonly attempts: number;
  readonly failedAttempts: number;
  /** failed / all attempts, 0 to 1; null with too few of them to say. */
  readonly attemptShare: number | null;
  readonly failedDeliveries: number;
  /** Deliveries that Meta took or that failed for good. */
  readonly settled: number;
  /** failed / settled deliveries, 0 to 1; null with too few of them to say. */
  readonly deliveryShare: number | null;
  readonly causes: readonly { readonly class: string; readonly count: number }[];
  readonly byDay: readonly { readonly day: string; readonly attempts: number; readonly failed: number }[];
}

/** Fewer requests than that have no rate: one failure of three is not "33 %". */
export const FEWEST_REQUESTS = 20;

/** Above this share of failures something is wrong that does not pass by itself. */
export const ERROR_THRESHOLD = 0.02;

export function rateErrors(
  rows: readonly TallyRow[],
  datasetId: bigint | null,
  days: readonly string[],
): ErrorRate {
  const attempts = rows.filter((row) => row.metric === "attempt" && row.datasetId === datasetId);
  const failed = attempts.filter((row) => row.label !== "ok");
  const deliveries = rows.filter((row) => row.metric === "delivery" && row.datasetId === datasetId);
  const dead = total(deliveries.filter((row) => row.label === "dead")).count;
  const settled = dead + total(deliveries.filter((row) => row.label === "delivered")).count;
  const all = total(attempts).count;
  const byDay = grouped(attempts, (row) => row.day);
  return {
    attempts: all,
    failedAttempts: total(failed).count,
    attemptShare: all < FEWEST_REQUESTS ? null : total(failed).count / all,
    failedDeliveries: dead,
    settled,
    deliveryShare: settled < FEWEST_REQUESTS ? null : dead / settled,
    causes: [...grouped(failed, (row) => row.label)]
      .map(([errorClass, group]) => ({ class: errorClass, count: total(group).count }))
      .sort((a, b) => b.count - a.count),
    byDay: days.map((day) => {
      const group = byDay.get(day) ?? [];
      return {
        day,
        attempts: total(group).count,
        failed: total(group.filter((row) => row.label !== "ok")).count,
      };
    }),
  };
}
