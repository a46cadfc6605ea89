/**
 * What an order says, read once and checked for shape only: every field may be missing, texts are untouched (not yet
 * normalised), IDs are strings of digits. Personal values live here raw, so an `OrderFacts` is never stored or logged.
 */

/** An amount as Shopify writes it ("38.36") with its ISO 4217 code. The text is checked where it is used. */
export interface MoneyText {
  readonly amount: string;
  readonly currency?: string;
}

/** One amount in both of Shopify's currencies. */
export interface MoneyPair {
  readonly shop?: MoneyText;
  readonly presentment?: MoneyText;
}

export interface AddressFacts {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly phone?: string;
  readonly city?: string;
  readonly zip?: string;
  readonly province?: string;
  readonly provinceCode?: string;
  /** The country's name as the order writes it, in any language; not a code. */
  readonly country?: string;
  readonly countryCode?: string;
}

export interface CustomerFacts {
  readonly id?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly defaultAddress?: AddressFacts;
  /** Admin GraphQL's `Customer.dataSaleOptOut`; webhooks do not carry it. */
  readonly dataSaleOptOut?: boolean;
  /** How many orders they have made; webhooks up to API version 2024-10 carry it. */
  readonly ordersCount?: number;
  readonly lastOrderId?: string;
}

export interface LineFacts {
  readonly productId?: string;
  readonly variantId?: string;
  readonly sku?: string;
  readonly quantity?: number;
  /** After order edits, returns and removals; 0 = the line is gone. */
  readonly currentQuantity?: number;
  /** Unit price before discounts. */
  readonly price?: MoneyPair;
  /** Every discount's share of the whole line, order-level discounts included. */
  readonly discounts: readonly MoneyPair[];
  readonly isTip: boolean;
  /** Bought on a selling plan: a subscription, a pre-order, try before you buy. */
  readonly hasSellingPlan: boolean;
}

/** A place of the webhook's order that another way in does not have, and the key of the event that comes from it. */
export interface UntoldFact {
  readonly key: string;
  readonly from: string;
}

export interface OrderFacts {
  readonly id: string;
  readonly orderNumber?: string;
  readonly name?: string;
  readonly checkoutToken?: string;
  readonly test: boolean;
  readonly sourceName?: string;
  readonly appId?: string;
  /** Trimmed, never empty, each once whatever its case. */
  readonly tags: readonly string[];
  /** Names of the payment gateways, read as tags are. */
  readonly gateways: readonly string[];

  /** Unix milliseconds. */
  readonly createdAt?: number;
  readonly processedAt?: number;
  readonly updatedAt?: number;
  /** Unix milliseconds of the last successful sale or capture; only Admin GraphQL tells it. */
  readonly paidAt?: number;

  readonly email?: string;
  readonly contactEmail?: string;
  readonly phone?: string;
  readonly customer?: CustomerFacts;
  readonly billing?: AddressFacts;
  readonly shipping?: AddressFacts;
  readonly customerLocale?: string;
  readonly browserIp?: string;
  readonly userAgent?: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Every value of every attribute, only where a name comes more than once (an order made through an API). */
  readonly repeatedAttributes?: ReadonlyMap<string, readonly string[]>;
  readonly landingSite?: string;
  readonly orderStatusUrl?: string;

  readonly currency?: string;
  readonly presentmentCurrency?: string;
  readonly taxesIncluded: boolean;
  readonly total?: MoneyPair;
  /** Goods after discounts; holds their tax with `taxesIncluded`, and duties with `dutiesIncluded`. */
  readonly subtotal?: MoneyPair;
  /** All tax of the order: on goods, shipping and duties. */
  readonly tax?: MoneyPair;
  /** After discounts; holds its tax with `taxesIncluded`. */
  readonly shippingPrice?: MoneyPair;
  readonly shippingTaxes: readonly MoneyPair[];
  readonly dutiesIncluded: boolean;
  readonly duties?: MoneyPair;
  readonly dutyTaxes: readonly MoneyPair[];
  /** Shopify's "additional fees". */
  readonly fees?: MoneyPair;
  readonly tips?: MoneyPair;
  readonly lines: readonly LineFacts[];
  /** What the Admin API did not tell of this order; absent where a webhook brought it. */
  readonly untold?: readonly UntoldFact[];
}
