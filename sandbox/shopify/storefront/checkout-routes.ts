import express, { Router } from "express";
import { CATALOGUE } from "../orders/catalogue.ts";
import { COUNTRIES } from "../orders/people.ts";
import { renderPage } from "../../http/render-page.ts";
import type { ShopifyState } from "../shopify-sandbox.ts";
import { newCart } from "./cart.ts";
import { completeCheckout, settleUpsell, startCheckout, UPSELL_VARIANT } from "./checkout.ts";
import { rememberFor } from "./switches.ts";
import { checkoutStarted } from "./browsing-events.ts";
import { completedEvent, pixelPage, type PixelPageContent, pixelProgram } from "./pixel-page.ts";
import { platformHeader, switchPanel } from "./theme-engine.ts";
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

const offeredName = (): string =>
  CATALOGUE.flatMap(({ title, variants }) =>
    variants.filter(({ id }) => id === UPSELL_VARIANT).map((variant) => `${title} ${variant.title ?? ""}`),
  ).join();

/** From "Check out" to the thank-you page. App embeds do not render here; the web pixel does. */
export function checkoutRoutes(state: ShopifyState, memory: StorefrontMemory, onVisit: OnVisit): Router {
  const router = Router({ caseSensitive: true });
  router.use(["/checkouts", "/__pay"], express.urlencoded({ extended: false }));
  const onCheckout = (handle: (visit: Visit, checkout: Checkout) => unknown) =>
    onVisit((visit) => {
      const checkout = memory.checkouts.get(visit.request.params["token"] ?? "");
      return checkout ? handle(visit, checkout) : visit.response.status(404).send("No such checkout\n");
    });
  const page = async (
    visit: Visit,
    checkout: Checkout,
    name: string,
    content: PixelPageContent,
    data: object,
  ) => {
    const text = await renderPage(name, {
      store: visit.store,
      header: await platformHeader(visit.store, checkout.switches),
      panel: await switchPanel(visit.switches),
      pixel: await pixelProgram(pixelPage({ ...visit, switches: checkout.switches }, state, content)),
      ...data,
    });
    visit.response.send(text);
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
  router.get(
    "/checkouts/cn/:token",
    onCheckout((visit, checkout) => {
      const data = { fields: buyerFields(visit), countries: COUNTRIES, payment: checkout.switches.payment };
      const content = checkoutStarted(checkout.token, visit.cart, visit.store);
      return page(visit, checkout, "checkout-buyer", content, { title: "Checkout", ...data });
    }),
  );
  router.post(
    "/checkouts/cn/:token",
    onCheckout(async (visit, checkout) => {
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
    }),
  );
  // The post-purchase offer: checkout_completed fires here, and not again on the thank-you page.
  router.get(
    "/checkouts/cn/:token/post-purchase",
    onCheckout((visit, checkout) =>
      page(
        visit,
        checkout,
        "checkout-upsell",
        { events: completedEvent(checkout, visit.store) },
        { title: "Special offer", offer: offeredName() },
      ),
    ),
  );
  router.post(
    "/checkouts/cn/:token/post-purchase",
    onCheckout(async (visit, checkout) => {
      await settleUpsell(checkout, visit, formOf(visit)["answer"] === "accept", state);
      visit.response.redirect(pathOf(checkout, "/thank-you"));
    }),
  );
  router.get(
    "/checkouts/cn/:token/thank-you",
    onCheckout((visit, checkout) => {
      const { order } = checkout;
      if (!order) return visit.response.redirect(pathOf(checkout));
      const data = {
        ...{ title: "Thank you", order: order.payload, orderId: order.id },
        inAdmin: `${state.platformUrl}/store/${visit.store.handle}/orders/${order.id}`,
        hasTour: state.options.tour !== undefined,
      };
      const events = checkout.upsell === "none" ? completedEvent(checkout, visit.store) : [];
      return page(visit, checkout, "checkout-thank-you", { events }, data);
    }),
  );
  router.post(
    "/__pay",
    onVisit(async (visit) => {
      await state.pay(visit.store.domain, formOf(visit)["orderId"] ?? "");
      visit.response.redirect(visit.request.headers.referer ?? "/");
    }),
  );
  return router;
}
