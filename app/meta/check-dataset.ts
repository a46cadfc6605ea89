import type { TokenOutcome } from "./graph-client.server.ts";
import { sayText } from "../texts/texts.ts";
import "../texts/areas/connect.ts";

export type DatasetCheck =
  | {
      readonly ok: true;
      /** SYSTEM_USER, USER, APP …; null when Meta did not say. */
      readonly tokenType: string | null;
      /** Unix milliseconds; absent = does not expire by time. */
      readonly expiresAt?: number;
      /** False when the token names no datasets, so that only sending will tell. */
      readonly datasetConfirmed: boolean;
    }
  | {
      readonly ok: false;
      readonly code: CheckProblem;
      /** For the merchant: what is wrong and what to do. */
      readonly words: string;
    };

export type CheckProblem =
  "invalid_token" | "expired_token" | "other_dataset" | "missing_scope" | "throttled" | "unreachable";

const WORDS = {
  invalid_token: "connect.check.invalidToken",
  expired_token: "connect.check.expiredToken",
  other_dataset: "connect.check.otherDataset",
  missing_scope: "connect.check.missingScope",
  throttled: "connect.check.throttled",
  unreachable: "connect.check.unreachable",
} as const satisfies Readonly<Record<CheckProblem, string>>;

/** Any of these lets a token send events; an Events Manager token carries exactly the first. */
const SENDING_SCOPES = ["read_ads_dataset_quality", "ads_management", "business_management"];

/**
 * Reads `debug_token`'s answer for one pair of dataset and token. Pure. What Meta leaves out counts as unknown, not as
 * wrong: only some tokens name the datasets they are for.
 *
 * @param datasetId Meta's dataset ID, digits
 */
export function checkDataset(datasetId: string, outcome: TokenOutcome): DatasetCheck {
  if (!outcome.ok) {
    const { class: errorClass } = outcome.rejection;
    if (errorClass === "credential")
      return problem(isExpired(outcome.rejection.subcode) ? "expired_token" : "invalid_token");
    return problem(errorClass === "throttled" ? "throttled" : "unreachable");
  }
  const data = record(outcome.data);
  if (!data) return problem("unreachable");
  if (data["is_valid"] !== true) {
    return problem(isExpired(record(data["error"])?.["subcode"]) ? "expired_token" : "invalid_token");
  }
  const scopes = Array.isArray(data["scopes"]) ? data["scopes"].map(String) : undefined;
  if (scopes && !scopes.some((scope) => SENDING_SCOPES.includes(scope))) return problem("missing_scope");

  const targets = namedTargets(data["granular_scopes"]);
  if (targets && !targets.includes(datasetId)) return problem("other_dataset");
  const expiresAt = data["expires_at"];
  return {
    ok: true,
    tokenType: typeof data["type"] === "string" ? data["type"] : null,
    datasetConfirmed: targets !== undefined,
    ...(typeof expiresAt === "number" && expiresAt > 0 ? { expiresAt: expiresAt * 1000 } : {}),
  };
}

/** The datasets that the token names; undefined when some scope is not limited to named ones, or none is named. */
function namedTargets(granular: unknown): readonly string[] | undefined {
  if (!Array.isArray(granular)) return undefined;
  const relevant = granular
    .map(record)
    .filter((scope) => scope !== undefined && SENDING_SCOPES.includes(String(scope["scope"])));
  const lists = relevant.map((scope) => scope?.["target_ids"]);
  if (lists.length === 0 || lists.some((list) => !Array.isArray(list))) return undefined;
  return lists.flatMap((list) => (Array.isArray(list) ? list.map(String) : []));
}

function isExpired(subcode: unknown): boolean {
  return subcode === 463;
}

function problem(code: CheckProblem): DatasetCheck {
  return { ok: false, code, words: sayText({ key: WORDS[code] }) };
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
