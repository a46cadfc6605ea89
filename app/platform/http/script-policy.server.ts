import { randomBytes } from "node:crypto";

import { setDocumentHeaders } from "./document-headers.server.ts";

/** Where Shopify's App Bridge is loaded from. */
const APP_BRIDGE_ORIGIN = "https://cdn.shopify.com";

/** 128 random bits, new for every answer: a script without it does not run. */
export function makeScriptNonce(): string {
  return randomBytes(16).toString("base64");
}

/**
 * The `script-src` part of a content security policy: the app's own files, Shopify's App Bridge, and what the server
 * itself wrote into the page. No other inline script runs, and none is made from text.
 *
 * @param appBridgeUrl another App Bridge than Shopify's (a stand-in on this machine)
 */
export function scriptPolicy(nonce: string, appBridgeUrl: string | undefined): string {
  const others = appBridgeUrl === undefined ? [] : [new URL(appBridgeUrl).origin];
  return ["script-src 'self'", `'nonce-${nonce}'`, APP_BRIDGE_ORIGIN, ...others].join(" ");
}

/**
 * Shopify's library answers some requests with a small page of its own, which loads App Bridge and leaves the frame: the
 * same page with a nonce in each of its script elements and a policy that names it. Any other answer is left as it is.
 */
export async function withScriptPolicy(
  response: Response,
  appBridgeUrl: string | undefined,
  localAncestors: readonly string[],
): Promise<Response> {
  if (!response.headers.get("content-type")?.startsWith("text/html")) return response;
  const nonce = makeScriptNonce();
  const html = (await response.text()).replaceAll(/<script(?=[\s>])/g, `<script nonce="${nonce}"`);
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  setDocumentHeaders(headers, localAncestors, scriptPolicy(nonce, appBridgeUrl));
  return new Response(html, { status: response.status, statusText: response.statusText, headers });
}
