/**
 * The same Purchase as Meta's own Node SDK builds it, from the same order: the SDK is handed what an integration written
 * straight after its examples takes from an order, and normalises and hashes it (`ServerEvent.normalize`).
 */
import { loadPackage } from "../packages/load-package.ts";

const { Content, CustomData, ServerEvent, UserData } = (await loadPackage("facebook-nodejs-business-sdk"))
  .default;

/**
 * @param {string} text the order as it came
 * @returns {object} the event as it goes to Meta
 */
export function buildWithSdk(text) {
  const order = JSON.parse(text);
  const address = order.billing_address ?? order.shipping_address ?? {};
  const user = new UserData();
  const set = (/** @type {string} */ setter, /** @type {unknown} */ value) => {
    if (typeof value === "string" && value !== "") user[setter](value);
  };
  set("setEmail", order.email ?? order.contact_email);
  set("setPhone", order.phone ?? address.phone ?? order.customer?.phone);
  set("setFirstName", address.first_name ?? order.customer?.first_name);
  set("setLastName", address.last_name ?? order.customer?.last_name);
  set("setCity", address.city);
  set("setState", address.province_code);
  set("setZip", address.zip);
  set("setCountry", address.country_code?.toLowerCase());
  set("setExternalId", order.customer?.id === undefined ? undefined : String(order.customer.id));
  set("setClientIpAddress", order.client_details?.browser_ip ?? order.browser_ip);
  set("setClientUserAgent", order.client_details?.user_agent);
  for (const { name, value } of order.note_attributes ?? []) {
    if (name === "_fbp") set("setFbp", value);
    if (name === "_fbc") set("setFbc", value);
  }
  const data = new CustomData()
    .setValue(Number(order.total_price))
    .setCurrency(String(order.currency).toLowerCase())
    .setOrderId(String(order.order_number))
    .setContentType("product")
    .setContents(
      order.line_items.map((/** @type {{ product_id: unknown, quantity: number, price: string }} */ line) =>
        new Content()
          .setId(String(line.product_id))
          .setQuantity(line.quantity)
          .setItemPrice(Number(line.price)),
      ),
    );
  return new ServerEvent()
    .setEventName("Purchase")
    .setEventId(String(order.order_number))
    .setEventTime(Math.floor(Date.parse(order.processed_at) / 1000))
    .setActionSource("website")
    .setEventSourceUrl("https://tandem-demo.myshopify.com/")
    .setUserData(user)
    .setCustomData(data)
    .normalize();
}
