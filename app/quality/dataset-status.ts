/** What a dataset does now; what to say of it stands with the pages. Times in unix milliseconds. */
export type DatasetStatus =
  | { readonly kind: "active" }
  | { readonly kind: "disconnected" }
  | { readonly kind: "paused" }
  /** Nothing is sent until somebody fixes it, or Meta takes it again; the class is one of meta/errors.ts. */
  | { readonly kind: "held"; readonly class: string; readonly since: number }
  /** Not stopped yet, but the last check says that the next request will be refused. */
  | { readonly kind: "token_refused"; readonly result: string; readonly since: number }
  /** Requests fail in a way that passes, several in a row. */
  | { readonly kind: "unavailable"; readonly since: number }
  | { readonly kind: "slowed"; readonly until: number };

export interface DatasetStatusEvidence {
  readonly state: string;
  readonly heldAt: Date | null;
  readonly heldClass: string | null;
  readonly checkedAt: Date | null;
  readonly checkResult: string | null;
  readonly failingSince: Date | null;
  /** Set from the third failure in a row on (delivery/dataset-rest.ts), gone with the first success. */
  readonly restsUntil: Date | null;
  readonly throttledUntil: Date | null;
  /** The last request that Meta took, unix milliseconds. */
  readonly lastSentAt: number | null;
}

/** Results of a check that Meta gave no token for: the next request fails as the check did. */
const REFUSED = ["invalid_token", "expired_token", "other_dataset", "missing_scope"];

/** The one thing to say of a dataset; what needs a person comes before what passes by itself. */
export function datasetStatus(row: DatasetStatusEvidence, now: number): DatasetStatus {
  if (row.state === "disconnected") return { kind: "disconnected" };
  if (row.state === "paused") return { kind: "paused" };
  if (row.heldAt !== null)
    return { kind: "held", class: row.heldClass ?? "unknown", since: row.heldAt.getTime() };
  const checkedAt = row.checkedAt?.getTime() ?? 0;
  if (row.checkResult !== null && REFUSED.includes(row.checkResult) && (row.lastSentAt ?? 0) < checkedAt)
    return { kind: "token_refused", result: row.checkResult, since: checkedAt };
  if (row.failingSince !== null && row.restsUntil !== null)
    return { kind: "unavailable", since: row.failingSince.getTime() };
  if (row.throttledUntil !== null && row.throttledUntil.getTime() > now)
    return { kind: "slowed", until: row.throttledUntil.getTime() };
  return { kind: "active" };
}

/** Whether what waits for it stays where it is. */
export function isStopped(status: DatasetStatus): boolean {
  return ["held", "paused", "unavailable", "disconnected"].includes(status.kind);
}
