import { createHmac } from "node:crypto";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { ADMIN_API_VERSION } from "../../shopify.server.ts";
import { createShopifyChecks } from "../../platform/http/shopify-checks.server.ts";
import { checkWebhookSignature } from "./webhook-signature.ts";

const SECRET = "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";
const { webhooks } = createShopifyChecks(
  { SHOPIFY_API_KEY: "key", SHOPIFY_API_SECRET: SECRET, SHOPIFY_APP_URL: "https://tandem.example.com" },
  ADMIN_API_VERSION,
);
const sign = (body: string, secret = SECRET) => createHmac("sha256", secret).update(body).digest("base64");

/** What Shopify's own library says of the same request. */
async function asTheLibrary(headers: Headers, body: string): Promise<object> {
  const said = await webhooks.validate({
    rawBody: body,
    rawRequest: new Request("https://tandem.example.com/webhooks/orders/paid", { method: "POST", headers }),
  });
  return said.valid
    ? { ok: true, domain: said.domain, webhookId: said.webhookId, triggeredAt: said.triggeredAt }
    : { ok: false, problem: said.reason };
}

const NAMES = [
  "x-shopify-topic",
  "x-shopify-shop-domain",
  "x-shopify-api-version",
  "x-shopify-webhook-id",
  "x-shopify-triggered-at",
];
const text = fc.stringMatching(/^[\x21-\x7e]([\x20-\x7e]{0,20}[\x21-\x7e])?$/);
/** Most are there, some are missing or empty. */
const headerValue = fc.oneof({ weight: 6, arbitrary: text }, fc.constant(undefined), fc.constant(""));

/** Signatures that are right, nearly right, and of other forms. */
const signature = (body: string) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(sign(body)) },
    fc.constant(sign(body, "another secret")),
    fc.constant(sign(`${body} `)),
    fc.constant(createHmac("sha256", SECRET).update(body).digest("hex")),
    fc.constant(sign(body).replace("=", "")),
    fc.constant(sign(body).toLowerCase()),
    fc.constant(`${sign(body)}=`),
    fc.constant(sign(body).slice(0, -2) + "/="),
    fc.constant(sign(body).replaceAll("+", "-").replaceAll("/", "_")),
    fc.constant(undefined),
    fc.constant(""),
    text,
  );

describe("Shopify's signature of a webhook", () => {
  it("is judged as Shopify's library judges it", async () => {
    const requests = fc
      .oneof(fc.json(), fc.string({ unit: "binary" }), fc.constant(""))
      .map((body) => body.toWellFormed())
      .chain((body) =>
        fc.record({
          body: fc.constant(body),
          hmac: signature(body),
          values: fc.tuple(...NAMES.map(() => headerValue)),
        }),
      );
    await fc.assert(
      fc.asyncProperty(requests, async ({ body, hmac, values }) => {
        const headers = new Headers();
        if (hmac !== undefined) headers.set("x-shopify-hmac-sha256", hmac);
        NAMES.forEach((name, at) => {
          const value = values[at];
          if (value !== undefined) headers.set(name, value);
        });
        const { triggeredAt, ...ours } = {
          triggeredAt: undefined,
          ...checkWebhookSignature(SECRET, headers, body),
        };
        expect({ ...ours, ...(ours.ok && { triggeredAt: triggeredAt || undefined }) }).toEqual(
          await asTheLibrary(headers, body),
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it("is the one that RFC 4231 gives for its second case", () => {
    const headers = new Headers({
      "x-shopify-hmac-sha256": Buffer.from(
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "hex",
      ).toString("base64"),
      "x-shopify-topic": "orders/paid",
      "x-shopify-shop-domain": "a.myshopify.com",
      "x-shopify-api-version": "2026-10",
      "x-shopify-webhook-id": "1",
    });
    expect(checkWebhookSignature("Jefe", headers, "what do ya want for nothing?")).toMatchObject({
      ok: true,
    });
    expect(checkWebhookSignature("Jefe", headers, "what do ya want for nothing!")).toMatchObject({
      problem: "invalid_hmac",
    });
  });
});
