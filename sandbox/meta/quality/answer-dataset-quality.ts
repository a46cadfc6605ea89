import { checkAccess, type AccessToken } from "../graph/access-tokens.ts";
import { graphError, objectMissing, type GraphResult } from "../graph/graph-error.ts";
import type { SandboxWorld } from "../sandbox-world.ts";
import { datasetQuality } from "./dataset-quality.ts";
import { parseFields, pickFields, unknownField } from "./select-fields.ts";

const GAIN = "{percentage,description}";
/** What may be asked for (meta.md section 5). */
const KNOWN = parseFields(
  "web{event_name," +
    `event_match_quality{composite_score,match_key_feedback{identifier,coverage{percentage},potential_aly_acr_increase${GAIN}},` +
    "diagnostics{name,description,solution,percentage,affected_event_count,total_event_count}}," +
    `event_coverage{percentage,goal_percentage,description,potential_aly_acr_increase${GAIN}},` +
    `dedupe_key_feedback{dedupe_key,browser_events_with_dedupe_key${GAIN},server_events_with_dedupe_key${GAIN},` +
    "overall_browser_coverage_from_dedupe_key{percentage,description,goal_percentage}}," +
    `data_freshness{upload_frequency,description},acr${GAIN},event_potential_aly_acr_increase${GAIN}}`,
);

/** `GET /dataset_quality?dataset_id=…&fields=web{…}` (meta.md section 5). An idle dataset answers `{}`. */
export function answerDatasetQuality(
  world: SandboxWorld,
  query: URLSearchParams,
  token: AccessToken,
): GraphResult {
  const id = query.get("dataset_id") ?? "";
  if (id === "") return graphError(100, "(#100) The parameter dataset_id is required");
  const dataset = world.dataset(id);
  if (dataset === undefined) return objectMissing(id, "get");
  const denied = checkAccess(token, id, "get");
  if (denied !== undefined) return denied;
  const asked = parseFields(query.get("fields") ?? "web{event_name}");
  if (!asked.ok || !KNOWN.ok) return graphError(2500, "Syntax error in the fields parameter");
  const unknown = unknownField(asked.fields, KNOWN.fields);
  if (unknown !== undefined) return graphError(100, `(#100) Tried accessing nonexisting field (${unknown})`);
  const web = datasetQuality(dataset.quality, world.clock.now());
  return { body: web.length === 0 ? {} : (pickFields({ web }, asked.fields) as object) };
}
