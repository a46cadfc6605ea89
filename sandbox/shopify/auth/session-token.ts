import { randomUUID } from "node:crypto";
import { errors, jwtVerify, SignJWT } from "jose";

export interface SessionTokenFacts {
  readonly shop: string;
  readonly apiKey: string;
  readonly userId: string;
  /** Unix milliseconds. */
  readonly now: number;
  /** Shopify's tokens live one minute. */
  readonly lifeSeconds?: number;
}

const keyOf = (secret: string): Uint8Array => new TextEncoder().encode(secret);

/** The token that the admin gives an embedded app: a JWT, HS256 under the app's secret. */
export function issueSessionToken(facts: SessionTokenFacts, secret: string): Promise<string> {
  const issuedAt = Math.floor(facts.now / 1000);
  return new SignJWT({ dest: `https://${facts.shop}`, sid: randomUUID() })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer(`https://${facts.shop}/admin`)
    .setAudience(facts.apiKey)
    .setSubject(facts.userId)
    .setExpirationTime(issuedAt + (facts.lifeSeconds ?? 60))
    .setNotBefore(issuedAt)
    .setIssuedAt(issuedAt)
    .setJti(randomUUID())
    .sign(keyOf(secret));
}

export type SessionTokenCheck =
  { readonly kind: "valid" } | { readonly kind: "invalid"; readonly reason: string };

/** The checks that Shopify documents for a session token: algorithm, signature, exp, nbf, aud, iss and dest of one shop. */
export async function checkSessionToken(
  token: string,
  expected: { readonly secret: string; readonly apiKey: string; readonly shop: string; readonly now: number },
): Promise<SessionTokenCheck> {
  const destination = `https://${expected.shop}`;
  try {
    const { payload } = await jwtVerify(token, keyOf(expected.secret), {
      algorithms: ["HS256"],
      audience: expected.apiKey,
      issuer: `${destination}/admin`,
      currentDate: new Date(expected.now),
      requiredClaims: ["exp", "nbf", "sub"],
    });
    return payload["dest"] === destination ? { kind: "valid" } : { kind: "invalid", reason: "destination" };
  } catch (error) {
    if (error instanceof errors.JOSEError) return { kind: "invalid", reason: error.message };
    throw error;
  }
}
