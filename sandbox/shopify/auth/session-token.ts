import { randomUUID } from "node:crypto";
import { errors, jwtVerify, SignJWT } from "jose";
import type { Store } from "../store.ts";
import { signAdminQuery } from "./sign-request.ts";

const keyOf = (secret: string): Uint8Array => new TextEncoder().encode(secret);

/** What signs and dates the admin's tokens and launch addresses. */
export interface LaunchContext {
  readonly apiKey: string;
  readonly apiSecret: string;
  /** Unix milliseconds. */
  readonly now: () => number;
}

const STAFF_USER_ID = "98500000001";

/** The token that the admin gives an embedded app: a JWT, HS256 under the app's secret. Shopify's live one minute. */
export function issueSessionToken(shop: string, context: LaunchContext, lifeSeconds = 60): Promise<string> {
  const issuedAt = Math.floor(context.now() / 1000);
  return new SignJWT({ dest: `https://${shop}`, sid: randomUUID() })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer(`https://${shop}/admin`)
    .setAudience(context.apiKey)
    .setSubject(STAFF_USER_ID)
    .setExpirationTime(issuedAt + lifeSeconds)
    .setNotBefore(issuedAt)
    .setIssuedAt(issuedAt)
    .setJti(randomUUID())
    .sign(keyOf(context.apiSecret));
}

/**
 * The checks that Shopify documents for a session token: algorithm, signature, exp, nbf, aud, iss and dest of one shop.
 *
 * @returns what is wrong with the token
 */
export async function findTokenProblem(
  token: string,
  expected: Readonly<Record<"apiSecret" | "apiKey" | "shop", string>> & { readonly now: number },
): Promise<string | undefined> {
  const destination = `https://${expected.shop}`;
  try {
    const { payload } = await jwtVerify(token, keyOf(expected.apiSecret), {
      algorithms: ["HS256"],
      audience: expected.apiKey,
      issuer: `${destination}/admin`,
      currentDate: new Date(expected.now),
      requiredClaims: ["exp", "nbf", "sub"],
    });
    return payload["dest"] === destination ? undefined : "destination";
  } catch (error) {
    if (error instanceof errors.JOSEError) return error.message;
    throw error;
  }
}

/** Base64 of admin.shopify.com/store/{handle}: the `host` parameter. */
const hostParameter = (store: Store): string =>
  Buffer.from(`admin.shopify.com/store/${store.handle}`).toString("base64").replace(/=+$/, "");

/** What a member of the staff reads the admin in, as BCP 47 names it, unless another language is asked for. */
const STAFF_LOCALE = "en-US";

/**
 * The address that the admin puts into the app's iframe: the app's page with the signed launch parameters.
 *
 * @param locale the language of whoever looks, not that of the store
 */
export async function launchUrl(
  store: Store,
  appUrl: string,
  path: string,
  context: LaunchContext,
  locale = STAFF_LOCALE,
): Promise<string> {
  const url = new URL(path, appUrl);
  const parameters = {
    embedded: "1",
    host: hostParameter(store),
    id_token: await issueSessionToken(store.domain, context),
    locale,
    session: crypto.randomUUID().replaceAll("-", ""),
    shop: store.domain,
    timestamp: String(Math.floor(context.now() / 1000)),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  url.searchParams.set("hmac", signAdminQuery(url.searchParams, context.apiSecret));
  return url.href;
}
