import { tokenFailure, type AccessTokens } from "./access-tokens.ts";
import { graphError, refuse, type GraphResult } from "./graph-error.ts";

/** `GET /debug_token` (meta.md 5.1 and section 7); the caller's own token has been checked before. */
export function debugToken(tokens: AccessTokens, input: string, now: number): GraphResult {
  if (input === "") return refuse(graphError(100, "(#100) The parameter input_token is required"));
  const token = tokens.get(input);
  if (token === undefined) {
    const error = { code: 190, message: "The access token could not be decrypted" };
    return { ok: true, body: { data: { error, is_valid: false, scopes: [] } } };
  }
  const failure = tokenFailure(token, now);
  const targets = { target_ids: token.datasets };
  const data = {
    app_id: token.appId,
    type: token.type,
    application: token.application,
    data_access_expires_at: 0,
    expires_at: token.expiresAt,
    is_valid: failure === undefined,
    error: failure && { code: failure.code, message: failure.message, subcode: failure.subcode },
    scopes: token.scopes,
    granular_scopes: token.granular ? token.scopes.map((scope) => ({ scope, ...targets })) : undefined,
  };
  return { ok: true, body: { data } };
}
