import type { FaultDecision } from "../faults/fault.ts";
import { jsonAnswer, type Answer } from "../http/answer.ts";
import { answerDatasetQuality } from "../quality/answer-dataset-quality.ts";
import { receiveEvents } from "../receive/receive-events.ts";
import type { SandboxWorld } from "../sandbox-world.ts";
import type { AccessToken } from "./access-tokens.ts";
import { CURRENT_VERSION, judgeVersion } from "./api-version.ts";
import { debugToken } from "./debug-token.ts";
import type { GraphCall } from "./graph-call.ts";
import {
  graphError,
  missingPermission,
  objectMissing,
  renderGraphError,
  unknownPath,
} from "./graph-error.ts";
import type { GraphError } from "./graph-error.ts";

type Result = { ok: true; body: unknown } | { ok: false; error: GraphError };

const UPGRADE_WARNING = `The call has been auto-upgraded to ${CURRENT_VERSION} as its version has been deprecated`;

/** The honest answer to a Graph call: version, then token, then object, then rights, then parameters. */
export function answerGraphCall(
  world: SandboxWorld,
  call: GraphCall,
  decision: FaultDecision,
  traceId: string,
): Answer {
  const verdict = judgeVersion(call.version, world.clock.now());
  const upgraded = decision.autoUpgraded || (verdict === "expired" && world.expiredVersions === "upgrade");
  const result = checkVersion(call, verdict, upgraded) ?? answer(world, call, decision, traceId);
  const rendered = result.ok
    ? jsonAnswer(200, result.body, traceId)
    : jsonAnswer(result.error.status, renderGraphError(result.error, traceId), traceId);
  if (!upgraded) return rendered;
  return { ...rendered, headers: { ...rendered.headers, "X-Ad-Api-Version-Warning": UPGRADE_WARNING } };
}

function checkVersion(
  call: GraphCall,
  verdict: ReturnType<typeof judgeVersion>,
  upgraded: boolean,
): Result | undefined {
  if (verdict === "current" || verdict === "supported" || upgraded) return undefined;
  if (verdict === "unknown") return { ok: false, error: unknownPath(`/${call.version}`) };
  // debug_token belongs to the Graph API proper, which also answers without a version.
  if (verdict === "absent" && call.segments[0] === "debug_token") return undefined;
  const text = `(#2635) You are calling a deprecated version of the Ads API. Please update to ${CURRENT_VERSION}.`;
  return { ok: false, error: graphError(2635, text) };
}

function answer(world: SandboxWorld, call: GraphCall, decision: FaultDecision, traceId: string): Result {
  const now = world.clock.now();
  const token = world.tokens.authenticate(call.token, now);
  if ("code" in token) return { ok: false, error: token };
  const [node = "", edge, ...further] = call.segments;
  if (node === "debug_token" && edge === undefined && call.method === "GET") {
    const debugged = debugToken(world.tokens, call.query.get("input_token") ?? undefined, now);
    return debugged.ok ? { ok: true, body: { data: debugged.data } } : debugged;
  }
  if (node === "dataset_quality" && edge === undefined && call.method === "GET") {
    return answerDatasetQuality(world, call.query, token);
  }
  if (edge === "events" && further.length === 0 && call.method === "POST") {
    const received = receiveEvents(world, { datasetId: node, token, body: call.body, traceId, decision });
    if (!received.ok) return received;
    return { ok: true, body: { events_received: received.received, messages: [], fbtrace_id: traceId } };
  }
  return { ok: false, error: otherPath(world, call, token) };
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
