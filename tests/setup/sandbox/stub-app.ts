import express, { type Request } from "express";
import type { IncomingHttpHeaders } from "node:http";
import { answering, listen, newApp, urlOf } from "#sandbox/http/express-server.ts";
import { findTokenProblem } from "#sandbox/shopify/auth/session-token.ts";

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
  <ui-save-bar id="bar"><button variant="primary" id="save">save</button><button id="discard">discard</button></ui-save-bar>
  <a id="deep" target="_top" href="https://admin.shopify.com/store/tandem-demo/themes/current/editor?context=apps">theme</a>
  <output id="log"></output>
  <script>
    const log = (text) => { document.getElementById("log").textContent += text + ";" };
    for (const id of ["save", "discard"]) document.getElementById(id).addEventListener("click", () => log(id));
    addEventListener("shopify:navigate", (event) => { const to = event.target.getAttribute("href"); history.pushState(null, "", to); log("at " + to) });
  </script>`;

export async function startStubApp(options: StubAppOptions): Promise<StubApp> {
  const hasToken = async (request: Request): Promise<boolean> => {
    const token = /^Bearer (.+)$/.exec(request.get("authorization") ?? "")?.[1] ?? "";
    const expected = { ...options, now: Date.now() };
    return (await findTokenProblem(token, expected)) === undefined;
  };
  const server = newApp();
  const { port, close } = await listen(server);
  const app: StubApp = { url: `http://localhost:${port}`, requests: [], rejectNext: false, close };
  server.use(
    answering(async (request, response) => {
      const url = new URL(request.url, app.url);
      const bearer = await hasToken(request);
      app.requests.push({ path: url.pathname, bearer, query: url.searchParams });
      if (url.pathname === "/api") {
        const again = app.rejectNext || !bearer;
        app.rejectNext = false;
        if (again) response.status(401).set("x-shopify-retry-invalid-session-request", "1");
        return response.end("ok");
      }
      // What the library does with a document request that lacks its token: the bounce page.
      if (url.pathname === "/bare" && !url.searchParams.has("id_token")) {
        const back = new URLSearchParams({ "shopify-reload": `${app.url}/bare?embedded=1` });
        return response.redirect(`/auth/session-token?${back.toString()}`);
      }
      const tag = `<script data-api-key="${options.apiKey}" src="${options.appBridgeUrl()}"></script>`;
      const body = url.pathname === "/auth/session-token" ? "" : BODY;
      return response.send(
        `<!doctype html><html><head><title>Overview</title><link rel="icon" href="data:,">${tag}</head><body>${body}</body></html>`,
      );
    }),
  );
  return app;
}

/** Just enough of the app's public side to see what a storefront and its web pixel send. */
export interface StubPixelApp {
  readonly url: string;
  readonly requests: {
    readonly path: string;
    readonly query: URLSearchParams;
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
  }[];
  /** What POST /pixel/checkout answers. */
  answer: unknown;
  to(path: string): StubPixelApp["requests"];
  close(): Promise<void>;
}

export async function startStubPixelApp(): Promise<StubPixelApp> {
  const server = newApp();
  const { port, close } = await listen(server);
  const app: StubPixelApp = {
    url: `http://localhost:${port}`,
    requests: [],
    answer: { fire: false, reason: "unknown_order" },
    to: (path) => app.requests.filter((each) => each.path === path),
    close,
  };
  server.use(express.text({ type: () => true }), (request, response) => {
    const { pathname: path, searchParams: query } = urlOf(request);
    const body = typeof request.body === "string" ? request.body : "";
    app.requests.push({ path, query, headers: request.headers, body });
    response.set("access-control-allow-origin", "*");
    if (path === "/pixel/checkout") response.json(app.answer);
    else response.status(204).end();
  });
  return app;
}
