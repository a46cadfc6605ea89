import type { TakeInOrder } from "../intake/order-arrival.ts";
import { LRUCache } from "lru-cache";

import { addressKeys } from "../platform/http/client-address.ts";
import { atMost } from "../platform/process/at-most.ts";
import type { Clock } from "../platform/process/clock.ts";
import type { Log } from "../platform/process/log.server.ts";
import type { CallAdmin } from "../stores/shopify/call-admin.server.ts";
import { readOrder, readOrderStatus, type OrderStatus } from "../stores/shopify/read-order.server.ts";
import { hashCheckoutToken, isSameHash } from "../conversions/order/checkout-token.ts";
import { createTokenBuckets } from "./token-buckets.ts";

export interface LookupRequest {
  readonly storeId: bigint;
  readonly shop: string;
  readonly orderId: string | undefined;
  readonly checkoutToken: string;
  readonly tokenHash: string;
  /** The asker's address, for the limit on askers. */
  readonly address: string;
}

/**
 * `nothing`: no such order, another checkout's, or Shopify could not be asked; the asker learns no more than from silence.
 */
export type Lookup =
  { readonly kind: "taken_in" | "awaiting_payment"; readonly orderId: string } | { readonly kind: "nothing" };

export type LookUpOrder = (request: LookupRequest) => Promise<Lookup>;

/**
 * What a store's budget at Shopify (100 points a second at least) may pay for questions that anybody can ask: one point
 * each, so 2 % of it. The order itself, dozens of points, is read only for who has its checkout token.
 */
const PER_STORE = { burst: 20, perSecond: 2 };
const PER_ADDRESS = { burst: 10, perSecond: 0.2 };
const AT_ONCE_PER_STORE = 4;
/** The same order is asked for once in this time, whoever asks. Milliseconds. */
const FRESH_MS = 3_000;

/** The way round a slow webhook: asks Shopify itself, within bounds that an outsider cannot drain. */
export function createLookUpOrder(deps: {
  readonly callAdmin: CallAdmin;
  readonly takeInOrder: TakeInOrder;
  readonly clock: Clock;
  readonly log: Log;
}): LookUpOrder {
  const stores = createTokenBuckets(PER_STORE, deps.clock);
  const addresses = createTokenBuckets(PER_ADDRESS, deps.clock);
  const statuses = new LRUCache<string, Promise<OrderStatus>>({ ...atMost(5_000), ttl: FRESH_MS });
  const takingIn = new Map<string, Promise<boolean>>();
  const underWay = new Map<bigint, number>();

  const askStatus = async (request: LookupRequest): Promise<OrderStatus | undefined> => {
    const running = underWay.get(request.storeId) ?? 0;
    if (running >= AT_ONCE_PER_STORE) return undefined;
    if (addresses.take(addressKeys(request.address).host) > 0 || stores.take(request.shop) > 0)
      return undefined;
    underWay.set(request.storeId, running + 1);
    try {
      return await readOrderStatus(deps.callAdmin, request.shop, request);
    } finally {
      const left = (underWay.get(request.storeId) ?? 1) - 1;
      if (left > 0) underWay.set(request.storeId, left);
      else underWay.delete(request.storeId);
    }
  };

  const statusOf = async (request: LookupRequest): Promise<OrderStatus | undefined> => {
    const key = `${request.storeId}:${request.orderId ?? request.tokenHash}`;
    const known = statuses.get(key);
    if (known) return known;
    const asked = askStatus(request);
    statuses.set(
      key,
      asked.then((status) => status ?? { kind: "failed", problem: "throttled" }),
    );
    return asked;
  };

  const takeIn = (shop: string, orderId: string): Promise<boolean> => {
    const key = `${shop}:${orderId}`;
    const running =
      takingIn.get(key) ?? readAndTakeIn(deps, shop, orderId).finally(() => takingIn.delete(key));
    takingIn.set(key, running);
    return running;
  };

  return async (request) => {
    try {
      const status = await statusOf(request);
      if (status?.kind !== "found") return { kind: "nothing" };
      const { orderId, checkoutToken, isPaid } = status;
      const isBuyer =
        checkoutToken !== null && isSameHash(hashCheckoutToken(checkoutToken), request.tokenHash);
      if (!isBuyer) return { kind: "nothing" };
      if (!isPaid) return { kind: "awaiting_payment", orderId };
      return (await takeIn(request.shop, orderId)) ? { kind: "taken_in", orderId } : { kind: "nothing" };
    } catch (error) {
      deps.log.warn({ err: error, shop: request.shop }, "an order could not be looked up for its browser");
      return { kind: "nothing" };
    }
  };
}

async function readAndTakeIn(
  deps: { readonly callAdmin: CallAdmin; readonly takeInOrder: TakeInOrder; readonly log: Log },
  shop: string,
  orderId: string,
): Promise<boolean> {
  const reading = await readOrder(deps.callAdmin, shop, orderId);
  if (reading.kind === "failed" || reading.kind === "unreadable")
    deps.log.warn(
      { shop, problem: reading.kind === "failed" ? reading.problem : reading.kind, message: reading.message },
      "a paid order could not be read for its browser",
    );
  if (reading.kind !== "order" || !reading.isPaid) return false;
  await deps.takeInOrder({ shop, order: reading.order, via: "lookup" });
  return true;
}
