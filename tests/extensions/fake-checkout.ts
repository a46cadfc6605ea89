import type {
  AsyncStorage,
  CheckoutCompleted,
  CustomerPrivacy,
  ShopifyEvent,
} from "../../extensions/checkout-pixel/src/pixel-surroundings.ts";
import type { PixelApi } from "../../extensions/checkout-pixel/src/start-checkout-pixel.ts";

export const ALL_ALLOWED: CustomerPrivacy = {
  analyticsProcessingAllowed: true,
  marketingAllowed: true,
  preferencesProcessingAllowed: true,
  saleOfDataAllowed: true,
};

/** One answer of the network: a status and body, or an error, or silence. */
export type Reply = { status: number; body?: unknown } | "error" | "silence";

export interface Sent {
  url: URL;
  init: RequestInit;
  body: Record<string, unknown>;
}

export function memoryStorage(values = new Map<string, string>()): AsyncStorage {
  return {
    getItem: (key) => Promise.resolve(values.get(key) ?? null),
    setItem: (key, value) => Promise.resolve(values.set(key, value)),
    removeItem: (key) => Promise.resolve(values.delete(key)),
  };
}

export const forbiddenStorage: AsyncStorage = {
  getItem: () => Promise.reject(new Error("SecurityError")),
  setItem: () => Promise.reject(new Error("SecurityError")),
  removeItem: () => Promise.reject(new Error("SecurityError")),
};

export interface FakeCheckoutOptions {
  /** Answers of the app to the question, in order; the last one repeats. */
  answers?: Reply[];
  /** Meta's answer to a hit. */
  meta?: Reply;
  cookies?: Record<string, string>;
  privacy?: CustomerPrivacy;
  localStorage?: AsyncStorage;
  sessionStorage?: AsyncStorage;
  settings?: PixelApi["settings"];
  /** `init.data.customer`. */
  customer?: unknown;
}

/** A checkout page as the strict sandbox shows it: Shopify's API, a network that answers as told, a list of what was sent. */
export class FakeCheckout {
  readonly sent: Sent[] = [];
  readonly api: PixelApi;
  readonly #listeners: { name: string; listener: (event: CheckoutCompleted) => void }[] = [];
  #consent: (event: { customerPrivacy: CustomerPrivacy }) => void = () => undefined;
  readonly #answers: Reply[];
  readonly #meta: Reply;

  constructor(options: FakeCheckoutOptions = {}) {
    this.#answers = [...(options.answers ?? [])];
    this.#meta = options.meta ?? { status: 200 };
    const { cookies = {} } = options;
    this.api = {
      analytics: {
        subscribe: (name: string, listener: (event: CheckoutCompleted) => void) =>
          this.#listeners.push({ name, listener }),
      },
      browser: {
        cookie: { get: (name) => Promise.resolve(cookies[name] ?? "") },
        localStorage: options.localStorage ?? memoryStorage(),
        sessionStorage: options.sessionStorage ?? memoryStorage(),
      },
      settings: options.settings ?? {
        appUrl: "https://app.example",
        trUrl: "https://www.facebook.com/tr/",
        accountID: "hats.myshopify.com",
      },
      init: {
        data: { shop: { myshopifyDomain: "hats.myshopify.com" }, customer: options.customer ?? null },
        customerPrivacy: options.privacy ?? ALL_ALLOWED,
      },
      customerPrivacy: { subscribe: (_name, listener) => (this.#consent = listener) },
    };
  }

  readonly worker = {
    now: () => Date.now(),
    later: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
    fetch: (address: string, init: RequestInit): Promise<Response> => {
      const url = new URL(address);
      const body = typeof init.body === "string" ? (JSON.parse(init.body) as Record<string, unknown>) : {};
      this.sent.push({ url, init, body });
      const [next] = this.#answers;
      const reply = this.#replyTo(url, next);
      if (reply === "silence") return new Promise(() => undefined);
      if (reply === "error") return Promise.reject(new TypeError("Failed to fetch"));
      const text = reply.body === undefined ? null : JSON.stringify(reply.body);
      return Promise.resolve(new Response(text, { status: reply.status }));
    },
  };

  complete(event: CheckoutCompleted): void {
    this.publish("checkout_completed", event);
  }

  publish(name: string, event: ShopifyEvent): void {
    for (const each of this.#listeners) if (each.name === name) each.listener(event as CheckoutCompleted);
  }

  choose(customerPrivacy: CustomerPrivacy): void {
    this.#consent({ customerPrivacy });
  }

  to(pathname: string): Sent[] {
    return this.sent.filter(({ url }) => url.pathname === pathname);
  }

  #replyTo(url: URL, next: Reply | undefined): Reply {
    if (url.pathname === "/tr/") return this.#meta;
    if (url.pathname === "/pixel/checkout/fired") return { status: 204 };
    if (this.#answers.length > 1) this.#answers.shift();
    return next ?? "silence";
  }
}

export function checkoutCompleted(
  changes: Partial<CheckoutCompleted["data"]["checkout"]> = {},
): CheckoutCompleted {
  return {
    id: "sh-0001",
    timestamp: "2026-09-03T10:00:00.000Z",
    context: {
      document: { location: { href: "https://hats.example/checkouts/cn/Z2NwLX/thank-you?key=secret#top" } },
      navigator: { userAgent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0" },
    },
    data: {
      checkout: {
        token: "bd5a8aa1ecd019dd3520ff791ee3a24c",
        order: { id: "6100000000001" },
        attributes: [],
        ...changes,
      },
    },
  };
}
