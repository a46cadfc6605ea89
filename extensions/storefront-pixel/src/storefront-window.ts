/** Meta's queue function: before fbevents.js has come it collects calls, afterwards it hands them on. */
export interface Fbq {
  (...call: unknown[]): void;
  /** Set by fbevents.js itself: its presence is the only proof that the library runs. */
  callMethod?: (...call: unknown[]) => void;
  queue?: unknown[];
  push?: Fbq;
  loaded?: boolean;
  version?: string;
  /** Keeps fbevents.js from making a PageView of its own whenever a theme changes the address. */
  disablePushState?: boolean;
  getState?: () => { pixels?: { id: string }[] };
}

/** Shopify's Customer Privacy API on the storefront. */
export interface CustomerPrivacyApi {
  marketingAllowed(): boolean;
  analyticsProcessingAllowed?(): boolean;
  preferencesProcessingAllowed?(): boolean;
  saleOfDataAllowed?(): boolean;
  /** "yes", "no", or "" where the visitor has not chosen. */
  currentVisitorConsent?(): { marketing?: string };
}

export interface ShopifyGlobal {
  customerPrivacy?: CustomerPrivacyApi;
  loadFeatures?(features: { name: string; version: string }[], done: (error?: unknown) => void): void;
  /** True in the theme editor. */
  designMode?: boolean;
  routes?: { root?: string };
  theme?: { id?: number };
}

export interface ScriptTag {
  src: string;
  async: boolean;
  text: string;
}

/** `detail` of `visitorConsentCollected`. */
export interface CollectedConsent {
  marketingAllowed?: boolean;
  analyticsAllowed?: boolean;
  preferencesAllowed?: boolean;
  saleOfDataAllowed?: boolean;
}

export interface WebStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** What the first script hands to the second, which sends the heartbeat. */
export interface HeartbeatTask {
  /** Kind of page. */
  readonly page: string | null;
  /** Connected datasets. */
  readonly datasets: readonly string[];
  /** Pixels that were initialised before ours; undefined where the page had no `fbq`. */
  readonly earlier: readonly string[] | undefined;
  /** Whether fbevents.js did not come; undefined where it was not asked for. */
  readonly blocked: boolean | undefined;
  /** The consent of the moment. */
  allowed(): boolean;
}

/** The part of the page that the scripts touch; a test brings its own. */
export interface StorefrontWindow {
  tandemBeat?: HeartbeatTask;
  fbq?: Fbq;
  _fbq?: Fbq;
  Shopify?: ShopifyGlobal;
  google_tag_manager?: unknown;
  readonly location: {
    readonly origin: string;
    readonly pathname: string;
    readonly search: string;
    readonly hostname: string;
  };
  readonly document: {
    cookie: string;
    readonly scripts: ArrayLike<ScriptTag>;
    readonly head: { appendChild(tag: ScriptTag): unknown };
    createElement(name: "script"): ScriptTag;
    getElementById(id: string): { readonly textContent: string | null } | null;
    addEventListener(
      name: "visitorConsentCollected",
      listener: (event: { detail?: CollectedConsent }) => void,
    ): void;
  };
  readonly localStorage: WebStorage;
  readonly sessionStorage: WebStorage;
  fetch(url: string, init?: RequestInit): Promise<Response>;
  setTimeout(task: () => void, milliseconds: number): unknown;
}

/** Looks five times a second until the condition holds (true) or the time is up (false). */
export async function until(
  page: StorefrontWindow,
  condition: () => unknown,
  milliseconds: number,
): Promise<boolean> {
  for (let left = milliseconds; !condition(); left -= 200) {
    if (left <= 0) return false;
    await new Promise<void>((resolve) => page.setTimeout(resolve, 200));
  }
  return true;
}

/** Loads a script of ours or Meta's; nothing waits for it. */
export function loadScript(page: StorefrontWindow, src: string): void {
  const tag = page.document.createElement("script");
  tag.async = true;
  tag.src = src;
  page.document.head.appendChild(tag);
}

/** POST to the store's own address: the cart, or the app behind Shopify's proxy. */
export function postJson(page: StorefrontWindow, path: string, body: unknown): Promise<Response> {
  return page.fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    keepalive: true,
  });
}
