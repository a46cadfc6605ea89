/**
 * The audit page in the store's admin.
 *
 * @param shop "name.myshopify.com"
 * @param apiKey the app's client ID
 */
export function auditInAdmin(shop: string, apiKey: string): string {
  return `https://${shop}/admin/apps/${encodeURIComponent(apiKey)}/app/audit`;
}
