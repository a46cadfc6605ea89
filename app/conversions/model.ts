/**
 * The words of a conversion as types: what an order becomes, before and after the browser has spoken.
 *
 * The way of one purchase through this module (all pure, time passed in):
 *
 *   parseOrder(text)                        -> OrderFacts   what Shopify said, checked, 64-bit IDs as strings
 *   buildConversion(order, settings, now)   -> Conversion   hashed, storable as JSON; no raw personal value left
 *   decideConsent(conversion, report)       -> send | limit | skip
 *   buildServerEvent(conversion, report, …) -> CapiEvent    what Meta gets, or the reason it gets nothing (app/meta/)
 *
 * IP address and user agent are the only raw personal values of a conversion; they stand apart in `client` so that
 * storage can keep them in columns of their own and erase them.
 */

import type { purchase } from "../../extensions/contract/events/purchase.ts";
import type { ConversionSettings } from "./settings/settings.ts";

/** SHA-256 as 64 lower-case hex digits. Only `hashValue` makes one, so an un-hashed e-mail does not compile. */
export type Hashed = string & { readonly __brand: "Hashed" };

/** Meta's deduplication key. Only event-id.ts makes one. */
export type EventId = string & { readonly __brand: "EventId" };

/** The settings' values; what each means: `settings/settings.ts`. */
export type EventIdRule = ConversionSettings["eventIdRule"];
export type ValueBasis = ConversionSettings["valueBasis"];
export type CurrencySide = ConversionSettings["currencySide"];
export type ContentIdForm = ConversionSettings["contentId"];
export type ConsentPolicy = ConversionSettings["consentPolicy"];
/** The merchant's switches: which sales are sent. Each kind of sale has one of them. */
export type OrderSource = keyof ConversionSettings["sources"];
/** Orders with this source, app, tag or payment gateway are left out; values are compared without case. */
export type ExclusionRule = ConversionSettings["exclude"][number];
/** By what a merchant can leave orders out. */
export type ExclusionTrait = ExclusionRule["by"];
/**
 * What kind of sale an order is (`kindOfSale`). `headless`: another app's storefront that ends in Shopify's checkout;
 * `import`: a past sale brought over from elsewhere; `other`: a marketplace, a sales channel, an app without checkout.
 */
export type SaleKind =
  "web" | "subscription_first" | "subscription_renewal" | "headless" | "draft" | "pos" | "import" | "other";
/** Whether a buyer had bought in the store before. */
export type CustomerKind = "new" | "returning";
/** Meta's names for the two. */
export type CustomerSegmentation = "new_customer_to_business" | "existing_customer_to_business";
export type ActionSource = "website" | "physical_store" | "system_generated" | "other";

/** The customer information keys that are hashed; every value a list of distinct hashes, never empty. */
export interface HashedCustomerInformation {
  readonly em?: readonly Hashed[];
  readonly ph?: readonly Hashed[];
  readonly fn?: readonly Hashed[];
  readonly ln?: readonly Hashed[];
  readonly ct?: readonly Hashed[];
  readonly st?: readonly Hashed[];
  readonly zp?: readonly Hashed[];
  readonly country?: readonly Hashed[];
  readonly external_id?: readonly Hashed[];
}

/** A value that was left out, and why; `from` names the place in the order, never the value. */
export interface Dropped {
  readonly key: string;
  readonly from: string;
  readonly reason: string;
}

/** The buyer's (never the staff's) address and browser, raw: kept apart, erased when the deliveries are settled. */
export interface ClientDetails {
  readonly ip?: string;
  readonly userAgent?: string;
}

/** What is known of the buyer's wish, whoever told us. Absent = nobody said. */
export interface ConsentFlags {
  readonly marketing?: boolean;
  readonly analytics?: boolean;
  readonly preferences?: boolean;
  /** Shopify's wording: false means that the buyer refused the sale of data. */
  readonly saleOfData?: boolean;
}

export type ConsentDecision =
  | { readonly kind: "send"; readonly evidence: ConsentEvidence }
  | {
      readonly kind: "limit";
      readonly evidence: ConsentEvidence;
      /** Meta's Limited Data Use: country 1 = US; state code 1000.. or 0 where Meta shall geolocate. */
      readonly dataProcessing: { readonly country: number; readonly state: number };
    }
  | {
      readonly kind: "skip";
      readonly evidence: ConsentEvidence;
      readonly reason: "no_consent" | "consent_refused";
    };

export type ConsentEvidence = "browser_report" | "cart_attribute" | "merchant_statement" | "none";

export interface ContentItem {
  readonly id: string;
  readonly quantity: number;
  /** Unit price actually paid, after discounts, in the event's currency. */
  readonly item_price?: number;
}

/** Meta's `custom_data` for a Purchase. */
export interface PurchaseData {
  readonly value: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
  readonly order_id: string;
  readonly contents?: readonly ContentItem[];
  readonly content_ids?: readonly string[];
  readonly content_type?: "product" | "product_group";
  readonly num_items?: number;
  /** Where it is known and the store sends it; only inside `custom_data`, Meta refuses it beside it. */
  readonly customer_segmentation?: CustomerSegmentation;
}

/**
 * One thing that happened once in one store, ready to be stored as JSON. For this release always a Purchase; name,
 * source key and time are kept general so that the rest of the funnel can follow.
 */
export interface Conversion {
  readonly eventName: typeof purchase.name;
  /** The numeric order ID as a string: the only safe key of an order. */
  readonly orderId: string;
  /** `order_number` as a string; absent when the payload had none. */
  readonly orderNumber?: string;
  /** The merchant's display name such as "#1001" (may carry any prefix; never used as an ID). */
  readonly orderName?: string;
  /** Joins the order with the web pixel's report. A secret of the checkout: storage keeps only its hash. */
  readonly checkoutToken?: string;
  readonly eventId: EventId;
  readonly eventIdRule: EventIdRule;
  /** Unix seconds, UTC: `processed_at`, before any browser report. */
  readonly eventTime: number;
  /**
   * Unix seconds, UTC: the best knowledge of when it was paid (webhook: `updated_at`, else now is passed in). An import
   * was paid when it was placed: what touched it later is the import itself.
   */
  readonly paidAt: number;
  readonly source: SaleKind;
  readonly actionSource: ActionSource;
  readonly eventSourceUrl?: string;
  readonly customer: HashedCustomerInformation;
  readonly client: ClientDetails;
  readonly fbp?: string;
  readonly fbc?: string;
  /** Where fbc came from: a cart attribute or built from the landing page's fbclid. */
  readonly fbcFrom?: "cart_attribute" | "landing_page";
  /** The landing page's address carried Meta's click ID, usable or not: the visit came from an advertisement. */
  readonly landedByAd?: true;
  /** Without `customer_segmentation`, which is decided when the first copy leaves. */
  readonly purchase: PurchaseData;
  /**
   * Whether both copies tell if the buyer is new, and what the order itself says of it (absent: nothing). Conversions
   * stored by older versions have none of it: not sent.
   */
  readonly segmentation?: { readonly send: boolean; readonly kind?: CustomerKind };
  /** The order's total in the shop's currency, for tallies: what recovered sales are worth to the merchant. */
  readonly shopValue: { readonly amount: number; readonly currency: string };
  readonly consent: {
    readonly policy: ConsentPolicy;
    /** What cart attributes said; the browser's report comes later. */
    readonly flags: ConsentFlags;
    /**
     * ISO alpha-2 upper case country and region code of the buyer, for the regional policy; "EU" where nothing but
     * the euro tells where the buyer is. Of several addresses the one with the strictest rule.
     */
    readonly country?: string;
    readonly region?: string;
  };
  /** A reason known at intake for which this conversion is never sent. */
  readonly skip?: IntakeSkip;
  /** The name of the rule that left it out, where `skip` is `excluded_by_rule`. */
  readonly excludedBy?: string;
  readonly dropped: readonly Dropped[];
  /** Where each key came from (places in the order, never values); always set by `buildConversion`. */
  readonly provenance?: readonly Provenance[];
}

/**
 * `excluded_by_rule`: a rule of the merchant's names it. `no_value`: the total cannot be known. `no_time`: the order
 * carries no usable time at all, and "now" is never sent. `refused`: the order could not be stored; only its ID is kept.
 */
export type IntakeSkip =
  "test_order" | "source_off" | "excluded_by_rule" | "no_value" | "no_time" | "refused";

/** Why a conversion is not sent; shown to the merchant, counted as an explained skip. */
export type SkipReason =
  | IntakeSkip
  | "no_consent"
  | "thin_identity"
  | "too_old"
  | "paused"
  | "disconnected"
  | "redacted"
  | "uninstalled";

/** What the web pixel posts to /pixel/checkout, parsed. `receivedAt` and `ip` are the server's own observation. */
export interface BrowserReport {
  /** Digits only; the pixel may send a gid, the parser takes the trailing digits. */
  readonly orderId?: string;
  readonly checkoutToken: string;
  readonly fbp?: string;
  readonly fbc?: string;
  readonly consent: ConsentFlags;
  readonly userAgent?: string;
  readonly ip?: string;
  readonly pageUrl?: string;
  /** Unix milliseconds by the browser's clock, when the checkout completed. */
  readonly clientTime?: number;
  /** Shopify's word on the customer of the order: their first one, or not. Absent: Shopify did not know. */
  readonly isFirstOrder?: boolean;
  /** Unix milliseconds by our clock. */
  readonly receivedAt?: number;
}

/** Where each key of an event came from, for `--explain` and the event page; never holds a raw value. */
export interface Provenance {
  readonly key: string;
  readonly from: string;
}
