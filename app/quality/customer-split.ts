import type { CustomerKind } from "../conversions/model.ts";
import type { TallyRow } from "./read-tallies.server.ts";
import { TEST_ORDERS } from "./orders-accounted.ts";
import { total, without, type Sum } from "./sum-tallies.ts";

/** A period's paid orders by whether their buyer had bought before; the three add up to all of them. */
export interface CustomerSplit {
  readonly all: Sum;
  readonly new: Sum;
  readonly returning: Sum;
  /** Nobody told: neither the buyer's browser nor the order. Not 0 of anything. */
  readonly unknown: Sum;
  /** Of the orders whose buyer's kind is known, the share of new ones, 0 to 1; null while none is known. */
  readonly newShare: number | null;
}

/** @param rows counts of the period */
export function splitCustomers(rows: readonly TallyRow[]): CustomerSplit {
  const all = total(rows.filter((row) => row.metric === "order" && row.label !== TEST_ORDERS));
  const of = (kind: CustomerKind) =>
    total(rows.filter((row) => row.metric === "customer" && row.label === kind));
  const fresh = of("new");
  const returning = of("returning");
  const known = fresh.count + returning.count;
  return {
    all,
    new: fresh,
    returning,
    unknown: without(without(all, fresh), returning),
    newShare: known === 0 ? null : fresh.count / known,
  };
}
