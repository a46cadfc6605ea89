/** Channel on which a stored order wakes the browser report that waits for it; the payload is `storeId:orderId`. */
export const ORDER_STORED_CHANNEL = "tandem_order";
/** Channel that wakes the delivery workers. */
export const DELIVERIES_DUE_CHANNEL = "tandem_due";
