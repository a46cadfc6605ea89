import type { OrderWish } from "../orders/order-wish.ts";
import type { OrderRecord } from "../store.ts";
import type { Switches } from "./switches.ts";

/** One run through the checkout, from the cart to the thank-you page. */
export interface Checkout {
  readonly token: string;
  readonly switches: Switches;
  wish: OrderWish;
  order: OrderRecord | undefined;
  /** `offered`: the post-purchase page is open and the webhook waits for the answer. */
  upsell: "none" | "offered" | "settled";
}
