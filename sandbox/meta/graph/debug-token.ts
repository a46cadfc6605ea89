import { tokenFailure, type AccessToken, type AccessTokens } from "./access-tokens.ts";
import { graphError, type GraphError } from "./graph-error.ts";

/** The `data` of `GET /debug_token` (meta.md 5.1 and section 7); the caller's own token has been checked before. */
export function debugToken(
  tokens: AccessTokens,
  input: string | undefined,
  now: number,
): { ok: true; data: Record<string, unknown> } | { ok: false; error: GraphError } {
  if (input === undefined || input === "") {
    return { ok: false, error: graphError(100, "(#100) The parameter input_token is required") };
  }
  const token = tokens.get(input);
  if (token === undefined) {
    const error = { code: 190, message: "The access token could not be decrypted" };
    return { ok: true, data: { error, is_valid: false, scopes: [] } };
  }
  const failure = tokenFailure(token, now);
  return {
    ok: true,
    data: {
      ...describe(token),
      ...(failure === undefined
        ? { is_valid: true }
        : {
            error: { code: failure.code, message: failure.message, subcode: failure.subcode },
            is_valid: false,
          }),
      scopes: token.scopes,
      ...(token.granular
        ? { granular_scopes: token.scopes.map((scope) => ({ scope, target_ids: token.datasets })) }
        : {}),
    },
  };
}

function describe(token: AccessToken): Record<string, unknown> {
  return {
    app_id: token.appId,
    type: token.type,
    application: token.application,
    data_access_expires_at: 0,
    expires_at: token.expiresAt,
  };
}
