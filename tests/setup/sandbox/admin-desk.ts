import { startShopify, type ShopifySandbox } from "#sandbox/shopify/start-shopify.ts";

export const SHOP = "tandem-demo.myshopify.com";
export const HOUR = 3_600_000;

/** What a GraphQL call answers; `data` is looked at with toMatchObject. */
export interface Answer {
  readonly data?: Record<string, never> | null;
  readonly errors?: { message: string; path?: string[]; extensions?: Record<string, unknown> }[];
  readonly extensions?: {
    cost: { requestedQueryCost: number; throttleStatus: Record<string, number> };
    search?: unknown[];
  };
}

/** A sandbox whose clock stands still, an installed app and its token. */
export class AdminDesk {
  readonly sandbox: ShopifySandbox;
  token = "";
  readonly #time: { now: number };

  private constructor(sandbox: ShopifySandbox, time: { now: number }) {
    this.sandbox = sandbox;
    this.#time = time;
  }

  /** Unix milliseconds. */
  get clock(): number {
    return this.#time.now;
  }
  set clock(now: number) {
    this.#time.now = now;
  }

  static async open(options: { webPixelToml?: string } = {}): Promise<AdminDesk> {
    const time = { now: Date.parse("2026-06-15T12:00:00Z") };
    const basics = { appUrl: "http://localhost:1", apiKey: "key", apiSecret: "secret" };
    return new AdminDesk(await startShopify({ ...basics, ...options, now: () => time.now }), time);
  }

  /** An hour later: no orders, a fresh token. */
  refresh(): void {
    this.clock += HOUR;
    this.sandbox.store(SHOP).orders.clear();
    this.sandbox.install(SHOP);
    this.token = this.sandbox.tokens.issueOffline(SHOP, []).access.token;
  }

  post(query: string, variables: object = {}, token = this.token, version = "2026-10"): Promise<Response> {
    return fetch(`${this.sandbox.url}/admin/api/${version}/graphql.json`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-sandbox-host": SHOP,
        "x-shopify-access-token": token,
      },
      body: JSON.stringify({ query, variables }),
    });
  }

  async ask(query: string, variables?: object): Promise<Answer> {
    return (await (await this.post(query, variables)).json()) as Answer;
  }
}
