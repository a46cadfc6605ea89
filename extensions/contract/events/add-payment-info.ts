import { declareEvent } from "./event-declaration.ts";
import { checkoutParameters } from "./read-checkout.ts";

/** The means of payment was chosen and confirmed. */
export const addPaymentInfo = declareEvent({
  name: "AddPaymentInfo",
  from: "web_pixel",
  shopifyEvent: "payment_info_submitted",
  choices: ["both", "browser", "off"],
  default: "off",
  priority: 5,
  parameters: checkoutParameters,
});
