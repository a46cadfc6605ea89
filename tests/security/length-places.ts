import { Agent } from "node:http";

import { signProxyQuery, signWebhook } from "#sandbox/shopify/auth/sign-request.ts";
import { withOwnShopId } from "#sandbox/shopify/orders/order-json.ts";
import { addressOf, readEndpoints } from "./endpoints.ts";
import { PIXEL_BODIES } from "./fuzz-corpus.ts";
import type { FuzzRequest, FuzzTarget } from "./fuzz-requests.ts";
import { send } from "./fuzz-wire.ts";
import type { LengthPlace } from "./length-cost.ts";
import { orderBody, webhookRequest } from "./webhook-desk.ts";

/** Just below what the HTTP server takes of a head (16 kB), the rest of the head aside. */
const HEAD = 14_000;
/** A report, an order page (proxy.*), a login form, a text within an order. */
const [REPORT, PROXIED, FORM, ORDER_TEXT] = [7_000, 3_500, 60_000, 100_000];
/** A report for an order that is not known waits ten seconds; what it costs, it costs at once. Milliseconds. */
const WAITS_MS = 200;

const HEADERS = [
  "user-agent",
  "accept",
  "accept-language",
  "accept-encoding",
  "authorization",
  "content-type",
  "cookie",
  "if-none-match",
  "origin",
  "referer",
  "x-forwarded-for",
  "x-shopify-hmac-sha256",
  "x-shopify-shop-domain",
  "x-shopify-topic",
];
/** What the pages read from their addresses, and a name that nobody reads. */
const PARAMETERS = [
  "shop",
  "host",
  "id_token",
  "exitIframe",
  "shopify-reload",
  "locale",
  "_data",
  "timestamp",
  "x",
];
/** What a buyer may write into an order. */
const ORDER_TEXTS = [
  "email",
  "phone",
  "note",
  "landing_site",
  "referring_site",
  "browser_ip",
  "tags",
  "name",
];

/** Every text that a stranger chooses, at each public endpoint: path, query, headers, cookies, fields of bodies. */
export function lengthPlaces(base: string, target: FuzzTarget): readonly LengthPlace[] {
  const agent = new Agent({ keepAlive: true });
  let calls = 0;
  /** Each call from an address of its own: the limits must not hide what is behind them. */
  const from = () => `198.${18 + (calls >> 16)}.${(calls >> 8) & 255}.${calls++ & 255}`;
  const place = (
    name: string,
    longest: number,
    build: (text: string) => Partial<FuzzRequest> & { readonly path: string },
  ): LengthPlace => ({
    name,
    longest,
    send: async (text) => {
      const made = build(text);
      const request = { method: "GET", body: Buffer.alloc(0), ...made };
      // Header values are latin1 without controls.
      const headers = { "x-forwarded-for": from(), ...made.headers };
      const waits = AbortSignal.timeout(WAITS_MS);
      await Promise.race([
        send(base, { ...request, headers }, agent),
        new Promise((resolve) => waits.addEventListener("abort", resolve, { once: true })),
      ]);
    },
  });

  const endpoints = [...readEndpoints()].map(([file, kind]) => ({
    kind,
    path: addressOf(file).replace("$", "1"),
  }));
  const documents = [
    "/",
    "/app",
    "/auth/login",
    "/auth/exit-iframe",
    "/auth/session-token",
    "/healthz",
    "/readyz",
  ];
  return [
    ...[...new Set([...endpoints.map((endpoint) => endpoint.path), ...documents, "/assets"])].map((path) =>
      place(`path below ${path}`, HEAD, (text) => ({ path: encodeURI(`${path}/${text}`).slice(0, HEAD) })),
    ),
    ...documents.flatMap((path) =>
      PARAMETERS.map((name) =>
        place(`${path}?${name}`, HEAD, (text) => ({
          path: `${path}?${name}=${encodeURI(text).replaceAll("#", "%23")}`.slice(0, HEAD),
        })),
      ),
    ),
    ...["/", "/app", "/webhooks/orders/paid", "/pixel/checkout", "/proxy/order"].flatMap((path) =>
      HEADERS.map((name) =>
        place(`${path} ${name}`, HEAD, (text) => ({
          path,
          method: path.length > 4 ? "POST" : "GET",
          headers: {
            [name]: name === "authorization" ? `Bearer ${text}` : name === "cookie" ? `a=${text}` : text,
          },
        })),
      ),
    ),
    place("/auth/login shop", FORM, (text) => ({
      path: "/auth/login",
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: Buffer.from(`shop=${text}`),
    })),
    ...bodyPlaces(place, target),
  ];
}

type MakePlace = (
  name: string,
  longest: number,
  build: (text: string) => Partial<FuzzRequest> & { readonly path: string },
) => LengthPlace;

function bodyPlaces(place: MakePlace, target: FuzzTarget): readonly LengthPlace[] {
  const proxied = (path: string): string => {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const query = new URLSearchParams({ shop: target.open, path_prefix: "/apps/tandem", timestamp });
    query.set("signature", signProxyQuery(query, target.secret));
    return `${path}?${query.toString()}`;
  };
  const json = (value: object) => ({
    method: "POST",
    headers: { "content-type": "text/plain" },
    body: Buffer.from(JSON.stringify(value)),
  });
  const [checkout = {}, fired = {}, heartbeat = {}] = PIXEL_BODIES;
  const endpoints = [
    ["/pixel/checkout", checkout, REPORT],
    ["/pixel/checkout/fired", fired, REPORT],
    ["/proxy/order", checkout, PROXIED],
    ["/proxy/fired", fired, PROXIED],
    ["/proxy/heartbeat", heartbeat, PROXIED],
  ] as const;
  return [
    ...endpoints.flatMap(([path, body, longest]) => [
      ...Object.keys(body).map((field) =>
        place(`${path} ${field}`, longest, (text) => ({
          path: path.startsWith("/proxy") ? proxied(path) : path,
          ...json({ ...body, [field]: text }),
        })),
      ),
      place(`${path} body`, longest, (text) => ({
        path: path.startsWith("/proxy") ? proxied(path) : path,
        ...json({}),
        body: Buffer.from(text),
      })),
    ]),
    ...ORDER_TEXTS.map((field) =>
      place(`orders/paid ${field}`, ORDER_TEXT, (text) => paid(target, { [field]: text })),
    ),
    ...["first_name", "last_name", "city", "zip", "province", "country_code", "phone"].map((field) =>
      place(`orders/paid billing_address.${field}`, ORDER_TEXT, (text) =>
        paid(target, { billing_address: { [field]: text } }),
      ),
    ),
    ...["_fbp", "_fbc", "_tandem_consent", "fbclid", "x"].map((name) =>
      place(`orders/paid note_attributes ${name}`, ORDER_TEXT, (text) =>
        paid(target, { note_attributes: [{ name, value: text }] }),
      ),
    ),
    place("orders/paid user_agent", ORDER_TEXT, (text) =>
      paid(target, { client_details: { user_agent: text } }),
    ),
  ];
}

/** An order as Shopify signs it, with a buyer's text in it. Always the same one, so that the store fills with nothing. */
function paid(target: FuzzTarget, more: Record<string, unknown>) {
  const body = Buffer.from(withOwnShopId(orderBody("6999999999999", Date.now(), more), target.openShopId));
  const { headers } = webhookRequest("orders/paid", target.open, "");
  return {
    path: "/webhooks/orders/paid",
    method: "POST",
    headers: { ...Object.fromEntries(headers), "x-shopify-hmac-sha256": signWebhook(body, target.secret) },
    body,
  };
}
