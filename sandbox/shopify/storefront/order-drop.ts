import { decimalsOf } from "../orders/currencies.ts";
import type { OrderRecord } from "../store.ts";

/** Liquid's `order` on a customer's order page: money in minor units, transactions in lower case. */
export function orderDrop({ payload, transactions }: OrderRecord) {
  const minor = (amount: string): number => Math.round(Number(amount) * 10 ** decimalsOf(payload.currency));
  return {
    id: Number(payload.id),
    name: payload.name,
    order_number: payload.order_number,
    confirmation_number: payload.confirmation_number,
    token: payload.token,
    created_at: payload.created_at,
    financial_status: payload.financial_status,
    financial_status_label: payload.financial_status,
    test: payload.test,
    email: payload.email,
    attributes: Object.fromEntries(payload.note_attributes.map(({ name, value }) => [name, value])),
    total_price: minor(payload.total_price),
    subtotal_price: minor(payload.subtotal_price),
    line_items: payload.line_items.map((line) => ({
      title: line.title,
      quantity: line.quantity,
      sku: line.sku,
      product_id: Number(line.product_id),
      variant_id: Number(line.variant_id),
      final_price: minor(line.price),
    })),
    transactions: transactions.map((each) => ({
      id: Number(each.id),
      kind: each.kind.toLowerCase(),
      status: each.status.toLowerCase(),
      gateway: each.gateway,
      amount: minor(each.amount),
      created_at: new Date(each.createdAt).toISOString(),
    })),
  };
}
