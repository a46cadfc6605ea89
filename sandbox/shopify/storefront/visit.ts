import { cookieOf, setCookie, type Call } from "../http/http-server.ts";
import type { Store } from "../store.ts";
import { newCart, type Cart } from "./cart.ts";
import type { Checkout } from "./checkout.ts";
import { switchesOf, type Switches } from "./switches.ts";

/** What a storefront remembers about its visitors, by token. */
export interface StorefrontMemory {
  readonly carts: Map<string, Cart>;
  readonly checkouts: Map<string, Checkout>;
}

export const newMemory = (): StorefrontMemory => ({ carts: new Map(), checkouts: new Map() });

/** One request of one visitor of one store. */
export interface Visit {
  readonly store: Store;
  readonly call: Call;
  readonly cart: Cart;
  readonly switches: Switches;
  /** Of the customer account that this browser is signed in to. */
  readonly customerId: string | undefined;
  /** First page of this visit, and where the visitor came from. */
  readonly landingSite: string;
  readonly referringSite: string | null;
  /** Set-Cookie lines that the answer has to carry. */
  readonly cookies: string[];
}

export function beginVisit(store: Store, call: Call, memory: StorefrontMemory): Visit {
  const cookies: string[] = [];
  let cart = memory.carts.get(cookieOf(call, "cart") ?? "");
  if (!cart) {
    cart = newCart();
    memory.carts.set(cart.token, cart);
    cookies.push(setCookie("cart", cart.token, 14 * 86_400));
  }
  let landing = cookieOf(call, "_landing_page");
  let referrer = cookieOf(call, "_orig_referrer");
  const wantsHtml = (call.headers.accept ?? "").includes("text/html");
  if (landing === undefined && wantsHtml) {
    landing = call.url.pathname + call.url.search;
    referrer = call.headers.referer ?? "";
    cookies.push(
      setCookie("_landing_page", landing, 14 * 86_400),
      setCookie("_orig_referrer", referrer, 14 * 86_400),
    );
  }
  return {
    store,
    call,
    cart,
    switches: switchesOf(call),
    customerId: cookieOf(call, "customer"),
    landingSite: landing ?? "/",
    referringSite: referrer ?? null,
    cookies,
  };
}
