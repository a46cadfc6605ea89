import { createHmac, timingSafeEqual } from "node:crypto";

/** X-Shopify-Hmac-Sha256: base64 HMAC-SHA256 of the raw body under the app's secret. */
export function signWebhook(body: string | Buffer, secret: string): string {
  return createHmac("sha256", secret).update(body).digest("base64");
}

/** `hmac` of an admin launch URL: hex HMAC over the sorted query string without `hmac` itself. */
export function signAdminQuery(query: URLSearchParams, secret: string): string {
  const signed = new URLSearchParams([...query].filter(([name]) => name !== "hmac").sort(byName));
  return createHmac("sha256", secret).update(signed.toString()).digest("hex");
}

/**
 * `signature` of a proxied storefront request: hex HMAC over `name=value` pairs, sorted and joined with nothing between;
 * repeated names have their values joined with commas.
 */
export function signProxyQuery(query: URLSearchParams, secret: string): string {
  const names = [...new Set(query.keys())].filter((name) => name !== "signature");
  const message = names
    .map((name) => `${name}=${query.getAll(name).join(",")}`)
    .sort()
    .join("");
  return createHmac("sha256", secret).update(message).digest("hex");
}

const byName = ([a]: [string, string], [b]: [string, string]): number => (a < b ? -1 : a > b ? 1 : 0);

/** Constant-time equality of two short strings. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
