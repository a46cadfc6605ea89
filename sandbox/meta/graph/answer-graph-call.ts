import type { FaultDecision } from "../faults/fault.ts";
import { jsonAnswer, type Answer } from "../http/answer.ts";
import { answerDatasetQuality } from "../quality/answer-dataset-quality.ts";
import { receiveEvents } from "../receive/receive-events.ts";
import type { SandboxWorld } from "../sandbox-world.ts";
import { type AccessToken, tokenFailure, type AccessTokens } from "./access-tokens.ts";
import { CURRENT_VERSION, judgeVersion, type VersionVerdict } from "./api-version.ts";
import type { GraphCall } from "./graph-call.ts";
import {
  graphError,
  missingPermission,
  objectMissing,
  refuse,
  renderGraphError,
  unknownPath,
  type GraphError,
  type GraphResult,
} from "./graph-error.ts";

const UPGRADE_WARNING = `The call has been auto-upgraded to ${CURRENT_VERSION} as its version has been deprecated`;

/** The honest answer to a Graph call: version, then token, then object, then rights, then parameters. */
export function answerGraphCall(
  world: SandboxWorld,
  call: GraphCall,
  decision: FaultDecision,
  traceId: string,
): Answer {
  const verdict = judgeVersion(call.version, world.clock.now());
  const upgraded = decision.autoUpgraded;
  const result = checkVersion(call, verdict, upgraded) ?? answer(world, call, decision, traceId);
  const rendered = result.ok
    ? jsonAnswer(200, result.body, traceId)
    : jsonAnswer(result.error.status, renderGraphError(result.error, traceId), traceId);
  if (!upgraded) return rendered;
  return { ...rendered, headers: { ...rendered.headers, "X-Ad-Api-Version-Warning": UPGRADE_WARNING } };
}

function checkVersion(call: GraphCall, verdict: VersionVerdict, upgraded: boolean): GraphResult | undefined {
  if (verdict === "current" || verdict === "supported" || upgraded) return undefined;
  if (verdict === "unknown") return refuse(unknownPath(`/${call.version}`));
  // debug_token belongs to the Graph API proper, which also answers without a version.
  if (verdict === "absent" && call.segments[0] === "debug_token") return undefined;
  const text = `(#2635) You are calling a deprecated version of the Ads API. Please update to ${CURRENT_VERSION}.`;
  return refuse(graphError(2635, text));
}

function answer(world: SandboxWorld, call: GraphCall, decision: FaultDecision, traceId: string): GraphResult {
  const now = world.clock.now();
  const token = world.tokens.authenticate(call.token, now);
  if ("code" in token) return refuse(token);
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
  return refuse(otherPath(world, call, token));
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
