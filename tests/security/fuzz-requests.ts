/**
 * Requests that nobody well-meaning sends: right paths with wrong bodies, wrong headers, wrong encodings, and signed
 * webhooks whose bodies are rubbish. Made from a seed, so that a failure can be had again.
 *
 * None of them may leave anything behind but in one store, so what is well-formed names that one or a shop that does not
 * exist.
 */
import { signProxyQuery, signWebhook } from "#sandbox/shopify/auth/sign-request.ts";
import { withOwnShopId } from "#sandbox/shopify/orders/order-json.ts";
import { seededRandom } from "#sandbox/shopify/orders/seeded-random.ts";

import { createAdminFuzz } from "./fuzz-admin.ts";
import { oddOrder } from "./odd-order.ts";
import { webhookRequest } from "./webhook-desk.ts";
import { AGENTS, METHODS, NASTY, NOBODY, PAGES, PIXEL_BODIES, TOPICS, TYPES } from "./fuzz-corpus.ts";

export interface FuzzRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface FuzzTarget {
  /** A store that is installed. */
  readonly shop: string;
  readonly secret: string;
  /** A store that is installed, where what is well-formed may leave rows: as anybody may for a store that they know. */
  readonly open: string;
  /** Its numeric shop ID. */
  readonly openShopId: string;
  /** A session token of `shop`, fresh. */
  readonly token: () => string;
}

export function createFuzz(target: FuzzTarget, seed: number): () => FuzzRequest {
  const random = seededRandom(seed);
  const number = (below: number): number => random.int(0, below - 1);
  const { pick } = random;
  const bytes = (length: number): Buffer => Buffer.from(Array.from({ length }, () => number(256)));

  /** A body of the right kind with something wrong in it. */
  const mutate = (body: Readonly<Record<string, unknown>>): Buffer => {
    const copy: Record<string, unknown> = { ...body };
    for (let times = 1 + number(3); times > 0; times -= 1) {
      const key = pick(Object.keys(copy).concat("extra"));
      if (number(4) === 0) Reflect.deleteProperty(copy, key);
      else copy[key] = pick(NASTY);
    }
    const text = JSON.stringify(copy) ?? "null";
    switch (number(12)) {
      case 0:
        return Buffer.from(text.slice(0, number(text.length)));
      case 1:
        return Buffer.from(text, "utf16le");
      case 2:
        return Buffer.concat([Buffer.from(text.slice(0, -1)), bytes(8)]);
      case 3:
        return Buffer.from(`\uFEFF${text}`);
      case 4:
        return Buffer.from(`{"__proto__":{"shop":"x"},"constructor":${text}}`);
      default:
        return Buffer.from(text);
    }
  };
  const rubbish = (): Buffer => {
    switch (number(8)) {
      case 0:
        return Buffer.alloc(0);
      case 1:
        return bytes(number(2_000));
      case 2:
        return Buffer.from("[".repeat(number(8_000)));
      case 3:
        return Buffer.from('{"a":'.repeat(number(1_500)));
      case 4:
        return Buffer.alloc(number(20_000), "9");
      case 5:
        return Buffer.alloc(number(10) === 0 ? 2_500_000 : 9_000, 0x20);
      case 6:
        return Buffer.from(JSON.stringify(pick(NASTY)) ?? "null");
      default:
        return Buffer.from(`shop=${target.shop}&id=1`);
    }
  };
  const address = (): string => `198.51.${number(256)}.${number(256)}`;
  const common = (): Record<string, string> => {
    const type = pick(TYPES);
    return {
      "user-agent": pick(AGENTS),
      ...(type ? { "content-type": type } : {}),
      ...(number(2)
        ? { "x-forwarded-for": pick([address(), "::1", "not an address", `${address()}, ${address()}`]) }
        : {}),
      ...(number(10) === 0 ? { "content-encoding": pick(["gzip", "br", "nonsense"]) } : {}),
      ...(number(10) === 0 ? { origin: pick(["null", "https://evil.example", ""]) } : {}),
      ...(number(20) === 0 ? { cookie: "a=b; ".repeat(number(400)) } : {}),
    };
  };
  const pixelBody = () => {
    const body = pick(PIXEL_BODIES);
    return number(4) || !("shop" in body)
      ? body
      : { ...body, shop: target.open, orderId: String(number(1e9)) };
  };
  const pixel = (): FuzzRequest => ({
    method: number(12) === 0 ? pick(METHODS) : "POST",
    path: pick(["/pixel/checkout", "/pixel/checkout/fired"]),
    headers: common(),
    body: number(3) === 0 ? rubbish() : mutate(pixelBody()),
  });
  const proxy = (): FuzzRequest => {
    const query = new URLSearchParams({
      shop: number(3) ? NOBODY : target.open,
      path_prefix: "/apps/tandem",
      timestamp: String(number(2) ? Math.floor(Date.now() / 1000) : 1_700_000_000),
    });
    if (number(2)) query.set("logged_in_customer_id", pick(["1", "", "-1", "x".repeat(100)]));
    query.set("signature", number(2) ? signProxyQuery(query, target.secret) : bytes(32).toString("hex"));
    if (number(4) === 0) query.append("signature", "again");
    if (number(4) === 0) query.append("shop", target.shop);
    return {
      method: number(12) === 0 ? pick(METHODS) : "POST",
      path: `/proxy/${pick(["heartbeat", "order", "fired"])}?${query.toString()}`,
      headers: common(),
      body: number(3) === 0 ? rubbish() : mutate(pick(PIXEL_BODIES)),
    };
  };
  const webhook = (): FuzzRequest => {
    const topic = pick(TOPICS);
    const signed = number(2) === 0;
    const body = number(2)
      ? rubbish()
      : mutate({
          id: 1,
          shop_id: 1,
          shop_domain: NOBODY,
          myshopify_domain: NOBODY,
          customer: { id: 1, email: "x@example.com" },
          current: ["read_orders"],
          orders_to_redact: [1],
        });
    return {
      method: number(15) === 0 ? pick(METHODS) : "POST",
      path: `/webhooks/${topic}`,
      headers: {
        ...common(),
        "x-shopify-topic": pick([topic, topic, pick(TOPICS), ""]),
        "x-shopify-shop-domain": signed ? NOBODY : pick([target.shop, "evil.example", "a".repeat(300)]),
        "x-shopify-api-version": pick(["2026-10", "2026-10", "1999-01", ""]),
        "x-shopify-webhook-id": String(number(1e9)),
        "x-shopify-triggered-at": pick(["2026-11-22T12:00:00Z", "yesterday", ""]),
        ...(number(8) === 0
          ? {}
          : {
              "x-shopify-hmac-sha256": signed
                ? signWebhook(body, target.secret)
                : bytes(32).toString("base64"),
            }),
      },
      body,
    };
  };
  const page = (): FuzzRequest => ({
    method: pick(METHODS),
    path: pick(PAGES).replace("SHOP", target.shop),
    headers: {
      ...common(),
      ...(number(3) === 0
        ? { authorization: pick(["Bearer a.b.c", "Bearer", `Bearer ${"x".repeat(3_000)}`, "Basic eDp5"]) }
        : {}),
    },
    body: number(2) ? Buffer.alloc(0) : rubbish(),
  });
  const paid = (): FuzzRequest => {
    const order = oddOrder(random, String(6e12 + number(1e9)), Date.now() - 20 * 60_000);
    const body = Buffer.from(number(8) === 0 ? order : withOwnShopId(order, target.openShopId));
    const { url, headers } = webhookRequest("orders/paid", target.open, "");
    const signature = { "x-shopify-hmac-sha256": signWebhook(body, target.secret) };
    return {
      method: "POST",
      path: new URL(url).pathname,
      headers: { ...Object.fromEntries(headers), ...signature },
      body,
    };
  };
  const admin = createAdminFuzz(random, target, mutate);
  const kinds = [
    pixel,
    pixel,
    pixel,
    pixel,
    proxy,
    proxy,
    webhook,
    webhook,
    webhook,
    paid,
    page,
    admin,
    admin,
  ];
  return () => {
    const request = pick(kinds)();
    return request.method === "GET" || request.method === "HEAD"
      ? { ...request, body: Buffer.alloc(0) }
      : request;
  };
}
