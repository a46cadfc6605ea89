import { randomUUID } from "node:crypto";
import { errors, jwtVerify, SignJWT } from "jose";

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
  expected: {
    readonly apiSecret: string;
    readonly apiKey: string;
    readonly shop: string;
    readonly now: number;
  },
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
