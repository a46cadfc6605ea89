import type { Privacy } from "./visitor-consent.ts";

/** Shopify's StandardEvent; only its name is read on the way. */
export interface PixelEvent {
  readonly name: string;
  readonly [key: string]: unknown;
}

/** Page to worker. */
export type ToWorker =
  | { readonly kind: "start"; readonly settings: unknown; readonly init: unknown; readonly bundle: string }
  | { readonly kind: "event"; readonly event: PixelEvent }
  | { readonly kind: "consent"; readonly privacy: Privacy };

/** Worker to page: `browser.*`, which the strict sandbox runs on the top frame; the port that comes along takes the answer. */
export type FromWorker =
  | { readonly area: "cookie"; readonly method: "get"; readonly args: readonly string[] }
  | {
      readonly area: "localStorage" | "sessionStorage";
      readonly method: "getItem" | "setItem" | "removeItem";
      readonly args: readonly string[];
    };

/** What the page answers the worker; `failure` where the browser refused. */
export interface BrowserAnswer {
  readonly value?: string | null | undefined;
  readonly failure?: string;
}
