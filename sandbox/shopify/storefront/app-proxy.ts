import { signProxyQuery } from "../auth/sign-request.ts";
import { urlOf } from "../../http/express-server.ts";
import type { ShopifyState } from "../shopify-sandbox.ts";
import type { Visit } from "./visit.ts";

/** Headers of the visitor that reach the app; Shopify drops cookies both ways. */
const FORWARDED = ["accept", "accept-language", "content-type", "user-agent"] as const;
const ANSWERED = ["content-type", "cache-control", "location"] as const;

/** Forwards one request to the app with Shopify's signature over the query. `rest`: the path below the proxy's own. */
export async function forwardToApp(visit: Visit, rest: string, state: ShopifyState): Promise<unknown> {
  const { request, response, store } = visit;
  if (!store.installation) return response.status(404).send("Not found\n");
  const { proxy } = state.app;
  const url = new URL(proxy.target + rest, state.options.appUrl);
  for (const [name, value] of urlOf(request).searchParams) url.searchParams.append(name, value);
  const added = {
    shop: store.domain,
    logged_in_customer_id: visit.customerId ?? "",
    path_prefix: proxy.path,
    timestamp: String(Math.floor(state.now() / 1000)),
  };
  for (const [name, value] of Object.entries(added)) url.searchParams.set(name, value);
  url.searchParams.set("signature", signProxyQuery(url.searchParams, state.options.apiSecret));

  const headers = new Headers({ "x-forwarded-for": request.ip ?? "127.0.0.1", "x-forwarded-host": url.host });
  for (const name of FORWARDED) {
    const value = request.headers[name];
    if (value !== undefined) headers.set(name, value);
  }
  const body: unknown = request.body;
  try {
    const answer = await fetch(url, {
      method: request.method,
      headers,
      redirect: "manual",
      ...(Buffer.isBuffer(body) ? { body: new Uint8Array(body) } : {}),
    });
    for (const name of ANSWERED) {
      const value = answer.headers.get(name);
      if (value !== null) response.setHeader(name, value);
    }
    return response.status(answer.status).end(Buffer.from(await answer.arrayBuffer()));
  } catch {
    return response.status(502).type("text").send("The app did not answer\n");
  }
}
