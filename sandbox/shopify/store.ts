import stores from "./seed-stores.json" with { type: "json" };
import { formatMinor } from "./orders/currencies.ts";
import type { OrderPayload } from "./orders/order-shape.ts";
import { storeTime } from "./orders/store-time.ts";

/** What a merchant chose when the store was opened. */
export interface StoreSpec {
  /** Handle and first label of the myshopify domain. */
  readonly handle: string;
  readonly name: string;
  /** ISO 4217. */
  readonly currency: string;
  /** IANA, such as America/Chicago. */
  readonly timezone: string;
  /** IETF tag of the store's own language; each member of the staff reads the admin in their own (`admin/staff-locale.ts`). */
  readonly locale: string;
  /** ISO alpha-2. */
  readonly country: string;
  readonly provinceCode?: string;
  /** What the merchant puts around an order number: "#", "->", "EN". */
  readonly orderPrefix?: string;
  readonly orderSuffix?: string;
  /** `order_number` of the first order. Shopify starts at 1001. */
  readonly firstOrderNumber?: number;
  /** On the plan Shopify Plus; else on Basic. */
  readonly isPlus?: boolean;
}

/** Stores that differ where apps go wrong: currency, time zone, prefix, language, high order numbers. */
export const SEED_STORES: readonly StoreSpec[] = stores;

export interface Installation {
  /** Digits of gid://shopify/AppInstallation/… */
  readonly id: string;
  scopes: string[];
}

export interface Metafield {
  readonly id: string;
  readonly namespace: string;
  readonly key: string;
  type: string;
  value: string;
}

export interface WebPixel {
  readonly id: string;
  settings: Readonly<Record<string, string>>;
  /** `dataSharingState`, which the merchant sets under Settings, Customer events. */
  sharing?: string;
}

/** How money came in; the webhook leaves it out, the Admin API has it. */
export interface Transaction {
  readonly id: string;
  readonly kind: "SALE" | "AUTHORIZATION" | "CAPTURE" | "REFUND";
  readonly status: "SUCCESS" | "PENDING" | "FAILURE";
  readonly gateway: string;
  readonly amount: string;
  readonly processedAt: number;
  readonly createdAt: number;
}

export interface OrderRecord {
  readonly id: string;
  payload: OrderPayload;
  readonly transactions: Transaction[];
  /** Unix milliseconds; what `updated_at` shows as wall clock. */
  createdAt: number;
  updatedAt: number;
  processedAt: number;
}

/** A theme's app embed as the theme editor keeps it. */
export interface EmbedState {
  active: boolean;
}

export interface Store extends StoreSpec {
  readonly id: string;
  readonly domain: string;
  /** What buyers see in the address bar: http://localhost:PORT of the sandbox storefront, once it listens. */
  storefrontUrl: string;
  installation: Installation | undefined;
  /** App-owned metafields of the current installation, by "namespace.key". Gone with the installation. */
  readonly metafields: Map<string, Metafield>;
  webPixel: WebPixel | undefined;
  readonly embed: EmbedState;
  readonly orders: Map<string, OrderRecord>;
  nextNumber: number;
}

/** A store's orders, newest knowledge first: `add` keeps the raw payload, `touch` moves `updated_at`. */
export function openStore(spec: StoreSpec, id: string): Store {
  return {
    ...spec,
    id,
    domain: `${spec.handle}.myshopify.com`,
    storefrontUrl: `https://${spec.handle}.example`,
    installation: undefined,
    metafields: new Map(),
    webPixel: undefined,
    embed: { active: false },
    orders: new Map(),
    nextNumber: spec.firstOrderNumber ?? 1001,
  };
}

/**
 * Files an order under its ID. A paid order without a transaction gets the sale that must have happened.
 *
 * @param paidAt Unix milliseconds; default: when it was placed
 */
export function addOrder(store: Store, payload: OrderPayload, paidAt?: number): OrderRecord {
  const createdAt = Date.parse(payload.created_at);
  const record: OrderRecord = {
    id: payload.id.toString(),
    payload,
    transactions: [],
    createdAt,
    updatedAt: Date.parse(payload.updated_at),
    processedAt: Date.parse(payload.processed_at),
  };
  if (isPaidFor(payload)) {
    // An app that imports orders names no time of payment: its transactions are dated by the import.
    const placedAt = Math.max(record.createdAt, record.processedAt);
    record.transactions.push(saleOf(record, paidAt ?? placedAt));
  }
  store.orders.set(record.id, record);
  return record;
}

/** A fixture of `orders/paid` may leave its status out. */
function isPaidFor(payload: Partial<OrderPayload>): boolean {
  const status = payload.financial_status ?? "paid";
  return status === "paid" || status === "partially_refunded";
}

function saleOf(record: OrderRecord, at: number): Transaction {
  return {
    id: `7${record.id.slice(-12)}${record.transactions.length}`,
    kind: "SALE",
    status: "SUCCESS",
    gateway: (record.payload as Partial<OrderPayload>).payment_gateway_names?.[0] ?? "bogus",
    amount: record.payload.total_price,
    processedAt: at,
    createdAt: at,
  };
}

/**
 * Money arrives for an order placed unpaid (bank transfer, cash on delivery, late capture). As in Shopify,
 * `updated_at` moves, `created_at` and `processed_at` stay.
 */
export function markPaid(store: Store, record: OrderRecord, at: number): void {
  record.transactions.push(saleOf(record, at));
  record.updatedAt = at;
  record.payload = {
    ...record.payload,
    financial_status: "paid",
    total_outstanding: formatMinor(0, store.currency),
    updated_at: storeTime(at, store.timezone),
  };
}

/** What Shopify knows of a store, for another start of the sandbox. Access tokens are not part of it. */
export const takeStoreBooks = ({ orders, nextNumber, installation, metafields, webPixel }: Store) => ({
  orders: [...orders.values()] as const,
  nextNumber,
  installation,
  metafields: [...metafields] as const,
  webPixel,
});
export type StoreBooks = Readonly<ReturnType<typeof takeStoreBooks>>;

/** Takes the place of all that the store had. */
export function putStoreBooks(store: Store, { orders, metafields, ...others }: StoreBooks): void {
  store.orders.clear();
  for (const order of orders) store.orders.set(order.id, order);
  store.metafields.clear();
  for (const [key, metafield] of metafields) store.metafields.set(key, metafield);
  Object.assign(store, others);
}
