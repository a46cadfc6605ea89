import type { FaultDecision } from "../faults/fault.ts";
import { answerDatasetQuality } from "../quality/answer-dataset-quality.ts";
import { receiveEvents } from "../receive/receive-events.ts";
import type { SandboxWorld } from "../sandbox-world.ts";
import { type AccessToken, tokenFailure, type AccessTokens } from "./access-tokens.ts";
import { CURRENT_VERSION, judgeVersion } from "./api-version.ts";
import type { GraphCall } from "./graph-call.ts";
import {
  graphError,
  missingPermission,
  objectMissing,
  unknownPath,
  type GraphError,
  type GraphResult,
} from "./graph-error.ts";

/** The honest answer to a Graph call: version, then token, then object, then rights, then parameters. */
export function answerGraphCall(
  world: SandboxWorld,
  call: GraphCall,
  decision: FaultDecision,
  traceId: string,
): GraphResult {
  const now = world.clock.now();
  const wrongVersion = checkVersion(call, now);
  if (wrongVersion !== undefined) return wrongVersion;
  const token = world.tokens.authenticate(call.token, now);
  if ("code" in token) return token;
  const [node = "", edge, ...further] = call.segments;
  if (node === "debug_token" && edge === undefined && call.method === "GET") {
    return debugToken(world.tokens, call.query.get("input_token") ?? "", now);
  }
  if (node === "dataset_quality" && edge === undefined && call.method === "GET") {
    return answerDatasetQuality(world, call.query, token);
  }
  if (edge === "events" && further.length === 0 && call.method === "POST") {
    return receiveEvents(world, { datasetId: node, token, body: call.body, traceId, decision });
  }
  return otherPath(world, call, token);
}

function checkVersion({ version, segments }: GraphCall, now: number): GraphError | undefined {
  const verdict = judgeVersion(version, now);
  if (verdict === "current" || verdict === "supported") return undefined;
  if (verdict === "unknown") return unknownPath(`/${version}`);
  // debug_token belongs to the Graph API proper, which also answers without a version.
  if (verdict === "absent" && segments[0] === "debug_token") return undefined;
  const text = `(#2635) You are calling a deprecated version of the Ads API. Please update to ${CURRENT_VERSION}.`;
  return graphError(2635, text);
}

/** What a merchant's token meets elsewhere (meta.md 5.1): no rights on the dataset itself, its stats or diagnostics. */
function otherPath(world: SandboxWorld, call: GraphCall, token: AccessToken): GraphError {
  const [node = "", edge] = call.segments;
  const known = world.dataset(node) !== undefined;
  const siblings = [undefined, "stats", "da_checks", "ads_signal_diagnostic_issues", "events"];
  if (known && siblings.includes(edge)) {
    return token.datasets.includes(node) ? missingPermission() : objectMissing(node, "get");
  }
  return unknownPath(`/${call.segments.slice(1).join("/") || node}`);
}

/** `GET /debug_token` (meta.md 5.1 and section 7); the caller's own token has been checked before. */
function debugToken(tokens: AccessTokens, input: string, now: number): GraphResult {
  if (input === "") return graphError(100, "(#100) The parameter input_token is required");
  const token = tokens.get(input);
  if (token === undefined) {
    const error = { code: 190, message: "The access token could not be decrypted" };
    return { body: { data: { error, is_valid: false, scopes: [] } } };
  }
  const failure = tokenFailure(token, now);
  const data = {
    app_id: "1045678901234567",
    type: "SYSTEM_USER",
    application: "Conversions API Application",
    data_access_expires_at: 0,
    expires_at: token.expiresAt,
    is_valid: failure === undefined,
    error: failure && { code: failure.code, message: failure.message, subcode: failure.subcode },
    scopes: token.scopes,
    granular_scopes: token.scopes.map((scope) => ({ scope, target_ids: token.datasets })),
  };
  return { body: { data } };
}
