/**
 * The address of an order in Shopify's admin; a link to it opens in the top window, because the app stands in a frame.
 *
 * @param shop "name.myshopify.com"
 * @param orderId Shopify's ID, digits
 */
export function orderInAdmin(shop: string, orderId: string): string {
  return `https://${shop}/admin/orders/${encodeURIComponent(orderId)}`;
}
