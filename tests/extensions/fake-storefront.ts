import { sendHeartbeat } from "../../extensions/storefront-pixel/src/heartbeat/send-heartbeat.ts";
import type {
  CollectedConsent,
  Fbq,
  ScriptTag,
  StorefrontWindow,
  WebStorage,
} from "../../extensions/storefront-pixel/src/storefront-window.ts";
import { CookieJar } from "./cookie-jar.ts";

export interface Request {
  url: string;
  body: Record<string, unknown> | undefined;
}

export interface FakeStorefrontOptions {
  hostname?: string;
  pathname?: string;
  search?: string;
  /** What the block wrote; undefined = no block in the page. */
  block?: unknown;
  /** What Shopify's API answers; null = the visitor has not chosen and nothing is allowed. */
  marketing?: boolean | null;
  saleOfData?: boolean;
  customerPrivacy?: "loaded" | "loads" | "absent";
  designMode?: boolean;
  /** fbevents.js never arrives. */
  adBlocker?: boolean;
  /** Another Pixel was on the page first. */
  foreignFbq?: Fbq;
  scripts?: ScriptTag[];
  cart?: Record<string, string>;
  order?: unknown;
  storage?: Map<string, string> | "forbidden";
  cookies?: CookieJar;
}

function fakeStorage(stored: () => Map<string, string>): WebStorage {
  return {
    get length() {
      return stored().size;
    },
    key: (index) => [...stored().keys()][index] ?? null,
    getItem: (key) => stored().get(key) ?? null,
    setItem: (key, value) => stored().set(key, value),
    removeItem: (key) => stored().delete(key),
  };
}

/** Where the block says that the second script is. */
export const BEAT = "https://cdn.example/heartbeat.js";

const FBP = "fb.1.1761288000000.1098115397";

/** A storefront page without a browser: cookies, cart, consent, and a stand-in for fbevents.js that records its calls. */
export class FakeStorefront {
  readonly requests: Request[] = [];
  /** What fbevents.js was told, in order; empty while it has not arrived. */
  readonly calls: unknown[][] = [];
  /** Scripts that were loaded, the embed's own second one left out. */
  readonly loaded: ScriptTag[] = [];
  readonly cookies: CookieJar;
  readonly cart: Record<string, string>;
  readonly session = new Map<string, string>();
  readonly window: StorefrontWindow;
  marketing: boolean | null;
  saleOfData: boolean;
  #listeners: ((event: { detail?: CollectedConsent }) => void)[] = [];

  constructor(options: FakeStorefrontOptions = {}) {
    const {
      hostname = "www.example.com",
      pathname = "/products/hat",
      search = "",
      scripts = [],
      adBlocker = false,
    } = options;
    this.marketing = options.marketing === undefined ? true : options.marketing;
    this.saleOfData = options.saleOfData ?? true;
    this.cookies = options.cookies ?? new CookieJar(hostname);
    this.cart = { ...options.cart };
    const { cookies } = this;
    const listeners = this.#listeners;
    const privacy = {
      marketingAllowed: () => this.marketing === true,
      analyticsProcessingAllowed: () => this.marketing === true,
      preferencesProcessingAllowed: () => false,
      saleOfDataAllowed: () => this.saleOfData,
      currentVisitorConsent: () => ({
        marketing: this.marketing === null ? "" : this.marketing ? "yes" : "no",
      }),
    };
    const shopify: NonNullable<StorefrontWindow["Shopify"]> = {
      theme: { id: 144 },
      ...(options.designMode ? { designMode: true } : {}),
    };
    if (options.customerPrivacy === "loaded") shopify.customerPrivacy = privacy;
    if ((options.customerPrivacy ?? "loads") === "loads") {
      shopify.loadFeatures = (_features, done) => {
        shopify.customerPrivacy = privacy;
        done();
      };
    }
    const stored = options.storage ?? new Map<string, string>();
    const storage = () => {
      if (stored === "forbidden") throw new Error("SecurityError");
      return stored;
    };
    this.window = {
      Shopify: shopify,
      ...(options.foreignFbq ? { fbq: options.foreignFbq } : {}),
      location: { origin: `https://${hostname}`, pathname, search, hostname },
      document: {
        get cookie() {
          return cookies.header;
        },
        set cookie(line: string) {
          cookies.set(line);
        },
        scripts,
        head: {
          appendChild: (tag) => {
            if (tag.src === BEAT) {
              setTimeout(() => void sendHeartbeat(this.window), 20);
              return tag;
            }
            this.loaded.push(tag);
            if (!adBlocker) setTimeout(() => this.runFbevents(), 50);
            return tag;
          },
        },
        createElement: () => ({ src: "", async: false, text: "" }),
        getElementById: (id) =>
          id === "tandem-pixel" && options.block !== undefined
            ? { textContent: JSON.stringify(options.block) }
            : null,
        addEventListener: (_name, listener) => listeners.push(listener),
      },
      localStorage: fakeStorage(storage),
      sessionStorage: fakeStorage(() => this.session),
      fetch: (url, init) => Promise.resolve(this.#answer(url, init, options.order)),
      setTimeout: (task, milliseconds) => setTimeout(task, milliseconds),
    };
  }

  /** fbevents.js arrives: takes over the queue and, as the real one does, sets `_fbp`. */
  runFbevents(): void {
    const { fbq } = this.window;
    if (!fbq) return;
    fbq.callMethod = (...call) => this.calls.push(call);
    for (const call of fbq.queue ?? []) this.calls.push([...(call as unknown[])]);
    if (!this.cookies.get("_fbp")) this.cookies.set(`_fbp=${FBP};domain=example.com`);
  }

  /** The consent banner's answer. */
  choose(marketing: boolean, saleOfData = true): void {
    this.marketing = marketing;
    this.saleOfData = saleOfData;
    const detail = {
      marketingAllowed: marketing,
      analyticsAllowed: marketing,
      preferencesAllowed: false,
      saleOfDataAllowed: saleOfData,
    };
    for (const listener of this.#listeners) listener({ detail });
  }

  sent(path: string): Record<string, unknown>[] {
    return this.requests.filter(({ url }) => url === path).map(({ body }) => body ?? {});
  }

  #answer(url: string, init: RequestInit | undefined, order: unknown): Response {
    const body =
      typeof init?.body === "string" ? (JSON.parse(init.body) as Record<string, unknown>) : undefined;
    this.requests.push({ url, body });
    if (url === "/cart.js") return Response.json({ attributes: this.cart });
    if (url === "/cart/update.js") Object.assign(this.cart, body?.["attributes"]);
    if (url === "/apps/tandem/order") return Response.json(order);
    return Response.json({});
  }
}
