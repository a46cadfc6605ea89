/**
 * What Meta's error codes mean for a sender. One table; everything that decides reads it, and nothing reads the texts
 * (they come in the language of the token's owner).
 *
 * Sources: Meta's Graph API error pages and Conversions API guides where they say something, else what public senders
 * classify the same way. Meta publishes no table for the Conversions API.
 */

export type ErrorClass =
  /** Goes away by itself: try again later. */
  | "transient"
  /** Too many calls: this dataset slows down. */
  | "throttled"
  /** The token: nothing more is sent for this dataset until somebody acts or a probe succeeds. */
  | "credential"
  /** The token's rights, or a block by policy: as above. */
  | "permission"
  /** Dataset ID, token and version do not fit together: as above. */
  | "configuration"
  /** This event will never be taken as it is. */
  | "payload"
  /** Not in the table: retried, and shown as unhandled. */
  | "unknown";

/** What a payload rejection can still be mended with. */
export type Remedy =
  /** The click ID is malformed: the event goes once more without `fbc`. */
  | "without_click_id"
  /** Older than Meta takes: never sent again. */
  | "too_old"
  /** Meta's clock is behind ours: it will be right later. */
  | "later";

export interface ErrorMeaning {
  readonly class: ErrorClass;
  readonly remedy?: Remedy;
}

interface Row extends ErrorMeaning {
  readonly code: number | readonly [from: number, to: number];
  /** Absent: any subcode, or none. */
  readonly subcode?: number;
  readonly meaning: string;
}

/** The first row that fits counts, so rows with a subcode stand before the row of their code. */
export const ERROR_TABLE: readonly Row[] = [
  { code: 1, class: "transient", meaning: "unknown error at Meta" },
  { code: 2, class: "transient", meaning: "service temporarily unavailable" },
  { code: 3, class: "permission", meaning: "the app lacks the capability" },
  { code: 4, class: "throttled", meaning: "too many calls by the app" },
  { code: 10, class: "permission", meaning: "the app lacks the permission" },
  { code: 17, class: "throttled", meaning: "too many calls by the user" },
  { code: 32, class: "throttled", meaning: "too many calls for the page" },
  {
    code: 100,
    subcode: 33,
    class: "configuration",
    meaning: "dataset missing, or not visible to this token",
  },
  {
    code: 100,
    subcode: 2804001,
    class: "payload",
    remedy: "without_click_id",
    meaning: "click ID malformed",
  },
  {
    code: 100,
    subcode: 2804003,
    class: "payload",
    remedy: "too_old",
    meaning: "event older than Meta takes",
  },
  { code: 100, subcode: 2804004, class: "payload", remedy: "later", meaning: "event time in the future" },
  { code: 100, class: "payload", meaning: "a parameter of an event is refused" },
  { code: 102, class: "credential", meaning: "session key invalid or expired" },
  { code: 104, class: "credential", meaning: "no access token" },
  { code: 105, class: "payload", meaning: "too many parameters" },
  { code: 190, class: "credential", meaning: "access token expired, revoked or invalid" },
  { code: [200, 299], class: "permission", meaning: "the token lacks a permission" },
  { code: 341, class: "throttled", meaning: "application limit reached" },
  { code: 368, class: "permission", meaning: "blocked by a policy for now" },
  { code: 613, class: "throttled", meaning: "calls within an hour above the limit" },
  { code: 803, class: "configuration", meaning: "no such dataset" },
  { code: 2500, class: "configuration", meaning: "unknown path" },
  { code: 2635, class: "configuration", meaning: "version of the API no longer served" },
  { code: [2650, 2655], class: "payload", meaning: "refused for good, as public senders report" },
  { code: 5000, class: "transient", meaning: "unknown error at Meta" },
  { code: 21009, class: "transient", meaning: "upload temporarily not ready" },
  { code: 80000, class: "throttled", meaning: "too many calls to this ad account" },
  { code: 80003, class: "throttled", meaning: "too many calls to this ad account" },
  { code: 80004, class: "throttled", meaning: "too many calls to this ad account" },
  { code: 80014, class: "throttled", meaning: "too many calls to this catalogue" },
];

/**
 * The class of a Graph API error.
 * @param transient Meta's own `is_transient`; decides only where the table knows nothing more exact
 */
export function classifyError(code: number, subcode: number | null, transient = false): ErrorMeaning {
  const row = ERROR_TABLE.find(
    (each) => fits(each.code, code) && (each.subcode === undefined || each.subcode === subcode),
  );
  const isGuess = row === undefined || (row.code === 100 && row.subcode === undefined);
  if (isGuess && transient) return { class: "transient" };
  if (!row) return { class: "unknown" };
  return row.remedy ? { class: row.class, remedy: row.remedy } : { class: row.class };
}

function fits(known: Row["code"], code: number): boolean {
  return typeof known === "number" ? known === code : code >= known[0] && code <= known[1];
}

/** Classes that stop the whole dataset until somebody acts or a probe succeeds. */
export function stopsDataset(
  errorClass: ErrorClass,
): errorClass is "credential" | "permission" | "configuration" {
  return errorClass === "credential" || errorClass === "permission" || errorClass === "configuration";
}
