import { declareEvent } from "./event-declaration.ts";

/**
 * An order was paid. Its ID is the order's number (or the order's ID), its time the payment's or the buyer's, its contents
 * those of the order: all from the app, which alone knows that it is paid.
 */
export const purchase = declareEvent({
  name: "Purchase",
  from: "orders_paid",
  shopifyEvent: "checkout_completed",
  choices: ["both"],
  default: "both",
  priority: 9,
});
