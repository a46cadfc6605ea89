/**
 * The `orders/paid` webhook body (Admin API 2025-07 and later): 95 top-level keys, 30 per line item, as counted in
 * public dumps. Only what the sandbox reads back is spelled out; the rest rides along untyped.
 */
export interface Money {
  amount: string;
  currency_code: string;
}

export interface MoneySet {
  shop_money: Money;
  presentment_money: Money;
}

export interface OrderAddress {
  first_name: string | null;
  last_name: string | null;
  country_code: string;
  [key: string]: unknown;
}

export interface OrderCustomer {
  id: bigint;
  email: string | null;
  first_name: string | null;
  last_name: string | null;
  phone: string | null;
  created_at: string;
  updated_at: string;
  [key: string]: unknown;
}

export interface NameValue {
  name: string;
  value: string;
}

export interface OrderLine {
  id: bigint;
  title: string;
  name: string;
  quantity: number;
  price: string;
  price_set: MoneySet;
  sku: string | null;
  product_id: bigint | null;
  variant_id: bigint | null;
  vendor: string | null;
  discount_allocations: { amount: string; amount_set: MoneySet; discount_application_index: number }[];
  [key: string]: unknown;
}

export type FinancialStatus =
  "pending" | "authorized" | "partially_paid" | "paid" | "partially_refunded" | "refunded" | "voided";

export interface OrderPayload {
  id: bigint;
  admin_graphql_api_id: string;
  app_id: bigint | null;
  browser_ip: string | null;
  cart_token: string | null;
  checkout_token: string | null;
  client_details: { browser_ip: string | null; user_agent: string | null; [key: string]: unknown } | null;
  confirmation_number: string | null;
  confirmed: boolean;
  created_at: string;
  currency: string;
  current_total_price: string;
  current_total_price_set: MoneySet;
  customer_locale: string | null;
  email: string;
  financial_status: FinancialStatus;
  landing_site: string | null;
  name: string;
  note_attributes: NameValue[];
  order_number: number;
  order_status_url: string;
  payment_gateway_names: string[];
  phone: string | null;
  presentment_currency: string;
  processed_at: string;
  source_name: string;
  subtotal_price: string;
  subtotal_price_set: MoneySet;
  tags: string;
  taxes_included: boolean;
  test: boolean;
  token: string;
  total_discounts_set: MoneySet;
  total_price: string;
  total_price_set: MoneySet;
  total_shipping_price_set: MoneySet;
  total_tax_set: MoneySet;
  updated_at: string;
  billing_address: OrderAddress | null;
  shipping_address?: OrderAddress | null;
  customer: OrderCustomer | null;
  line_items: OrderLine[];
  [key: string]: unknown;
}
