import { createHmac, timingSafeEqual } from "node:crypto";

/** As Shopify's library names them: labels of a metric. */
export type SignatureProblem = "missing_body" | "missing_hmac" | "missing_headers" | "invalid_hmac";

export type SignatureVerdict =
  | {
      readonly ok: true;
      /** As the header has it. */
      readonly domain: string;
      readonly webhookId: string;
      readonly triggeredAt: string | undefined;
    }
  | { readonly ok: false; readonly problem: SignatureProblem };

/** What every webhook has beside its signature. */
const REQUIRED = [
  "x-shopify-topic",
  "x-shopify-shop-domain",
  "x-shopify-api-version",
  "x-shopify-webhook-id",
];

/** Bytes of SHA-256. */
const SIGNATURE_BYTES = 32;

/**
 * Shopify's signature of a webhook: `X-Shopify-Hmac-Sha256` is base64 of HMAC-SHA256 of the raw body under the app's
 * client secret. Compared in constant time. The headers are not signed; they are only looked for once the signature holds.
 * Held equal to Shopify's own library by a property test (shopify.dev, "Verify webhook deliveries").
 *
 * @param body UTF-8, as it came
 */
export function checkWebhookSignature(
  secret: string,
  headers: { get(name: string): string | null },
  body: string,
): SignatureVerdict {
  if (body === "") return { ok: false, problem: "missing_body" };
  const given = headers.get("x-shopify-hmac-sha256");
  if (!given) return { ok: false, problem: "missing_hmac" };
  if (!isSignedWith(secret, given, body)) return { ok: false, problem: "invalid_hmac" };
  if (REQUIRED.some((name) => !headers.get(name))) return { ok: false, problem: "missing_headers" };
  return {
    ok: true,
    domain: headers.get("x-shopify-shop-domain") ?? "",
    webhookId: headers.get("x-shopify-webhook-id") ?? "",
    triggeredAt: headers.get("x-shopify-triggered-at") ?? undefined,
  };
}

/** Of two texts in base64 that stand for the same bytes only the one that Shopify writes is right. */
function isSignedWith(secret: string, given: string, body: string): boolean {
  const right = createHmac("sha256", secret).update(body).digest();
  const bytes = Buffer.from(given, "base64");
  return (
    bytes.byteLength === SIGNATURE_BYTES &&
    timingSafeEqual(bytes, right) &&
    bytes.toString("base64") === given
  );
}
