import express, { Router } from "express";
import { findVariant } from "../orders/catalogue.ts";
import { COUNTRIES } from "../orders/people.ts";
import { renderPage } from "../../http/render-page.ts";
import type { ShopifyState } from "../shopify-sandbox.ts";
import { newCart } from "./cart.ts";
import { completeCheckout, settleUpsell, startCheckout, UPSELL_VARIANT } from "./checkout.ts";
import { checkoutCompleted, checkoutStarted } from "./pixel-events.ts";
import { platformParts, type PixelPageContent } from "./platform-parts.ts";
import { rememberFor } from "./switches.ts";
import type { OnVisit, StorefrontMemory, Visit, Checkout } from "./visit.ts";

const pathOf = (checkout: Checkout, page = ""): string => `/checkouts/cn/${checkout.token}${page}`;
const formOf = (visit: Visit) => visit.request.body as Readonly<Record<string, string>>;

/** Contact and address (label, name, value), filled in so that one press buys. */
function buyerFields({ store }: Visit): (readonly [string, string, string])[] {
  const country = COUNTRIES.find(({ code }) => code === store.country);
  const place = country?.places[0];
  return [
    ["E-mail", "email", "jane.buyer@example.com"],
    ["Phone", "phone", ""],
    ["First name", "first", country?.first[0] ?? "Jane"],
    ["Last name", "last", country?.last[0] ?? "Doe"],
    ["Address", "street", country?.streets[0] ?? "1 Example St"],
    ["City", "city", place?.city ?? ""],
    ["Postal code", "zip", place?.zip ?? ""],
    ["Province code", "provinceCode", place?.provinceCode ?? ""],
  ];
}

/** From "Check out" to the thank-you page. App embeds do not render here; the web pixel does. */
export function checkoutRoutes(state: ShopifyState, memory: StorefrontMemory, onVisit: OnVisit): Router {
  const router = Router({ caseSensitive: true });
  router.use(["/checkouts", "/__pay"], express.urlencoded({ extended: false }));
  const on = (method: "get" | "post", path: string, handle: (visit: Visit, checkout: Checkout) => unknown) =>
    router[method](
      `/checkouts/cn/:token${path}`,
      onVisit((visit) => {
        const checkout = memory.checkouts.get(visit.request.params["token"] ?? "");
        return checkout ? handle(visit, checkout) : visit.response.status(404).send("No such checkout\n");
      }),
    );
  const page = async (
    visit: Visit,
    checkout: Checkout,
    name: string,
    content: PixelPageContent,
    data: object,
  ) => {
    const parts = await platformParts(visit, state, content, checkout.switches);
    visit.response.send(await renderPage(name, { store: visit.store, ...parts, ...data }));
  };

  router.all(
    "/checkout",
    onVisit((visit) => {
      if (visit.cart.items.size === 0) return visit.response.redirect("/cart");
      const checkout = startCheckout(visit);
      memory.checkouts.set(checkout.token, checkout);
      return visit.response.redirect(pathOf(checkout));
    }),
  );
  on("get", "", (visit, checkout) => {
    const data = { fields: buyerFields(visit), countries: COUNTRIES, payment: checkout.switches.payment };
    const content = checkoutStarted(checkout.token, visit.cart, visit.store);
    return page(visit, checkout, "checkout-buyer", content, { title: "Checkout", ...data });
  });
  on("post", "", async (visit, checkout) => {
    const { pay: _button, country, ...typed } = formOf(visit);
    const trimmed = Object.entries(typed).map(([name, text]) => [name, text.trim()] as const);
    const buyer = Object.fromEntries(trimmed.filter(([, text]) => text !== ""));
    const order = await completeCheckout(checkout, visit, buyer, country || visit.store.country, state);
    const emptied = newCart();
    memory.carts.set(emptied.token, emptied);
    rememberFor(visit.response, 365, "cart", emptied.token);
    rememberFor(visit.response, 365, "customer", order.payload.customer?.id.toString() ?? "");
    visit.response.redirect(
      pathOf(checkout, checkout.upsell === "offered" ? "/post-purchase" : "/thank-you"),
    );
  });
  // The post-purchase offer: checkout_completed fires here, and not again on the thank-you page.
  on("get", "/post-purchase", (visit, checkout) => {
    const { product, variant } = findVariant(UPSELL_VARIANT) ?? {};
    const data = { title: "Special offer", offer: `${product?.title ?? ""} ${variant?.title ?? ""}` };
    const events = checkoutCompleted(checkout, visit.store);
    return page(visit, checkout, "checkout-upsell", { events }, data);
  });
  on("post", "/post-purchase", async (visit, checkout) => {
    await settleUpsell(checkout, visit, formOf(visit)["answer"] === "accept", state);
    visit.response.redirect(pathOf(checkout, "/thank-you"));
  });
  on("get", "/thank-you", (visit, checkout) => {
    const { order } = checkout;
    if (!order) return visit.response.redirect(pathOf(checkout));
    const data = {
      ...{ title: "Thank you", order: order.payload, orderId: order.id },
      inAdmin: `${state.platformUrl}/store/${visit.store.handle}/orders/${order.id}`,
      hasTour: state.options.tour !== undefined,
    };
    const events = checkout.upsell === "none" ? checkoutCompleted(checkout, visit.store) : [];
    return page(visit, checkout, "checkout-thank-you", { events }, data);
  });
  router.post(
    "/__pay",
    onVisit(async (visit) => {
      await state.pay(visit.store.domain, formOf(visit)["orderId"] ?? "");
      visit.response.redirect(visit.request.headers.referer ?? "/");
    }),
  );
  return router;
}
