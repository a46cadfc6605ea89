import { json, type Call, type Reply } from "../http/http-server.ts";
import type { Store } from "../store.ts";
import { ONLINE_SECONDS, type AccessTokens, type IssuedOffline } from "./access-tokens.ts";
import { checkSessionToken } from "./session-token.ts";
import { sameText } from "./sign-request.ts";

const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
const OFFLINE = "urn:shopify:params:oauth:token-type:offline-access-token";
const ONLINE = "urn:shopify:params:oauth:token-type:online-access-token";

export interface OauthContext {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly tokens: AccessTokens;
  readonly now: () => number;
  /** Public apps created since 1 April 2026 may not hold tokens that never expire. */
  readonly requireExpiringTokens: boolean;
}

const refuse = (status: number, error: string, description: string): Reply =>
  json({ error, error_description: description }, status);

function parseForm(call: Call): Map<string, string> | undefined {
  const text = call.body.toString("utf8");
  if (!(call.headers["content-type"] ?? "").includes("json")) return new Map(new URLSearchParams(text));
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return undefined;
    return new Map(Object.entries(value).map(([name, item]) => [name, String(item)]));
  } catch {
    return undefined;
  }
}

const offlineAnswer = (issued: IssuedOffline, now: number): Reply =>
  json({
    access_token: issued.access.token,
    scope: issued.access.scopes.join(","),
    ...(issued.access.expiresAt === undefined
      ? {}
      : { expires_in: Math.round((issued.access.expiresAt - now) / 1000) }),
    ...(issued.refresh
      ? {
          refresh_token: issued.refresh.token,
          refresh_token_expires_in: Math.round((issued.refresh.expiresAt - now) / 1000),
        }
      : {}),
  });

/**
 * POST https://{shop}/admin/oauth/access_token: token exchange (RFC 8693 with Shopify's token types) and refresh.
 * The error name `invalid_subject_token` with 400 is what Shopify's library reacts to; the other error names follow
 * RFC 6749 5.2, since Shopify documents none.
 */
export function answerTokenRequest(call: Call, store: Store | undefined, context: OauthContext): Reply {
  const form = parseForm(call);
  if (!form) return refuse(400, "invalid_request", "The body could not be read");
  if (!store) return refuse(404, "not_found", "No such shop");
  const given = (name: string): string => form.get(name) ?? "";
  if (given("client_id") !== context.apiKey || !sameText(given("client_secret"), context.apiSecret)) {
    return refuse(401, "invalid_client", "Client authentication failed");
  }
  if (!store.installation) return refuse(400, "app_not_installed", "The app is not installed on this shop");
  const { scopes } = store.installation;
  const now = context.now();

  if (given("grant_type") === "refresh_token") {
    const issued = context.tokens.refresh(store.domain, given("refresh_token"), scopes);
    if (!issued) return refuse(400, "invalid_grant", "The refresh token is unknown, spent or expired");
    return offlineAnswer(issued, now);
  }
  if (given("grant_type") !== TOKEN_EXCHANGE) {
    return refuse(400, "unsupported_grant_type", "Use token exchange or refresh_token");
  }
  if (given("subject_token_type") !== ID_TOKEN) {
    return refuse(400, "invalid_request", "subject_token_type must be an ID token");
  }
  const check = checkSessionToken(given("subject_token"), {
    secret: context.apiSecret,
    apiKey: context.apiKey,
    shop: store.domain,
    now,
  });
  if (check.kind === "invalid") return refuse(400, "invalid_subject_token", `Session token: ${check.reason}`);

  switch (given("requested_token_type")) {
    case OFFLINE: {
      const expiring = given("expiring") === "1";
      if (!expiring && context.requireExpiringTokens) {
        return refuse(400, "invalid_request", "Non-expiring offline tokens are not available to this app");
      }
      return offlineAnswer(context.tokens.issueOffline(store.domain, scopes, expiring), now);
    }
    case ONLINE: {
      const access = context.tokens.issueOnline(store.domain, scopes);
      return json({
        access_token: access.token,
        scope: access.scopes.join(","),
        expires_in: ONLINE_SECONDS,
        associated_user_scope: access.scopes.join(","),
        associated_user: {
          id: Number(check.claims.sub),
          first_name: "Staff",
          last_name: "Member",
          email: `staff@${store.handle}.example`,
          account_owner: true,
          locale: store.locale,
          collaborator: false,
          email_verified: true,
        },
      });
    }
    default:
      return refuse(400, "invalid_request", "Unknown requested_token_type");
  }
}
