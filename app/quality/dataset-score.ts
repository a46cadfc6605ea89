import { z } from "zod";

/**
 * One event name's entry of Meta's `dataset_quality`, as far as we show it. Meta leaves out whatever it does not know
 * yet (an idle dataset answers `{}`), so every part may be missing; a part in a shape that nobody has seen counts as
 * missing. Percentages are 0 to 100.
 */
export interface DatasetScore {
  /** Event match quality, 0 to 10. */
  readonly score?: number;
  readonly keys: readonly { readonly identifier: string; readonly percentage: number }[];
  readonly diagnostics: readonly Diagnostic[];
  /** Share of browser events that the server reports too, last 7 days. */
  readonly coverage?: number;
  readonly coverageGoal?: number;
  readonly dedupe: readonly DedupeFeedback[];
  readonly freshness?: string;
}

export interface Diagnostic {
  readonly name: string;
  readonly description?: string;
  readonly solution?: string;
  readonly affected?: number;
  readonly total?: number;
}

export interface DedupeFeedback {
  readonly key: string;
  readonly browser?: number;
  readonly server?: number;
  /** Share of browser events brought together by this key and none before it. */
  readonly overall?: number;
}

const percentage = z
  .union([z.number(), z.object({ percentage: z.number() }).transform((each) => each.percentage)])
  .optional()
  .catch(undefined);
const text = z.string().optional().catch(undefined);
const count = z.number().optional().catch(undefined);
const list = <Item>(item: z.ZodType<Item>) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((items) =>
      items.flatMap((each) => {
        const read = item.safeParse(each);
        return read.success ? [read.data] : [];
      }),
    );

const entry = z.object({
  event_match_quality: z
    .object({
      composite_score: count,
      match_key_feedback: list(z.object({ identifier: z.string(), coverage: percentage })),
      diagnostics: list(
        z.object({
          name: z.string(),
          description: text,
          solution: text,
          affected_event_count: count,
          total_event_count: count,
        }),
      ),
    })
    .optional()
    .catch(undefined),
  event_coverage: z.object({ percentage: count, goal_percentage: count }).optional().catch(undefined),
  dedupe_key_feedback: list(
    z.object({
      dedupe_key: z.string(),
      browser_events_with_dedupe_key: percentage,
      server_events_with_dedupe_key: percentage,
      overall_browser_coverage_from_dedupe_key: percentage,
    }),
  ),
  data_freshness: z.object({ upload_frequency: text }).optional().catch(undefined),
});

/** @param stored the entry as Meta answered it, or null */
export function readDatasetScore(stored: unknown): DatasetScore | null {
  const read = entry.safeParse(stored);
  if (!read.success) return null;
  const { event_match_quality: match, event_coverage: coverage, data_freshness: freshness } = read.data;
  return {
    ...(match?.composite_score === undefined ? {} : { score: match.composite_score }),
    keys: (match?.match_key_feedback ?? []).flatMap((each) =>
      each.coverage === undefined ? [] : [{ identifier: each.identifier, percentage: each.coverage }],
    ),
    diagnostics: (match?.diagnostics ?? []).map((each) => ({
      name: each.name,
      ...(each.description === undefined ? {} : { description: each.description }),
      ...(each.solution === undefined ? {} : { solution: each.solution }),
      ...(each.affected_event_count === undefined ? {} : { affected: each.affected_event_count }),
      ...(each.total_event_count === undefined ? {} : { total: each.total_event_count }),
    })),
    ...(coverage?.percentage === undefined ? {} : { coverage: coverage.percentage }),
    ...(coverage?.goal_percentage === undefined ? {} : { coverageGoal: coverage.goal_percentage }),
    dedupe: read.data.dedupe_key_feedback.map((each) => ({
      key: each.dedupe_key,
      ...(each.browser_events_with_dedupe_key === undefined
        ? {}
        : { browser: each.browser_events_with_dedupe_key }),
      ...(each.server_events_with_dedupe_key === undefined
        ? {}
        : { server: each.server_events_with_dedupe_key }),
      ...(each.overall_browser_coverage_from_dedupe_key === undefined
        ? {}
        : { overall: each.overall_browser_coverage_from_dedupe_key }),
    })),
    ...(freshness?.upload_frequency === undefined ? {} : { freshness: freshness.upload_frequency }),
  };
}

/** The entry of one event name in `web`, whatever else is in there; null when Meta has none. */
export function pickEvent(web: readonly unknown[], eventName: string): object | null {
  const found = web.find(
    (each): each is object =>
      typeof each === "object" && each !== null && "event_name" in each && each.event_name === eventName,
  );
  return found ?? null;
}

/** Every event's entry of a stored `web`, by name; what is none counts as missing. */
export function readEventScores(stored: unknown): Readonly<Record<string, DatasetScore>> {
  const entries = z.array(z.object({ event_name: z.string() }).loose()).safeParse(stored);
  return Object.fromEntries(
    (entries.data ?? []).flatMap((each) => {
      const score = readDatasetScore(each);
      return score ? [[each.event_name, score]] : [];
    }),
  );
}
