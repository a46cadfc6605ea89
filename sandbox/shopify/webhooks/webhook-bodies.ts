import { writeJson } from "../orders/order-json.ts";
import type { OrderRecord, Store } from "../store.ts";

/** The shop resource that app/uninstalled carries, as far as apps read it. `domain` is what buyers see. */
export const uninstalledBody = (store: Store): string =>
  writeJson({
    id: BigInt(store.id),
    name: store.name,
    email: `owner@${store.handle}.example`,
    domain: new URL(store.storefrontUrl).hostname,
    myshopify_domain: store.domain,
    country: store.country,
    country_code: store.country,
    currency: store.currency,
    iana_timezone: store.timezone,
    plan_name: store.isPlus ? "plus" : "basic",
  });

/** shopify.dev changelogs of 1 October 2024 (the payload) and 27 June 2025 (`shop_id`, since version 2025-07). */
export const scopesUpdateBody = (store: Store, previous: readonly string[], now: number): string =>
  writeJson({
    id: BigInt(store.installation?.id ?? 0),
    shop_id: BigInt(store.id),
    previous,
    current: store.installation?.scopes ?? [],
    updated_at: new Date(now).toISOString(),
  });

export interface PrivacyCustomer {
  readonly id?: string;
  readonly email?: string;
  readonly phone?: string;
}

const shopPart = (store: Store) => ({ shop_id: BigInt(store.id), shop_domain: store.domain });
/** What is not known of a customer is left out (writeJson drops undefined). */
const customerPart = ({ id, email, phone }: PrivacyCustomer) => ({
  id: id === undefined ? undefined : BigInt(id),
  email,
  phone,
});

export const dataRequestBody = (
  store: Store,
  who: PrivacyCustomer,
  orders: readonly string[],
  requestId: string,
) =>
  writeJson({
    ...shopPart(store),
    orders_requested: orders.map(BigInt),
    customer: customerPart(who),
    data_request: { id: BigInt(requestId) },
  });

export const customerRedactBody = (store: Store, who: PrivacyCustomer, orders: readonly string[]) =>
  writeJson({ ...shopPart(store), customer: customerPart(who), orders_to_redact: orders.map(BigInt) });

export const shopRedactBody = (store: Store): string => writeJson(shopPart(store));

/** Who bought an order and which other orders in the store are theirs. */
export function customerOfOrder(store: Store, record: OrderRecord) {
  const { customer, email, phone } = record.payload;
  const orders = [...store.orders.values()]
    .filter((other) => other === record || (customer !== null && other.payload.customer?.id === customer.id))
    .map((other) => other.id);
  const who: PrivacyCustomer = {
    ...(customer ? { id: customer.id.toString() } : {}),
    email,
    ...(phone === null ? {} : { phone }),
  };
  return { customer: who, orders };
}
