// Written by `node scripts/list-events.ts`: every file of this folder that declares an event.
import { addPaymentInfo } from "./add-payment-info.ts";
import { addToCart } from "./add-to-cart.ts";
import { initiateCheckout } from "./initiate-checkout.ts";
import { pageView } from "./page-view.ts";
import { purchase } from "./purchase.ts";
import { search } from "./search.ts";
import { viewCategory } from "./view-category.ts";
import { viewContent } from "./view-content.ts";

/** Every event, those first that are given up first. */
export const EVENTS = [
  pageView,
  search,
  viewCategory,
  viewContent,
  addToCart,
  addPaymentInfo,
  initiateCheckout,
  purchase,
] as const;

export type EventName = (typeof EVENTS)[number]["name"];
