/**
 * An order's JSON text with the shop ID of its order status address made the given store's, and nothing else changed: in
 * each of a store's orders that number is the store's (`https://{host}/{shop ID}/orders/{token}/authenticate?key=…`).
 */
export function withOwnShopId(order: string, storeId: string): string {
  return order.replace(
    /("order_status_url":\s*"https?:\/\/[^/"]+\/)\d+(?=\/orders\/)/,
    (_all, before: string) => before + storeId,
  );
}
