import { setTimeout as sleep } from "node:timers/promises";

import type { ApiVersion } from "@shopify/shopify-api";

import { asRecord, type JsonRecord } from "../../conversions/read-json.ts";
import { redactText, type Log } from "../../platform/process/log.server.ts";
import type { AdminDocument, AnswerOf, VariablesOf } from "./answer-kinds.ts";
import { ANSWERS } from "./types/admin-answers.ts";

/** The part of Shopify's Admin client that we use. */
export type AdminGraphql = (
  query: string,
  options?: { variables?: Record<string, unknown>; apiVersion?: ApiVersion; signal?: AbortSignal },
) => Promise<{ json(): Promise<unknown> }>;

/** The store's bucket of query cost after a call, in points. */
export interface Throttle {
  readonly available: number;
  readonly maximum: number;
  /** Points that come back each second. */
  readonly restoreRate: number;
}

export type AdminOutcome<Document extends AdminDocument = AdminDocument> =
  | {
      readonly ok: true;
      readonly data: AnswerOf<Document>;
      readonly throttle?: Throttle;
      /** Messages of fields that were left null, such as protected customer data without approval. */
      readonly notes: readonly string[];
    }
  | AdminFailure;

export interface AdminFailure {
  readonly ok: false;
  readonly problem: AdminProblem;
  /** In Shopify's words, with anything secret cut out. */
  readonly message: string;
  readonly throttle?: Throttle;
}

/**
 * `no_session`: the store has no usable token (never installed, or the merchant must open the app once);
 * `denied`: the token or its scopes do not allow it; `refused`: the document or its variables are wrong.
 */
export type AdminProblem = "no_session" | "denied" | "throttled" | "unreachable" | "refused";

/** One operation for one store, outside of any request of that store. Never throws for anything that the wire does. */
export type CallAdmin = <Document extends AdminDocument>(
  shop: string,
  document: Document,
  ...variables: VariablesOf<Document>
) => Promise<AdminOutcome<Document>>;

/** One operation for a store that is known already. */
export type AskAdmin = <Document extends AdminDocument>(
  document: Document,
  ...variables: VariablesOf<Document>
) => Promise<AdminOutcome<Document>>;

const LONGEST_MESSAGE = 500;
const MOST_NOTES = 20;

/** Shopify answers within a second or two; a call that takes longer than this counts as unanswered. */
const CALL_MS = 10_000;

export function createCallAdmin(deps: {
  /** Gives the store's client, with a token that is good for minutes; undefined where there is no session. */
  readonly openAdmin: (shop: string) => Promise<AdminGraphql | undefined>;
  readonly log: Log;
}): CallAdmin {
  return async (shop, document, ...variables) => {
    let graphql: AdminGraphql | undefined;
    try {
      graphql = await withinTime(deps.openAdmin(shop));
    } catch (error) {
      deps.log.warn({ err: error, shop }, "Admin API token of the store could not be loaded or refreshed");
      return { ok: false, problem: "unreachable", message: messageOf(error) };
    }
    if (!graphql) return { ok: false, problem: "no_session", message: "The store has no session." };
    return askAdmin(graphql, document, ...variables);
  };
}

/** One operation with a client that is at hand already, as after a sign-in. */
export async function askAdmin<Document extends AdminDocument>(
  graphql: AdminGraphql,
  document: Document,
  ...[variables]: VariablesOf<Document>
): Promise<AdminOutcome<Document>> {
  try {
    const call = graphql(document, {
      ...(variables ? { variables } : {}),
      signal: AbortSignal.timeout(CALL_MS),
    });
    const answer = asRecord(await (await withinTime(call)).json());
    const read = ANSWERS[document].safeParse(answer?.["data"]);
    if (!read.success)
      return { ok: false, problem: "unreachable", message: "Shopify's answer held no data." };
    return { ok: true, data: read.data, notes: [], ...throttleOf(answer) };
  } catch (error) {
    return readFailure(document, error);
  }
}

/** Shopify's library throws for every GraphQL error, also where the rest of the answer is good. */
function readFailure<Document extends AdminDocument>(
  document: Document,
  error: unknown,
): AdminOutcome<Document> {
  const body = asRecord(errorField(error, "body"));
  const throttle = throttleOf(body);
  const graphql = asRecord(body?.["errors"])?.["graphQLErrors"];
  const problems = Array.isArray(graphql) ? graphql.map(asRecord) : [];
  if (problems.length > 0) {
    const codes = problems.map((problem) => asRecord(problem?.["extensions"])?.["code"]);
    const notes = problems.slice(0, MOST_NOTES).map((problem) => tidy(String(problem?.["message"] ?? "")));
    const message = notes.join("; ");
    const read = ANSWERS[document].safeParse(body?.["data"]);
    if (codes.includes("THROTTLED")) return { ok: false, problem: "throttled", message, ...throttle };
    if (read.success && Object.values(read.data).some((value) => value !== null && value !== undefined))
      return { ok: true, data: read.data, notes, ...throttle };
    const denied = codes.includes("ACCESS_DENIED");
    return { ok: false, problem: denied ? "denied" : "refused", message, ...throttle };
  }
  const status = Number(errorField(errorField(error, "response"), "code"));
  const message = messageOf(error);
  if (status === 401 || status === 402 || status === 403 || status === 404)
    return { ok: false, problem: "denied", message };
  if (status === 429) return { ok: false, problem: "throttled", message };
  return { ok: false, problem: "unreachable", message };
}

function throttleOf(body: JsonRecord | undefined): { readonly throttle?: Throttle } {
  const status = asRecord(asRecord(asRecord(body?.["extensions"])?.["cost"])?.["throttleStatus"]);
  const available = status?.["currentlyAvailable"];
  const maximum = status?.["maximumAvailable"];
  const restoreRate = status?.["restoreRate"];
  return typeof available === "number" && typeof maximum === "number" && typeof restoreRate === "number"
    ? { throttle: { available, maximum, restoreRate } }
    : {};
}

async function withinTime<T>(task: Promise<T>): Promise<T> {
  const late = new AbortController();
  try {
    return await Promise.race([
      task,
      sleep(CALL_MS, undefined, { signal: late.signal }).then(() =>
        Promise.reject(new Error(`Shopify did not answer within ${CALL_MS / 1000} seconds`)),
      ),
    ]);
  } finally {
    late.abort();
    task.catch(() => undefined);
  }
}

function messageOf(error: unknown): string {
  if (error instanceof Response) return `Shopify answered ${error.status}`;
  return tidy(error instanceof Error ? error.message : String(error));
}

/** As long as a page shows, in one line, without what a database or a log would choke on. */
function tidy(words: string): string {
  const line = words
    .slice(0, 2 * LONGEST_MESSAGE)
    .toWellFormed()
    .replace(/\p{Cc}+/gu, " ");
  return redactText(line).slice(0, LONGEST_MESSAGE).toWellFormed();
}

function errorField(value: unknown, name: string): unknown {
  return asRecord(value)?.[name];
}
