/**
 * What is asked of `GET /dataset_quality`. The name is `dedupe_key_feedback`: the spelling in Meta's table of fields,
 * `dedup_key_feedback`, is answered with "nonexisting field".
 */
export const DATASET_QUALITY_FIELDS =
  "web{" +
  [
    "event_name",
    "event_match_quality{composite_score,match_key_feedback{identifier,coverage{percentage},potential_aly_acr_increase{percentage,description}},diagnostics{name,description,solution,percentage,affected_event_count,total_event_count}}",
    "event_coverage{percentage,goal_percentage,description,potential_aly_acr_increase{percentage,description}}",
    "dedupe_key_feedback{dedupe_key,browser_events_with_dedupe_key{percentage,description},server_events_with_dedupe_key{percentage,description},overall_browser_coverage_from_dedupe_key{percentage,description,goal_percentage}}",
    "data_freshness{upload_frequency,description}",
    "acr{percentage,description}",
    "event_potential_aly_acr_increase{percentage,description}",
  ].join(",") +
  "}";
