import { createHmac, randomUUID } from "node:crypto";
import { sameText } from "./sign-request.ts";

/** Claims of the token that the admin gives an embedded app (JWT, HS256 under the app's secret). Times in seconds. */
export interface SessionTokenClaims {
  readonly iss: string;
  readonly dest: string;
  readonly aud: string;
  readonly sub: string;
  readonly exp: number;
  readonly nbf: number;
  readonly iat: number;
  readonly jti: string;
  readonly sid: string;
}

export interface SessionTokenFacts {
  readonly shop: string;
  readonly apiKey: string;
  readonly userId: string;
  /** Unix milliseconds. */
  readonly now: number;
  /** Shopify's tokens live one minute. */
  readonly lifeSeconds?: number;
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

export function issueSessionToken(facts: SessionTokenFacts, secret: string): string {
  const iat = Math.floor(facts.now / 1000);
  const claims: SessionTokenClaims = {
    iss: `https://${facts.shop}/admin`,
    dest: `https://${facts.shop}`,
    aud: facts.apiKey,
    sub: facts.userId,
    exp: iat + (facts.lifeSeconds ?? 60),
    nbf: iat,
    iat,
    jti: randomUUID(),
    sid: randomUUID(),
  };
  const message = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${message}.${createHmac("sha256", secret).update(message).digest("base64url")}`;
}

export type SessionTokenCheck =
  | { readonly kind: "valid"; readonly claims: SessionTokenClaims }
  | { readonly kind: "invalid"; readonly reason: string };

/** The checks that Shopify documents for a session token: algorithm, signature, exp, nbf, aud, iss and dest of one shop. */
export function checkSessionToken(
  token: string,
  expected: { readonly secret: string; readonly apiKey: string; readonly shop: string; readonly now: number },
): SessionTokenCheck {
  const invalid = (reason: string): SessionTokenCheck => ({ kind: "invalid", reason });
  const [header, payload, signature, ...rest] = token.split(".");
  if (!header || !payload || !signature || rest.length > 0) return invalid("not a JWT");
  const decode = (part: string): unknown => JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  let algorithm: unknown;
  let claims: SessionTokenClaims;
  try {
    algorithm = (decode(header) as { alg?: unknown }).alg;
    claims = decode(payload) as SessionTokenClaims;
  } catch {
    return invalid("not JSON");
  }
  if (algorithm !== "HS256") return invalid("algorithm");
  const right = createHmac("sha256", expected.secret).update(`${header}.${payload}`).digest("base64url");
  if (!sameText(signature, right)) return invalid("signature");
  const seconds = expected.now / 1000;
  if (claims.exp <= seconds) return invalid("expired");
  if (claims.nbf > seconds + 5) return invalid("not yet valid");
  if (claims.aud !== expected.apiKey) return invalid("audience");
  if (claims.dest !== `https://${expected.shop}`) return invalid("destination");
  if (claims.iss !== `https://${expected.shop}/admin`) return invalid("issuer");
  return { kind: "valid", claims };
}
