import type { NameValue } from "./order-shape.ts";

/** How an order came to be; decides source_name, app_id and which browser facts exist. */
export type OrderKind = "web" | "pos" | "draft" | "renewal" | "channel_app";

export interface LineWish {
  readonly variantId: bigint;
  readonly quantity: number;
  /** Name of the selling plan that the line was bought on. */
  readonly sellingPlan?: string;
}

export interface BuyerWish {
  readonly email?: string;
  readonly phone?: string;
  readonly first?: string;
  readonly last?: string;
  readonly street?: string;
  readonly city?: string;
  readonly zip?: string;
  readonly provinceCode?: string;
}

export interface ClientWish {
  readonly ip: string;
  readonly userAgent: string;
  readonly language?: string;
}

/** Everything about an order that a caller may fix; whatever is left out is drawn from the seeded randomness. */
export interface OrderWish {
  readonly kind?: OrderKind;
  /** ISO alpha-2 of the buyer. */
  readonly country?: string;
  /** Unix milliseconds of creation. */
  readonly at?: number;
  /** False: placed but not yet paid (financial_status pending). */
  readonly paid?: boolean;
  readonly test?: boolean;
  /** `source_name` and `app_id` of an app that made the order; else those of its kind. */
  readonly source?: { readonly name: string; readonly appId: bigint };
  /** As the merchant's admin shows them, separated by commas. */
  readonly tags?: string;
  /** Unix milliseconds: an import's sale was processed long before its order was created. */
  readonly processedAt?: number;
  /** False: no checkout of Shopify's took the order, whatever its kind. */
  readonly hasCheckout?: boolean;
  /** ISO 4217 the buyer saw; the shop's own when absent. */
  readonly presentment?: string;
  readonly lines?: readonly LineWish[];
  readonly discountPercent?: number;
  readonly gateway?: string;
  readonly noteAttributes?: readonly NameValue[];
  readonly landingSite?: string | null;
  readonly referringSite?: string | null;
  readonly checkoutToken?: string;
  readonly cartToken?: string;
  readonly buyer?: BuyerWish;
  readonly client?: ClientWish;
  readonly customerId?: bigint;
  /** Otherwise drawn. */
  readonly shippingDollars?: number;
  /** Of an order that is being rebuilt; the store's next one otherwise. */
  readonly orderNumber?: number;
  /** No customer object, as for some point-of-sale sales. */
  readonly withoutCustomer?: boolean;
  /** An ID above 2^53, as Shopify's own sample webhook has. */
  readonly hugeId?: boolean;
  /** `email_marketing_consent` and friends, which only older API versions sent. */
  readonly consentObjects?: boolean;
}
