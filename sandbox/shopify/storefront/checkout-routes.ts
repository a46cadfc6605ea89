import { html, redirect, setCookie, type Handler, type Reply, type Route } from "../http/http-server.ts";
import type { ShopifyState } from "../shopify-sandbox.ts";
import { newCart } from "./cart.ts";
import { completeCheckout, settleUpsell, startCheckout, type BuyerForm, type Checkout } from "./checkout.ts";
import { buyerPage, thankYouPage, upsellPage } from "./checkout-pages.ts";
import type { StorefrontMemory, Visit } from "./visit.ts";

const pathOf = (checkout: Checkout, page = ""): string => `/checkouts/cn/${checkout.token}${page}`;

function readBuyer(visit: Visit): BuyerForm {
  const form = new URLSearchParams(visit.call.body.toString("utf8"));
  const field = (name: string): string => form.get(name)?.trim() ?? "";
  return {
    email: field("email"),
    first: field("first"),
    last: field("last"),
    phone: field("phone"),
    street: field("street"),
    city: field("city"),
    zip: field("zip"),
    provinceCode: field("provinceCode"),
    country: field("country") || visit.store.country,
  };
}

/** From "Check out" to the thank-you page. `onVisit` wraps a handler with the visit it belongs to. */
export function checkoutRoutes(
  state: ShopifyState,
  memory: StorefrontMemory,
  onVisit: (handle: (visit: Visit) => Reply | Promise<Reply>) => Handler,
): Route[] {
  const onCheckout = (handle: (visit: Visit, checkout: Checkout) => Reply | Promise<Reply>): Handler =>
    onVisit((visit) => {
      const checkout = memory.checkouts.get(visit.call.params[0] ?? "");
      return checkout ? handle(visit, checkout) : { status: 404, body: "No such checkout\n" };
    });
  const start = onVisit((visit) => {
    if (visit.cart.items.size === 0) return redirect("/cart");
    const checkout = startCheckout(visit);
    memory.checkouts.set(checkout.token, checkout);
    return redirect(pathOf(checkout));
  });
  const pay = onCheckout(async (visit, checkout) => {
    const order = await completeCheckout(checkout, visit, readBuyer(visit), state);
    const emptied = newCart();
    memory.carts.set(emptied.token, emptied);
    visit.cookies.push(
      setCookie("cart", emptied.token),
      setCookie("customer", order.payload.customer?.id.toString() ?? ""),
    );
    return redirect(pathOf(checkout, checkout.upsell === "offered" ? "/post-purchase" : "/thank-you"));
  });
  const answerOffer = onCheckout(async (visit, checkout) => {
    const accepted = new URLSearchParams(visit.call.body.toString("utf8")).get("answer") === "accept";
    await settleUpsell(checkout, visit, accepted, state);
    return redirect(pathOf(checkout, "/thank-you"));
  });
  const payLater = onVisit(async (visit) => {
    const orderId = new URLSearchParams(visit.call.body.toString("utf8")).get("orderId") ?? "";
    await state.pay(visit.store.domain, orderId);
    return redirect(visit.call.headers.referer ?? "/");
  });
  const page = (path: string, draw: (visit: Visit, checkout: Checkout) => Promise<string>): Route => ({
    method: "GET",
    path: new RegExp(`^/checkouts/cn/([0-9a-f]+)${path}$`),
    handle: onCheckout(async (visit, checkout) => html(await draw(visit, checkout))),
  });
  return [
    { method: "ANY", path: /^\/checkout$/, handle: start },
    page("", (visit, checkout) => buyerPage(visit, checkout, state)),
    { method: "POST", path: /^\/checkouts\/cn\/([0-9a-f]+)$/, handle: pay },
    page("/post-purchase", (visit, checkout) => upsellPage(visit, checkout, state)),
    { method: "POST", path: /^\/checkouts\/cn\/([0-9a-f]+)\/post-purchase$/, handle: answerOffer },
    page("/thank-you", (visit, checkout) => thankYouPage(visit, checkout, state)),
    { method: "POST", path: /^\/__pay$/, handle: payLater },
  ];
}
