import type { OrderAddress, OrderCustomer, OrderLine } from "./order-shape.ts";
import type { BuyerWish } from "./order-wish.ts";
import type { Person } from "./people.ts";
import { ZERO, type MoneyWriter, type PricedLine, type PricedOrder } from "./price-order.ts";

/** Address as both `billing_address` and `shipping_address` carry it. */
export function addressOf(person: Person, buyer: BuyerWish): OrderAddress {
  const first = buyer.first ?? person.first;
  const last = buyer.last ?? person.last;
  return {
    first_name: first,
    address1: buyer.street ?? person.street,
    phone: buyer.phone ?? person.phoneAsTyped,
    city: buyer.city ?? person.place.city,
    zip: buyer.zip ?? person.place.zip,
    province: person.place.province,
    country: person.country.name,
    last_name: last,
    address2: null,
    company: null,
    latitude: null,
    longitude: null,
    name: `${first} ${last}`,
    country_code: person.country.code,
    province_code: buyer.provinceCode ?? person.place.provinceCode,
  };
}

interface CustomerFacts extends Pick<OrderCustomer, "id" | "email" | "phone"> {
  readonly currency: string;
  readonly since: string;
  readonly consentObjects: boolean;
}

export function customerOf(address: OrderAddress, facts: CustomerFacts): OrderCustomer {
  const { since } = facts;
  const { latitude: _latitude, longitude: _longitude, ...withoutPoint } = address;
  return {
    id: facts.id,
    email: facts.email,
    created_at: since,
    updated_at: since,
    first_name: address.first_name,
    last_name: address.last_name,
    state: "disabled",
    note: null,
    verified_email: true,
    multipass_identifier: null,
    tax_exempt: false,
    phone: facts.phone,
    currency: facts.currency,
    tax_exemptions: [],
    admin_graphql_api_id: `gid://shopify/Customer/${facts.id}`,
    default_address: {
      id: facts.id + 1n,
      customer_id: facts.id,
      ...withoutPoint,
      country_name: address.country,
      default: true,
    },
    ...(facts.consentObjects && {
      email_marketing_consent: { state: "subscribed", opt_in_level: "unknown", consent_updated_at: since },
      sms_marketing_consent: null,
      tags: "",
    }),
  };
}

export function linesOf(priced: PricedOrder, money: MoneyWriter, firstId: bigint): OrderLine[] {
  return priced.lines.map((line, index) => lineOf(line, priced, money, firstId + BigInt(index)));
}

const SELLING_PLAN_ID = 690_000_000_001n;

function lineOf(line: PricedLine, priced: PricedOrder, money: MoneyWriter, id: bigint): OrderLine {
  const { product, variant } = line;
  const discount = { ...money.pair("amount", line.discount), discount_application_index: 0 };
  return {
    id,
    admin_graphql_api_id: `gid://shopify/LineItem/${id}`,
    attributed_staffs: [],
    current_quantity: line.quantity,
    fulfillable_quantity: line.quantity,
    fulfillment_service: "manual",
    fulfillment_status: null,
    gift_card: product.handle === "gift-card",
    grams: variant.grams,
    name: variant.title === null ? product.title : `${product.title} - ${variant.title}`,
    ...money.pair("price", line.unit),
    product_exists: true,
    product_id: product.id,
    properties: [],
    quantity: line.quantity,
    requires_shipping: variant.grams > 0,
    sku: variant.sku,
    taxable: priced.taxRate > 0,
    title: product.title,
    ...money.pair("total_discount", ZERO),
    variant_id: variant.id,
    variant_inventory_management: null,
    variant_title: variant.title,
    vendor: product.vendor,
    tax_lines: taxLinesOf(line.tax, priced, money),
    duties: [],
    discount_allocations: line.discount.shop === 0 ? [] : [discount],
    sales_line_item_group_id: null,
    // On webhooks since 2026-10; the 30 keys of before were counted without it.
    ...(line.sellingPlan !== undefined && {
      selling_plan_id: SELLING_PLAN_ID,
      selling_plan_name: line.sellingPlan,
    }),
  };
}

export function taxLinesOf(tax: PricedLine["tax"], priced: PricedOrder, money: MoneyWriter): unknown[] {
  if (priced.taxRate === 0) return [];
  return [
    {
      price: money.plain(tax),
      rate: priced.taxRate,
      title: priced.taxesIncluded ? "VAT" : "State Tax",
      price_set: money.set(tax),
      channel_liable: false,
    },
  ];
}

export function shippingLinesOf(priced: PricedOrder, money: MoneyWriter, id: bigint): unknown[] {
  return [
    {
      id,
      carrier_identifier: null,
      code: "Standard",
      current_discounted_price_set: money.set(priced.shipping),
      ...money.pair("discounted_price", priced.shipping),
      is_removed: false,
      phone: null,
      ...money.pair("price", priced.shipping),
      requested_fulfillment_service_id: null,
      source: "shopify",
      title: "Standard",
      tax_lines: [],
      discount_allocations: [],
    },
  ];
}
