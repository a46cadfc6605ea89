import type { Store } from "../store.ts";
import type { AccessTokens, IssuedOffline } from "./access-tokens.ts";
import { findTokenProblem, type LaunchContext } from "./session-token.ts";
import { sameText } from "./sign-request.ts";

const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
const OFFLINE = "urn:shopify:params:oauth:token-type:offline-access-token";

interface OauthContext extends LaunchContext {
  readonly tokens: AccessTokens;
}

const refuse = (status: number, error: string, description: string) => ({
  status,
  body: { error, error_description: description },
});

const offlineAnswer = ({ access, refresh }: IssuedOffline, now: number) => ({
  status: 200,
  body: {
    access_token: access.token,
    scope: access.scopes.join(","),
    expires_in: Math.round((access.expiresAt - now) / 1000),
    refresh_token: refresh.token,
    refresh_token_expires_in: Math.round((refresh.expiresAt - now) / 1000),
  },
});

/**
 * Status and JSON of POST https://{shop}/admin/oauth/access_token: token exchange (RFC 8693 with Shopify's token types) and refresh.
 * The error name `invalid_subject_token` with 400 is what Shopify's library reacts to; the other error names follow
 * RFC 6749 5.2, since Shopify documents none.
 */
export async function answerTokenRequest(
  form: Readonly<Record<string, unknown>>,
  store: Store | undefined,
  context: OauthContext,
) {
  if (!store) return refuse(404, "not_found", "No such shop");
  const given = (name: string): string => String(form[name] ?? "");
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
  const expected = { ...context, shop: store.domain, now };
  const problem = await findTokenProblem(given("subject_token"), expected);
  if (problem !== undefined) return refuse(400, "invalid_subject_token", `Session token: ${problem}`);

  if (given("requested_token_type") !== OFFLINE) {
    return refuse(400, "invalid_request", "The sandbox gives offline tokens alone");
  }
  // Public apps created since 1 April 2026 may not hold tokens that never expire.
  if (given("expiring") !== "1") {
    return refuse(400, "invalid_request", "Non-expiring offline tokens are not available to this app");
  }
  return offlineAnswer(context.tokens.issueOffline(store.domain, scopes), now);
}
