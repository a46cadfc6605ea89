/**
 * Whether an order in the webhook's shape is a sale, by its `financial_status`.
 *
 * Money has come in for `paid` and `partially_refunded`; for `pending`, `authorized`, `partially_paid`, `expired` and
 * `voided` it has not, and of a `refunded` order nothing is left to report. An order without the field is believed to be
 * what its topic says: a subscription can leave fields out. A status that Shopify adds later is not a sale until it is
 * listed here; the sweep asks Shopify for paid orders by itself (docs/decisions/0672).
 *
 * Values: shopify.dev, REST Order resource, `financial_status`.
 */
export function isSale(financialStatus: unknown): boolean {
  if (typeof financialStatus !== "string") return true;
  return SALES.includes(financialStatus.trim().toLowerCase());
}

const SALES: readonly string[] = ["paid", "partially_refunded"];
