import type { FireAnswer } from "./fire-answer.ts";

/**
 * Meta's parameters of a Purchase (Pixel reference: value, currency, contents, content_ids, content_type, num_items, and
 * customer_segmentation of the server event page),
 * taken from the answer as they stand so that both copies agree to the cent. Absent values are left out.
 */
export function purchaseParameters(answer: FireAnswer): Record<string, unknown> {
  const parameters = {
    value: answer.value,
    currency: answer.currency,
    order_id: answer.orderId,
    contents: answer.contents,
    content_ids: answer.contentIds,
    content_type: answer.contentType,
    num_items: answer.numItems,
    customer_segmentation: answer.customerSegmentation,
  };
  // JSON leaves out what is undefined, in fewer bytes than a filter.
  return JSON.parse(JSON.stringify(parameters)) as Record<string, unknown>;
}
