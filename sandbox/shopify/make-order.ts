import { drawAttributes, drawLanding, drawLines, drawReferrer, originOf } from "./orders/draw-order.ts";
import { addressOf, customerOf, linesOf, shippingLinesOf, taxLinesOf } from "./orders/order-parts.ts";
import type { OrderPayload } from "./orders/order-shape.ts";
import type { OrderWish } from "./orders/order-wish.ts";
import { inventPerson } from "./orders/people.ts";
import { moneyWriter, priceOrder, ZERO } from "./orders/price-order.ts";
import type { Random } from "./orders/seeded-random.ts";
import { storeTime } from "./orders/store-time.ts";
import type { Store } from "./store.ts";

const ADDED_TAX = new Set(["US", "CA"]);
const CONFIRMATION = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const DAY = 86_400_000;

/**
 * A body for `orders/paid` (or an unpaid order waiting for money) in the current 95-key shape. Takes the store's next
 * order number. `at` is Unix milliseconds and stands for both creation and, when paid, payment.
 */
export function makeOrder(store: Store, random: Random, at: number, wish: OrderWish = {}): OrderPayload {
  const kind = wish.kind ?? "web";
  const person = inventPerson(random, wish.country ?? (random.chance(0.6) ? store.country : undefined));
  const buyer = wish.buyer ?? {};
  const drawn = originOf(kind, random, person.country.locale);
  const origin = {
    ...drawn,
    ...(wish.source && { sourceName: wish.source.name, appId: wish.source.appId }),
    hasCheckout: wish.hasCheckout ?? drawn.hasCheckout,
  };
  const client = wish.client ?? origin.client;
  const seenCurrency = wish.presentment ?? store.currency;
  const money = moneyWriter(store.currency, seenCurrency);
  const taxesIncluded = !ADDED_TAX.has(store.country);
  const priced = priceOrder(wish.lines ?? drawLines(random), {
    shopCurrency: store.currency,
    seenCurrency,
    discountPercent: wish.discountPercent ?? 0,
    shippingDollars:
      wish.shippingDollars ?? (kind === "pos" || kind === "renewal" ? 0 : random.pick([0, 4.99, 9.5])),
    taxRate: taxesIncluded ? 0.19 : 0.0625,
    taxesIncluded,
  });

  const orderNumber = wish.orderNumber ?? store.nextNumber;
  if (wish.orderNumber === undefined) store.nextNumber += 1;
  const id =
    BigInt(orderNumber) +
    BigInt(store.id) * 10_000_000n +
    (wish.hugeId ? 820_982_000_000_000_000n : 6_000_000_000_000n);
  const createdAt = wish.at ?? at;
  const time = (offsetSeconds: number): string => storeTime(createdAt + offsetSeconds * 1000, store.timezone);
  const paid = wish.paid ?? true;
  const email = buyer.email ?? person.email;
  const phone = buyer.phone ?? (random.chance(0.5) ? person.phone : null);
  const address = addressOf(person, buyer);
  const token = random.text(32);
  const checkoutToken = wish.checkoutToken ?? random.text(32);
  const hasDiscount = priced.discount.shop > 0;
  const percent = wish.discountPercent ?? 0;
  const code = `vip${percent}`;
  const discount = {
    target_type: "line_item",
    type: "discount_code",
    value: percent.toFixed(1),
    value_type: "percentage",
    allocation_method: "across",
    target_selection: "all",
    code,
  };
  const customer = customerOf(address, {
    id: wish.customerId ?? 8_800_000_000_000n + (id % 1_000_000_000n) * 2n,
    // A returning customer's account address is often not the one typed at checkout, and keeps its old case.
    email:
      wish.buyer === undefined && random.chance(0.1) ? email.replace("buyer.", "OLD.").toUpperCase() : email,
    phone,
    currency: store.currency,
    since: storeTime(createdAt - random.int(0, 400) * DAY, store.timezone),
    consentObjects: wish.consentObjects ?? false,
  });

  return {
    id,
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    app_id: origin.appId,
    browser_ip: client?.ip ?? null,
    buyer_accepts_marketing: random.chance(0.4),
    cancel_reason: null,
    cancelled_at: null,
    cart_token: wish.cartToken ?? (origin.hasCart ? `hWN${random.text(21, CONFIRMATION)}` : null),
    checkout_id: origin.hasCheckout ? id + 34_000_000_000_000n : null,
    checkout_token: origin.hasCheckout ? checkoutToken : null,
    client_details: client
      ? {
          accept_language: client.language ?? null,
          browser_height: null,
          browser_ip: client.ip,
          browser_width: null,
          session_hash: null,
          user_agent: client.userAgent,
        }
      : null,
    closed_at: null,
    company: null,
    confirmation_number: random.text(9, CONFIRMATION),
    confirmed: true,
    contact_email: email,
    created_at: time(1),
    currency: store.currency,
    current_shipping_price_set: money.set(priced.shipping),
    ...money.pair("current_subtotal_price", priced.subtotal),
    current_total_additional_fees_set: null,
    ...money.pair("current_total_discounts", priced.discount),
    current_total_duties_set: null,
    ...money.pair("current_total_price", priced.total),
    ...money.pair("current_total_tax", priced.tax),
    customer_locale: client?.language ?? person.country.locale,
    device_id: null,
    discount_codes: hasDiscount ? [{ code, amount: money.plain(priced.discount), type: "percentage" }] : [],
    duties_included: false,
    email,
    estimated_taxes: false,
    financial_status: paid ? "paid" : "pending",
    fulfillment_status: null,
    landing_site: wish.landingSite === undefined ? drawLanding(kind, random) : wish.landingSite,
    landing_site_ref: null,
    location_id: origin.locationId,
    merchant_business_entity_id: "MTAwMDAwMDAwMDAw",
    merchant_of_record_app_id: null,
    name: `${store.orderPrefix ?? "#"}${orderNumber}${store.orderSuffix ?? ""}`,
    note: null,
    note_attributes: [...(wish.noteAttributes ?? drawAttributes(kind, random, createdAt))],
    number: orderNumber - 1000,
    order_number: orderNumber,
    order_status_url: `${store.storefrontUrl}/${store.id}/orders/${token}/authenticate?key=${random.text(32)}`,
    original_total_additional_fees_set: null,
    original_total_duties_set: null,
    payment_gateway_names: wish.gateway === undefined ? [...origin.gateways] : [wish.gateway],
    phone,
    po_number: null,
    presentment_currency: seenCurrency,
    processed_at: wish.processedAt === undefined ? time(0) : storeTime(wish.processedAt, store.timezone),
    reference: null,
    referring_site: wish.referringSite === undefined ? drawReferrer(kind, random) : wish.referringSite,
    source_identifier: null,
    source_name: origin.sourceName,
    source_url: null,
    ...money.pair("subtotal_price", priced.subtotal),
    tags: wish.tags ?? "",
    tax_exempt: false,
    tax_lines: taxLinesOf(priced.tax, priced, money),
    taxes_included: taxesIncluded,
    test: wish.test ?? false,
    token,
    total_cash_rounding_payment_adjustment_set: money.set(ZERO),
    total_cash_rounding_refund_adjustment_set: money.set(ZERO),
    ...money.pair("total_discounts", priced.discount),
    ...money.pair("total_line_items_price", priced.goods),
    total_outstanding: paid ? money.plain(ZERO) : money.plain(priced.total),
    ...money.pair("total_price", priced.total),
    total_shipping_price_set: money.set(priced.shipping),
    ...money.pair("total_tax", priced.tax),
    total_tip_received: money.plain(ZERO),
    total_weight: priced.lines.reduce((grams, line) => grams + line.variant.grams * line.quantity, 0),
    updated_at: time(3),
    user_id: origin.staffId,
    billing_address: kind === "pos" ? null : address,
    customer: wish.withoutCustomer ? null : customer,
    discount_applications: hasDiscount ? [discount] : [],
    fulfillments: [],
    line_items: linesOf(priced, money, id + 9_000_000_000_000n),
    payment_terms: null,
    refunds: [],
    ...(kind === "pos" ? {} : { shipping_address: address }),
    shipping_lines: kind === "pos" ? [] : shippingLinesOf(priced, money, id + 5_000_000_000_000n),
    returns: [],
    line_item_groups: [],
  };
}
