import type { OrderFacts } from "../conversions/order/order-facts.ts";

/** A paid order as it comes in, whoever brings it. */
export interface OrderArrival {
  readonly shop: string;
  /** The numeric shop ID that the order itself names; must be the store's. Absent where nothing names it. */
  readonly shopId?: string;
  readonly order: OrderFacts;
  readonly via: "webhook" | "sweep" | "lookup";
  /** How long its sender has waited before it was handed over here. Milliseconds; default 0. */
  readonly waitedMs?: number;
}

/** Names an order among those of a group. */
export function orderKey(storeId: bigint, orderId: string): string {
  return `${storeId}:${orderId}`;
}

export type IntakeOutcome =
  | { readonly kind: "stored"; readonly conversionId: bigint }
  | { readonly kind: "repeated" }
  | { readonly kind: "ignored"; readonly reason: "unknown_store" | "uninstalled_store" | "another_shop" }
  /** It will be refused again: its values do not fit, or our own mapping fails on it. */
  | { readonly kind: "refused"; readonly reason: RefusedOrderReason; readonly cause?: unknown };

export type RefusedOrderReason = "not_storable" | "not_mappable";

/** Takes an order in; the same order again, from wherever, is the same conversion. */
export type TakeInOrder = (arrival: OrderArrival) => Promise<IntakeOutcome>;
