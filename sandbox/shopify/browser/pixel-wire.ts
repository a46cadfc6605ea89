import type { Privacy } from "./visitor-consent.ts";

/** What the thank-you page tells its web pixel program. */
export interface PixelPage {
  /** Undefined: the app has created no web pixel on this store, so nothing runs. */
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
  /** `data` of checkout_completed; undefined on pages where the event does not fire. */
  readonly completed: { readonly data: unknown; readonly once: string; readonly repeat: boolean } | undefined;
  readonly init: unknown;
}

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
