import { createContext, runInContext } from "node:vm";

import { fbeventsScript } from "#sandbox/meta/http/meta-app.ts";

export interface FakePageOptions {
  hostname?: string;
  search?: string;
  /** `document.cookie` when the page opens. */
  cookies?: Record<string, string>;
}

type Call = readonly unknown[];

/** A page that has the usual `fbq` stub and then loads the stand-in script: calls before and after, hits, cookies. */
export class FakePage {
  /** Query of every hit on `/tr/`, in order. */
  readonly hits: URLSearchParams[] = [];
  readonly warnings: string[] = [];
  readonly cookies: Map<string, string>;
  readonly #context: Record<string, unknown>;
  readonly #timers: (() => void)[] = [];
  readonly #clicks: ((event: { target: unknown }) => void)[] = [];
  #digesting = 0;
  readonly #digest = async (...given: Parameters<SubtleCrypto["digest"]>): Promise<ArrayBuffer> => {
    this.#digesting += 1;
    return crypto.subtle.digest(...given).finally(() => {
      this.#digesting -= 1;
    });
  };

  constructor(options: FakePageOptions = {}) {
    const hostname = options.hostname ?? "www.shop.example";
    const href = `https://${hostname}/products/hat${options.search ?? ""}`;
    this.cookies = new Map(Object.entries(options.cookies ?? {}));
    const { cookies, hits } = this;
    const store = (text: string): void => this.#store(text, hostname);
    class FakeScript {
      src = "http://127.0.0.1:4020/en_US/fbevents.js";
    }
    class FakeElement {
      textContent = "Buy";
      closest(): FakeElement {
        return this;
      }
    }
    class FakeImage {
      set src(url: string) {
        if (url.startsWith("http://127.0.0.1:4020/tr/?")) hits.push(new URL(url).searchParams);
      }
    }
    const document = {
      currentScript: new FakeScript(),
      referrer: "",
      title: "Hat",
      get cookie() {
        return [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      },
      set cookie(text: string) {
        store(text);
      },
      addEventListener: (_: string, listener: (event: { target: unknown }) => void) =>
        this.#clicks.push(listener),
    };
    const globals: Record<string, unknown> = {
      document,
      location: { href, hostname, search: options.search ?? "", origin: `https://${hostname}` },
      history: { pushState: () => undefined },
      screen: { width: 1280, height: 720 },
      navigator: {
        sendBeacon: (_: string, hit: URLSearchParams) => hits.push(hit),
      },
      crypto: { subtle: { digest: this.#digest } },
      console: { warn: (text: string) => this.warnings.push(text) },
      setTimeout: (run: () => void) => this.#timers.push(run),
      URL,
      URLSearchParams,
      TextEncoder,
      Image: FakeImage,
      HTMLScriptElement: FakeScript,
      Element: FakeElement,
    };
    globals.window = globals;
    globals.top = globals.self = globals;
    this.#context = createContext(globals);
    this.run(
      "var fbq=function(){fbq.callMethod?fbq.callMethod.apply(fbq,arguments):fbq.queue.push(arguments)};",
    );
    this.run("fbq.queue=[];fbq.loaded=true;window._fbq=fbq;");
  }

  run(code: string): unknown {
    return runInContext(code, this.#context);
  }

  /** Runs the stand-in in the page, as the script tag does when it has loaded. */
  load(): this {
    this.run(fbeventsScript());
    return this;
  }

  fbq(...call: Call): this {
    (this.#context.fbq as (...call: Call) => void)(...call);
    return this;
  }

  click(): void {
    const element = this.run("new Element()");
    for (const listener of this.#clicks) listener({ target: element });
  }

  navigate(): void {
    this.run("history.pushState({}, '', '/cart')");
  }

  /** Lets timers and hashing finish, then returns all hits. */
  async settle(): Promise<URLSearchParams[]> {
    for (const timer of this.#timers.splice(0)) timer();
    // A digest may lead to the next one, or to a hit, a turn after it has ended.
    for (let quietTurns = 0; quietTurns < 3; quietTurns = this.#digesting > 0 ? 0 : quietTurns + 1)
      await new Promise((resolve) => setTimeout(resolve, 1));
    return this.hits;
  }

  /** Keeps a cookie as a browser would: not for a top-level domain, not for another site. */
  #store(text: string, hostname: string): void {
    const [pair = "", ...attributes] = text.split("; ");
    const domain = attributes.find((attribute) => attribute.startsWith("domain="))?.slice("domain=".length);
    if (domain !== undefined && (!domain.includes(".") || !`.${hostname}`.endsWith(`.${domain}`))) return;
    const [name = "", ...value] = pair.split("=");
    this.cookies.set(name, value.join("="));
  }
}
