import { browserScript } from "../http/browser-script.ts";
import { inlineJson, markup, type Html } from "../http/html-template.ts";
import { CATALOGUE } from "../orders/catalogue.ts";
import { COUNTRIES } from "../orders/people.ts";
import type { ShopifyState } from "../shopify-sandbox.ts";
import type { Checkout } from "./checkout.ts";
import { UPSELL_VARIANT } from "./checkout.ts";
import { pixelPage } from "./pixel-page.ts";
import { platformHeader, switchPanel } from "./platform-header.ts";
import type { Visit } from "./visit.ts";

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}
  form.buyer{display:grid;grid-template-columns:1fr 1fr;gap:.75rem} label{display:block} input,select{font:inherit;width:100%;box-sizing:border-box}
  button{font:inherit;padding:.5rem 1rem}`;

/** App embeds do not render here; the web pixel does. */
async function checkoutFrame(
  visit: Visit,
  checkout: Checkout,
  state: ShopifyState,
  title: string,
  body: Html,
  fires: boolean,
): Promise<string> {
  const page = pixelPage(checkout, visit.store, state, fires);
  return markup`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title} – ${visit.store.name}</title>
    <meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,"><style>${STYLE}</style>
    ${platformHeader(visit.store, checkout.switches)}</head><body>${body}
    <p><button type="button" data-consent-settings>Cookie settings</button></p>
    ${switchPanel(visit.switches)}
    <script type="application/json" id="web-pixel-page">${inlineJson(page)}</script>
    <script type="application/json" id="web-pixel-worker">${inlineJson(await browserScript("web-pixel-worker"))}</script>
    <script src="/__web-pixels.js"></script></body></html>`.text;
}

const field = (name: string, label: string, value: string, type = "text"): Html =>
  markup`<label>${label}<input name="${name}" type="${type}" value="${value}"></label>`;

/** Contact and address, filled in so that one press buys. */
export function buyerPage(visit: Visit, checkout: Checkout, state: ShopifyState): Promise<string> {
  const home = COUNTRIES.find(({ code }) => code === visit.store.country);
  const place = home?.places[0];
  const body = markup`<h1>Checkout</h1>
    <form class="buyer" method="post">
      ${field("email", "E-mail", "jane.buyer@example.com", "email")}
      ${field("phone", "Phone", "", "tel")}
      ${field("first", "First name", home?.first[0] ?? "Jane")}
      ${field("last", "Last name", home?.last[0] ?? "Doe")}
      ${field("street", "Address", home?.streets[0] ?? "1 Example St")}
      ${field("city", "City", place?.city ?? "")}
      ${field("zip", "Postal code", place?.zip ?? "")}
      ${field("provinceCode", "Province code", place?.provinceCode ?? "")}
      <label>Country<select name="country">${COUNTRIES.map(
        ({ code, name }) =>
          markup`<option value="${code}"${code === visit.store.country ? markup` selected` : undefined}>${name}</option>`,
      )}</select></label>
      <p>Payment: ${checkout.switches.payment === "card" ? "card" : "bank transfer"}</p>
      <button type="submit" name="pay">Pay now</button>
    </form>`;
  return checkoutFrame(visit, checkout, state, "Checkout", body, false);
}

/** The post-purchase offer: checkout_completed fires here, and not again on the thank-you page. */
export function upsellPage(visit: Visit, checkout: Checkout, state: ShopifyState): Promise<string> {
  const offer = CATALOGUE.flatMap((product) =>
    product.variants.map((variant) => ({ product, variant })),
  ).find(({ variant }) => variant.id === UPSELL_VARIANT);
  const body = markup`<h1>One more thing?</h1><p>${offer?.product.title ?? ""} ${offer?.variant.title ?? ""}</p>
    <form method="post"><button name="answer" value="accept">Add to my order</button> <button name="answer" value="decline">No, thanks</button></form>`;
  return checkoutFrame(visit, checkout, state, "Special offer", body, true);
}

export function thankYouPage(visit: Visit, checkout: Checkout, state: ShopifyState): Promise<string> {
  const { order } = checkout;
  const paid = order?.payload.financial_status === "paid";
  const body = markup`<h1>Thank you!</h1>
    <p>Confirmation #${order?.payload.confirmation_number ?? ""}</p>
    <p>Total ${order?.payload.total_price_set.presentment_money.amount ?? ""} ${order?.payload.presentment_currency ?? ""}</p>
    ${
      paid
        ? undefined
        : markup`<p>Transfer the money to our bank account.</p>
      <form method="post" action="/__pay"><input type="hidden" name="orderId" value="${order?.id ?? ""}"><button>The transfer arrives</button></form>`
    }
    <p><a href="/account/orders/${order?.payload.token ?? ""}">Order status</a> · <a href="/">Continue shopping</a></p>`;
  return checkoutFrame(visit, checkout, state, "Thank you", body, checkout.upsell === "none");
}
