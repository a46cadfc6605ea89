import type { Request, RequestHandler, Response } from "express";
import type { Store, OrderRecord } from "../store.ts";
import { newCart, type Cart } from "./cart.ts";
import { readCookie, rememberFor, switchesOf, type Switches } from "./switches.ts";
import type { OrderWish } from "../orders/order-wish.ts";

/** What a storefront remembers about its visitors, by token. */
export const newMemory = () => ({ carts: new Map<string, Cart>(), checkouts: new Map<string, Checkout>() });
export type StorefrontMemory = ReturnType<typeof newMemory>;

/** One request of one visitor of one store, and its answer. */
export interface Visit {
  readonly store: Store;
  readonly request: Request;
  readonly response: Response;
  readonly cart: Cart;
  readonly switches: Switches;
  /** Of the customer account that this browser is signed in to. */
  readonly customerId: string | undefined;
  /** First page of this visit, and where the visitor came from. */
  readonly landingSite: string;
  readonly referringSite: string | null;
}

/** Days that Shopify's cookies of a visit live. */
const VISIT_DAYS = 14;

export function beginVisit(
  store: Store,
  request: Request,
  response: Response,
  memory: StorefrontMemory,
): Visit {
  let cart = memory.carts.get(readCookie(request, "cart") ?? "");
  if (!cart) {
    cart = newCart();
    memory.carts.set(cart.token, cart);
    rememberFor(response, VISIT_DAYS, "cart", cart.token);
  }
  let landing = readCookie(request, "_landing_page");
  let referrer = readCookie(request, "_orig_referrer");
  if (landing === undefined && (request.headers.accept ?? "").includes("text/html")) {
    landing = request.originalUrl;
    referrer = request.headers.referer ?? "";
    rememberFor(response, VISIT_DAYS, "_landing_page", landing);
    rememberFor(response, VISIT_DAYS, "_orig_referrer", referrer);
  }
  return {
    store,
    request,
    response,
    cart,
    switches: switchesOf(request),
    customerId: readCookie(request, "customer"),
    landingSite: landing ?? "/",
    referringSite: referrer ?? null,
  };
}

/** Orders of the customer account that the visitor is signed in to, oldest first. */
export const ordersOf = ({ store, customerId }: Visit): OrderRecord[] =>
  [...store.orders.values()].filter(({ payload }) => payload.customer?.id.toString() === customerId);

/** Makes a route's handler of one that wants the visit. */
export type OnVisit = (handle: (visit: Visit) => unknown) => RequestHandler;

/** One run through the checkout, from the cart to the thank-you page. */
export interface Checkout {
  readonly token: string;
  readonly switches: Switches;
  wish: OrderWish;
  order: OrderRecord | undefined;
  /** `offered`: the post-purchase page is open and the webhook waits for the answer. */
  upsell: "none" | "offered" | "settled";
}
