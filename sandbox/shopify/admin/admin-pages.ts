import { html, type Reply } from "../http/http-server.ts";
import { markup } from "../http/html-template.ts";
import { writeJson } from "../orders/order-json.ts";
import type { ShopifyState } from "../shopify-sandbox.ts";
import type { Store } from "../store.ts";
import { adminPage } from "./admin-frame.ts";

const SHOWN = 50;

/** Newest orders with the buttons that a merchant (and a tester) wants. */
export function ordersPage(store: Store, state: ShopifyState): Reply {
  const { apiKey } = state.options;
  const newest = [...store.orders.values()].reverse().slice(0, SHOWN);
  const action = (command: string, orderId: string, label: string) => markup`
    <form method="post" action="/__control/${command}" style="display:inline">
      <input type="hidden" name="shop" value="${store.domain}"><input type="hidden" name="orderId" value="${orderId}">
      <input type="hidden" name="back" value="/store/${store.handle}/orders"><button>${label}</button></form>`;
  const rows = newest.map(
    ({
      id,
      payload,
    }) => markup`<tr><td><a href="/store/${store.handle}/orders/${id}">${payload.name}</a></td><td>${payload.source_name}</td><td>${payload.financial_status}</td>
      <td>${payload.total_price} ${payload.currency}</td><td>${payload.created_at}</td>
      <td>${payload.financial_status === "paid" ? action("resend", id, "Send webhook again") : action("pay", id, "Mark as paid")}</td></tr>`,
  );
  const main = markup`<div class="page"><h1>Orders</h1><div class="card"><table>
    <thead><tr><th>Order</th><th>Source</th><th>Payment</th><th>Total</th><th>Created</th><th></th></tr></thead>
    <tbody>${rows}</tbody></table>${newest.length === 0 ? "No orders yet." : undefined}</div></div>`;
  return html(adminPage({ store, apiKey, title: "Orders", main }));
}

export function homePage(store: Store, state: ShopifyState): Reply {
  const { apiKey } = state.options;
  const main = markup`<div class="page"><h1>${store.name}</h1><div class="card">
    <p>${store.domain} · ${store.currency} · ${store.timezone}</p>
    <p><a href="/store/${store.handle}/apps/${apiKey}">Open Tandem</a> · <a href="${store.storefrontUrl}">View your store</a></p>
  </div></div>`;
  return html(adminPage({ store, apiKey, title: "Home", main }));
}

/** One order as the webhook has it. */
export function orderPage(store: Store, orderId: string, state: ShopifyState): Reply {
  const record = store.orders.get(orderId);
  if (!record) return unknownPage(store, `/orders/${orderId}`, state);
  const main = markup`<div class="page"><h1>Order ${record.payload.name}</h1><pre class="card">${JSON.stringify(
    JSON.parse(writeJson(record.payload)),
    null,
    2,
  )}</pre></div>`;
  return html(adminPage({ store, apiKey: state.options.apiKey, title: record.payload.name, main }));
}

export function unknownPage(store: Store, path: string, state: ShopifyState): Reply {
  const main = markup`<div class="page"><h1>Not in the sandbox</h1><p class="card">In Shopify this would be <code>${path}</code>.</p></div>`;
  return html(adminPage({ store, apiKey: state.options.apiKey, title: "Not in the sandbox", main }));
}
