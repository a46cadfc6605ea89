import { signProxyQuery } from "../auth/sign-request.ts";
import type { Reply } from "../http/http-server.ts";
import type { ShopifyState } from "../shopify-sandbox.ts";
import type { Visit } from "./visit.ts";

/** Headers of the visitor that reach the app; Shopify drops cookies both ways. */
const FORWARDED = ["accept", "accept-language", "content-type", "user-agent"] as const;
const ANSWERED = ["content-type", "cache-control", "location"] as const;

/** Forwards one request to the app with Shopify's signature over the query. */
export async function forwardToApp(visit: Visit, rest: string, state: ShopifyState): Promise<Reply> {
  const { call, store } = visit;
  if (!store.installation) return { status: 404, body: "Not found\n" };
  const url = new URL(state.app.proxy.target + rest, state.options.appUrl);
  for (const [name, value] of call.url.searchParams) url.searchParams.append(name, value);
  const added = {
    shop: store.domain,
    logged_in_customer_id: visit.customerId ?? "",
    path_prefix: state.app.proxy.path,
    timestamp: String(Math.floor(state.now() / 1000)),
  };
  for (const [name, value] of Object.entries(added)) url.searchParams.set(name, value);
  url.searchParams.set("signature", signProxyQuery(url.searchParams, state.options.apiSecret));

  const headers = new Headers({ "x-forwarded-for": call.ip, "x-forwarded-host": url.host });
  for (const name of FORWARDED) {
    const value = call.headers[name];
    if (typeof value === "string") headers.set(name, value);
  }
  const withBody = call.method !== "GET" && call.method !== "HEAD";
  try {
    const response = await fetch(url, {
      method: call.method,
      headers,
      redirect: "manual",
      ...(withBody ? { body: new Uint8Array(call.body) } : {}),
    });
    const answered = ANSWERED.flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value] as const];
    });
    return {
      status: response.status,
      headers: Object.fromEntries(answered),
      body: Buffer.from(await response.arrayBuffer()),
    };
  } catch {
    return { status: 502, headers: { "content-type": "text/plain" }, body: "The app did not answer\n" };
  }
}
