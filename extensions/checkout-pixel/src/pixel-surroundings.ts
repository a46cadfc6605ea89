/** Storage of the top frame, asynchronous as Shopify's strict sandbox gives it. */
export interface AsyncStorage {
  getItem(key: string): Promise<string | null>;
  setItem(key: string, value: string): Promise<unknown>;
  removeItem(key: string): Promise<unknown>;
}

/** The part of Shopify's `browser` that the pixel uses. */
export interface PixelBrowser {
  readonly cookie: { get(name: string): Promise<string> };
  readonly localStorage: AsyncStorage;
  readonly sessionStorage: AsyncStorage;
}

/** The worker itself. `later` resolves after so many milliseconds; `now` is Unix milliseconds. */
export interface PixelWorker {
  fetch(url: string, init: RequestInit): Promise<Response>;
  later(milliseconds: number): Promise<void>;
  now(): number;
}

/** What the app wrote with webPixelCreate; `funnel` is JSON (contract/funnel-settings.ts). */
export interface PixelSettings {
  readonly appUrl: string;
  readonly trUrl: string;
  readonly accountID: string;
  readonly funnel?: string | undefined;
}

/** Consent as Shopify's pixel manager names it. */
export interface CustomerPrivacy {
  readonly analyticsProcessingAllowed: boolean;
  readonly marketingAllowed: boolean;
  readonly preferencesProcessingAllowed: boolean;
  readonly saleOfDataAllowed: boolean;
}

/** What every event of Shopify has. */
export interface ShopifyEvent {
  readonly id: string;
  /** ISO 8601, by the buyer's clock. */
  readonly timestamp: string;
  readonly context: {
    readonly document: { readonly location: { readonly href: string } };
    readonly navigator: { readonly userAgent: string };
  };
  readonly data: unknown;
}

/** A cart attribute, as a checkout has it. */
export interface CartAttribute {
  readonly key: string;
  readonly value: string;
}

/** The part of `checkout_completed` that the pixel uses. */
export interface CheckoutCompleted extends ShopifyEvent {
  readonly data: {
    readonly checkout: {
      readonly token: string | null;
      readonly order: {
        readonly id: string | null;
        readonly customer?: { readonly isFirstOrder?: boolean | null } | null;
      } | null;
      readonly attributes: readonly CartAttribute[];
    };
  };
}
