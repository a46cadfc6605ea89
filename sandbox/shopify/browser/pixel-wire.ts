import type { Privacy } from "./visitor-consent.ts";

/** An event that Shopify publishes when the page has loaded. */
export interface LoadEvent {
  readonly name: string;
  readonly data: unknown;
  /** Mark in the session storage: published once for it, and not on a reload. */
  readonly once?: string;
}

/** What a page tells its web pixel program. */
export interface PixelPage {
  /** Undefined: the app has created no web pixel on this store, so nothing runs. `bundle` is an address. */
  readonly pixel:
    { readonly bundle: string; readonly settings: Readonly<Record<string, string>> } | undefined;
  /** Purposes that the extension declares; each has to be allowed before the pixel loads. */
  readonly purposes: {
    readonly analytics: boolean;
    readonly marketing: boolean;
    readonly preferences: boolean;
  };
  /** Whether a visitor's refusal of the sale of data keeps the pixel away altogether. */
  readonly needsSaleOfData: boolean;
  readonly region: string;
  readonly events: readonly LoadEvent[];
  /** By variant ID: what the page's form can put into the cart. */
  readonly goods: Readonly<Record<string, { readonly price: { amount: number; currencyCode: string } }>>;
  /** `data.checkout` of the page's checkout form, before the buyer has typed; undefined elsewhere. */
  readonly checkout: unknown;
  /** Fields of the buyer that this store's scopes let pixels see. */
  readonly told: readonly PersonalField[];
  readonly init: unknown;
}

/** Each behind a scope of its own: read_customer_email, read_customer_phone, … */
export type PersonalField = "email" | "phone" | "name" | "address" | "personal_data";

/** Shopify's StandardEvent; only its name is read on the way. */
export interface PixelEvent {
  readonly name: string;
  readonly [key: string]: unknown;
}

/** Page to worker. */
export type ToWorker =
  | { readonly kind: "start"; readonly settings: unknown; readonly init: unknown; readonly bundle: string }
  | { readonly kind: "event"; readonly event: PixelEvent }
  | { readonly kind: "consent"; readonly privacy: Privacy }
  | { readonly kind: "answer"; readonly id: number; readonly value: unknown; readonly failed: boolean };

export type StorageArea = "cookie" | "localStorage" | "sessionStorage";

/** Worker to page: `browser.*`, which the strict sandbox runs on the top frame. */
export interface FromWorker {
  readonly kind: "browser";
  readonly id: number;
  readonly area: StorageArea;
  readonly method: string;
  readonly args: readonly string[];
}
