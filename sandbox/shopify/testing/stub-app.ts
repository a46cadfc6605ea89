import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { checkSessionToken } from "../auth/session-token.ts";

/** Just enough of an embedded app to see whether the admin and App Bridge do their part. */
export interface StubApp {
  readonly url: string;
  /** Requests in order: path, and whether they carried a valid session token. */
  readonly requests: { readonly path: string; readonly bearer: boolean; readonly query: URLSearchParams }[];
  /** The next API call is answered as if its token had been invalid. */
  rejectNext: boolean;
  close(): Promise<void>;
}

export interface StubAppOptions {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly shop: string;
  readonly appBridgeUrl: () => string;
}

const BODY = `
  <ui-nav-menu><a href="/app" rel="home">Home</a><a href="/app/settings">Settings</a></ui-nav-menu>
  <ui-title-bar title="Overview"><button variant="primary" id="go">Do it</button></ui-title-bar>
  <ui-save-bar id="bar"><button variant="primary" id="save">save</button><button id="discard">discard</button></ui-save-bar>
  <ui-modal id="modal"><p>Sure?</p><ui-title-bar title="Delete"><button variant="primary" id="yes">Yes</button></ui-title-bar></ui-modal>
  <form data-save-bar id="form"><input name="field" id="field" value="old"></form>
  <a id="deep" target="_top" href="https://admin.shopify.com/store/tandem-demo/themes/current/editor?context=apps">theme</a>
  <output id="log"></output>
  <script>
    const log = (text) => { document.getElementById("log").textContent += text + ";" };
    for (const id of ["go", "save", "discard", "yes"]) document.getElementById(id).addEventListener("click", () => log(id));
    document.getElementById("form").addEventListener("submit", (event) => { event.preventDefault(); log("submit") });
    addEventListener("shopify:navigate", (event) => { const to = event.target.getAttribute("href"); history.pushState(null, "", to); log("at " + to) });
  </script>`;

export async function startStubApp(options: StubAppOptions): Promise<StubApp> {
  const app: { -readonly [K in keyof StubApp]: StubApp[K] } = {
    url: "",
    requests: [],
    rejectNext: false,
    close: async () => undefined,
  };
  const valid = (request: IncomingMessage): boolean => {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
    return (
      checkSessionToken(token, { ...options, secret: options.apiSecret, now: Date.now() }).kind === "valid"
    );
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", app.url);
    app.requests.push({ path: url.pathname, bearer: valid(request), query: url.searchParams });
    if (url.pathname === "/api") {
      const again = app.rejectNext || !valid(request);
      app.rejectNext = false;
      response
        .writeHead(again ? 401 : 200, again ? { "x-shopify-retry-invalid-session-request": "1" } : {})
        .end("ok");
      return;
    }
    // What the library does with a document request that lacks its token: the bounce page.
    const bare = url.pathname === "/bare" && !url.searchParams.has("id_token");
    const bounce = url.pathname === "/auth/session-token";
    if (bare) {
      const back = new URLSearchParams({ "shopify-reload": `${app.url}/bare?embedded=1` });
      response.writeHead(302, { location: `/auth/session-token?${back.toString()}` }).end();
      return;
    }
    response.writeHead(200, { "content-type": "text/html" });
    const tag = `<script data-api-key="${options.apiKey}" src="${options.appBridgeUrl()}"></script>`;
    response.end(
      `<!doctype html><html><head><link rel="icon" href="data:,">${tag}</head><body>${bounce ? "" : BODY}</body></html>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  app.url = `http://localhost:${(server.address() as AddressInfo).port}`;
  app.close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return app;
}
