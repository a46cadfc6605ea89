/** One thing that happened, or will. */
export interface TimelineEntry {
  /** Unix milliseconds. */
  readonly at: number;
  readonly kind:
    | "paid"
    | "received"
    | "browser_report"
    | "browser_outcome"
    | "queued"
    | "attempt"
    /** Attempts that failed as the one before them did; `at` is the last of them. */
    | "repeats"
    | "settled"
    | "next_try";
  /** Which dataset, where there are several; the name. */
  readonly dataset?: string;
  /** For `attempt`: "ok" or the class; `settled`: the state; `browser_report`: the answer; `browser_outcome`: the outcome. */
  readonly outcome?: string;
  readonly detail?: string;
  /** Beside the detail `no_consent`: whether it was refused or missing. */
  readonly consent?: string;
  readonly httpStatus?: number;
  readonly code?: string;
  readonly fbtraceId?: string;
  readonly durationMs?: number;
  /** For `repeats`: how many. */
  readonly count?: number;
}

export interface TimelineSource {
  readonly paidAt: number;
  readonly receivedAt: number;
  readonly via: string;
  readonly reports: readonly {
    readonly receivedAt: number;
    readonly answeredAt: number | null;
    readonly answer: string | null;
    readonly outcomeAt: number | null;
    readonly outcome: string | null;
  }[];
  readonly deliveries: readonly {
    readonly dataset: string;
    readonly state: string;
    readonly skipReason: string | null;
    /** What the conversion keeps of missing consent. */
    readonly skipConsent: string | null;
    readonly createdAt: number;
    readonly nextAt: number | null;
    readonly settledAt: number | null;
    readonly attempts: readonly {
      readonly at: number;
      readonly durationMs: number;
      readonly class: string;
      readonly httpStatus: number | null;
      readonly code: number | null;
      readonly subcode: number | null;
      readonly message: string | null;
      readonly fbtraceId: string | null;
    }[];
  }[];
}

type TimelineAttempt = TimelineSource["deliveries"][number]["attempts"][number];

/** Failures that are told one by one; of a longer row of the same, the first and the last are, and the others counted. */
const TOLD = 3;

/** An outage of a night is dozens of attempts with one answer: what happened before and after it must stay in sight. */
function foldRepeats(
  attempts: readonly TimelineAttempt[],
): readonly (TimelineAttempt | (TimelineAttempt & { readonly count: number }))[] {
  const rows: TimelineAttempt[][] = [];
  for (const attempt of attempts) {
    const row = rows.at(-1);
    if (row?.[0] && attempt.class !== "ok" && isSame(row[0], attempt)) row.push(attempt);
    else rows.push([attempt]);
  }
  return rows.flatMap((row) => {
    const [first, last, before] = [row[0], row.at(-1), row.at(-2)];
    if (row.length <= TOLD || !first || !last || !before) return row;
    return [first, { ...before, count: row.length - 2 }, last];
  });
}

function isSame(one: TimelineAttempt, other: TimelineAttempt): boolean {
  return (
    one.class === other.class &&
    one.httpStatus === other.httpStatus &&
    one.code === other.code &&
    one.subcode === other.subcode &&
    one.message === other.message
  );
}

/** Everything that is known of one purchase, in the order in which it happened; what is planned comes last. */
export function eventTimeline(source: TimelineSource): readonly TimelineEntry[] {
  const several = source.deliveries.length > 1;
  const entries: TimelineEntry[] = [
    { at: source.paidAt, kind: "paid" },
    { at: source.receivedAt, kind: "received", outcome: source.via },
    ...source.reports.flatMap((report): TimelineEntry[] => [
      {
        at: report.answeredAt ?? report.receivedAt,
        kind: "browser_report",
        ...(report.answer === null ? {} : { outcome: report.answer }),
      },
      ...(report.outcomeAt === null || report.outcome === null
        ? []
        : [{ at: report.outcomeAt, kind: "browser_outcome" as const, outcome: report.outcome }]),
    ]),
    ...source.deliveries.flatMap((delivery): TimelineEntry[] => {
      const dataset = several ? { dataset: delivery.dataset } : {};
      const skipped = delivery.state === "skipped";
      return [
        ...(skipped ? [] : [{ at: delivery.createdAt, kind: "queued" as const, ...dataset }]),
        ...foldRepeats(delivery.attempts).map((attempt) => ({
          at: attempt.at,
          kind: "count" in attempt ? ("repeats" as const) : ("attempt" as const),
          ...("count" in attempt ? { count: attempt.count } : {}),
          outcome: attempt.class,
          durationMs: attempt.durationMs,
          ...dataset,
          ...(attempt.message === null ? {} : { detail: attempt.message }),
          ...(attempt.httpStatus === null ? {} : { httpStatus: attempt.httpStatus }),
          ...(attempt.code === null
            ? {}
            : { code: `${attempt.code}${attempt.subcode === null ? "" : `/${attempt.subcode}`}` }),
          ...(attempt.fbtraceId === null ? {} : { fbtraceId: attempt.fbtraceId }),
        })),
        ...(delivery.settledAt === null || delivery.state === "delivered"
          ? []
          : [
              {
                at: delivery.settledAt,
                kind: "settled" as const,
                outcome: delivery.state,
                ...dataset,
                ...(delivery.skipReason === null ? {} : { detail: delivery.skipReason }),
                ...(delivery.skipConsent === null ? {} : { consent: delivery.skipConsent }),
              },
            ]),
        ...(delivery.nextAt === null ? [] : [{ at: delivery.nextAt, kind: "next_try" as const, ...dataset }]),
      ];
    }),
  ];
  const rank = (entry: TimelineEntry) => (entry.kind === "next_try" ? 1 : 0);
  return entries.sort((a, b) => rank(a) - rank(b) || a.at - b.at);
}
