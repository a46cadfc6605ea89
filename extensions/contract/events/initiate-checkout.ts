import { declareEvent } from "./event-declaration.ts";
import { checkoutParameters } from "./read-checkout.ts";

/** A checkout was begun. */
export const initiateCheckout = declareEvent({
  name: "InitiateCheckout",
  from: "web_pixel",
  shopifyEvent: "checkout_started",
  choices: ["both", "browser", "off"],
  default: "both",
  priority: 5,
  parameters: checkoutParameters,
});
