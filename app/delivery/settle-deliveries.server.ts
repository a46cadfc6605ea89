import type { ConsentDecision } from "../conversions/model.ts";
import type { CapiEvent } from "../meta/wire-event.ts";
import type { EventsAnswer } from "../meta/classify-answer.ts";
import type { Database } from "../platform/database/database.server.ts";
import type { Settlement } from "./decide-settlement.ts";

/** One request to Meta, for the record. Deliveries name it by its place in the list. */
export interface AttemptRecord {
  readonly storeId: bigint;
  readonly datasetId: bigint;
  /** Unix milliseconds. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly events: number;
  readonly answer: EventsAnswer;
}

export interface SettledDelivery {
  readonly id: bigint;
  readonly leaseToken: string;
  readonly settlement: Settlement;
  /** The request that decided it; null when none was made. */
  readonly attempt: AttemptRecord | null;
  /** What was sent, when something was. */
  readonly event: CapiEvent | null;
  readonly consent: ConsentDecision | null;
  readonly withoutFbc: boolean;
  /** Ours, where Meta said nothing (an event that could not be built). */
  readonly message: string | null;
}

export interface Settled {
  readonly id: bigint;
  readonly state: string;
  readonly conversionId: bigint;
}

/** A conversion of which this statement did not settle every delivery. */
interface SharedConversion {
  readonly id: null;
  readonly state: null;
  readonly conversionId: bigint;
}

/**
 * Writes what became of deliveries: states, the attempts and their links, consent, and the erasure of address and
 * browser once nothing of a conversion can be sent any more. A dead delivery can: a person may ask for it. One statement, so a process killed in the middle leaves either
 * all of it or a lease that runs out.
 *
 * Guarded by the lease: a delivery that was taken away meanwhile is left to whoever has it now. The guard is
 * worded so that deliveries are looked up by their IDs: the index of leases may hold many that are long over.
 *
 * @param now unix milliseconds
 * @returns the deliveries that were settled
 */
export async function settleDeliveries(
  database: Database,
  settled: readonly SettledDelivery[],
  unlinked: readonly AttemptRecord[],
  now: number,
): Promise<readonly Settled[]> {
  const attempts = [
    ...new Set([...settled.flatMap(({ attempt }) => (attempt ? [attempt] : [])), ...unlinked]),
  ];
  const ordinals = new Map(attempts.map((attempt, ordinal) => [attempt, ordinal]));
  const at = new Date(now);
  const rows = await database.direct.$queryRaw<(Settled | SharedConversion)[]>`
    WITH s AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(settled.map((each) => toRow(each, ordinals)))}::jsonb) AS x(
        id bigint, token text, state text, due_at timestamptz, skip_reason text, failed boolean, sent boolean, arrived boolean,
        class text, code int, subcode int, status int, message text, keys text[], payload jsonb,
        without_fbc boolean, consent_kind text, consent_reason text, attempt int, sent_at timestamptz)
    ), a AS MATERIALIZED (
      SELECT nextval(pg_get_serial_sequence('attempt', 'id')) AS id, x.* FROM jsonb_to_recordset(
        ${JSON.stringify(attempts.map(toAttemptRow))}::jsonb) AS x(
        ordinal int, store_id bigint, dataset_id bigint, started_at timestamptz, duration_ms int, events int,
        http_status int, class text, code int, subcode int, message text, trace text)
    ), made AS (
      INSERT INTO attempt (id, store_id, dataset_id, started_at, duration_ms, events, http_status, class, code, subcode,
                           message, fbtrace_id)
      SELECT a.id, a.store_id, a.dataset_id, a.started_at, a.duration_ms, a.events, a.http_status, a.class, a.code,
             a.subcode, a.message, a.trace
      FROM a JOIN dataset ON dataset.id = a.dataset_id
      RETURNING attempt.id
    ), settled AS (
      UPDATE delivery d SET
        state = s.state,
        due_at = coalesce(s.due_at, d.due_at),
        skip_reason = s.skip_reason,
        attempts = d.attempts + CASE WHEN s.sent THEN 1 ELSE 0 END,
        failures = d.failures + CASE WHEN s.failed THEN 1 ELSE 0 END,
        lease_token = NULL, lease_until = NULL,
        without_fbc = s.without_fbc,
        last_class = coalesce(s.class, d.last_class),
        last_code = CASE WHEN s.class IS NULL THEN d.last_code ELSE s.code END,
        last_subcode = CASE WHEN s.class IS NULL THEN d.last_subcode ELSE s.subcode END,
        last_status = CASE WHEN s.class IS NULL THEN d.last_status ELSE s.status END,
        last_message = CASE WHEN s.class IS NULL THEN d.last_message ELSE s.message END,
        first_sent_at = coalesce(d.first_sent_at, CASE WHEN s.arrived THEN s.sent_at END),
        sent_keys = CASE WHEN s.sent THEN coalesce(s.keys, '{}') ELSE d.sent_keys END,
        sent_payload = CASE WHEN s.sent THEN s.payload ELSE d.sent_payload END,
        settled_at = CASE WHEN s.state IN ('delivered', 'dead', 'skipped') THEN ${at}::timestamptz END
      FROM s WHERE d.id = ANY(ARRAY(SELECT x.id FROM s x)) AND d.id = s.id
        AND CASE d.state WHEN 'leased' THEN d.lease_token END = s.token
      RETURNING d.id, d.conversion_id, d.state, d.due_at, d.attempts, s.attempt, s.consent_kind, s.consent_reason
    ), linked AS (
      INSERT INTO delivery_attempt (delivery_id, attempt_id, number, outcome, next_at)
      SELECT settled.id, a.id, settled.attempts, settled.state,
             CASE WHEN settled.state IN ('retrying', 'held') THEN settled.due_at END
      FROM settled JOIN a ON a.ordinal = settled.attempt JOIN made ON made.id = a.id
    ), word AS MATERIALIZED (
      SELECT g.conversion_id, g.consent_kind, g.consent_reason, g.ended AND o.open = g.here AS finished,
             o.all > g.here AS shared
      FROM (SELECT settled.conversion_id, max(settled.consent_kind) AS consent_kind, max(settled.consent_reason) AS consent_reason,
                   bool_and(settled.state IN ('delivered', 'skipped')) AS ended, count(*) AS here
            FROM settled GROUP BY settled.conversion_id) g
      CROSS JOIN LATERAL (
        SELECT count(*) AS all, count(*) FILTER (WHERE sibling.state NOT IN ('delivered', 'skipped')) AS open
        FROM delivery sibling WHERE sibling.conversion_id = g.conversion_id) o
    ), noted AS (
      UPDATE conversion c SET
        consent_kind = coalesce(word.consent_kind, c.consent_kind),
        consent_reason = CASE WHEN word.consent_kind IS NULL THEN c.consent_reason ELSE word.consent_reason END,
        client_ip = CASE WHEN word.finished THEN NULL ELSE c.client_ip END,
        client_user_agent = CASE WHEN word.finished THEN NULL ELSE c.client_user_agent END
      FROM word WHERE c.id = word.conversion_id
        AND (c.consent_kind IS DISTINCT FROM coalesce(word.consent_kind, c.consent_kind)
             OR (word.finished AND (c.client_ip IS NOT NULL OR c.client_user_agent IS NOT NULL)))
    ), forgotten AS (
      UPDATE browser_report r SET client_ip = NULL, client_user_agent = NULL
      FROM word WHERE r.conversion_id = word.conversion_id AND word.finished
        AND (r.client_ip IS NOT NULL OR r.client_user_agent IS NOT NULL)
    )
    SELECT settled.id, settled.state, settled.conversion_id AS "conversionId" FROM settled
    UNION ALL SELECT NULL, NULL, word.conversion_id FROM word WHERE word.shared`;
  const own = rows.filter((row): row is Settled => row.id !== null);
  await eraseClients(
    database,
    rows.filter((row) => row.id === null).map((row) => row.conversionId),
  );
  return own;
}

/**
 * Erases address and browser of those conversions of which nothing can be sent any more. A dead delivery keeps them: a
 * person may send it again while Meta takes it, and it should be as good as it was. The settling statement does this
 * itself; but two deliveries of one conversion that settle at the same moment each see the other as open, and whoever
 * commits last sees both settled here.
 */
async function eraseClients(database: Database, conversionIds: readonly bigint[]): Promise<void> {
  if (conversionIds.length === 0) return;
  const ids = [...new Set(conversionIds)].map(String);
  await database.direct.$executeRaw`
    WITH finished AS (
      SELECT c.id FROM conversion c WHERE c.id = ANY(${ids}::bigint[]) AND NOT EXISTS (
        SELECT 1 FROM delivery d WHERE d.conversion_id = c.id AND d.state NOT IN ('delivered', 'skipped'))
    ), forgotten AS (
      UPDATE browser_report r SET client_ip = NULL, client_user_agent = NULL FROM finished
      WHERE r.conversion_id = finished.id AND (r.client_ip IS NOT NULL OR r.client_user_agent IS NOT NULL)
    )
    UPDATE conversion c SET client_ip = NULL, client_user_agent = NULL FROM finished
    WHERE c.id = finished.id AND (c.client_ip IS NOT NULL OR c.client_user_agent IS NOT NULL)`;
}

function toRow(
  { id, leaseToken, settlement, attempt, event, consent, withoutFbc, message }: SettledDelivery,
  ordinals: ReadonlyMap<AttemptRecord, number>,
): Record<string, unknown> {
  const result = attempt
    ? describeAnswer(attempt.answer)
    : message
      ? { class: "unknown", message }
      : undefined;
  return {
    ...result,
    id: String(id),
    token: leaseToken,
    state: settlement.state,
    due_at: "dueAt" in settlement ? new Date(settlement.dueAt).toISOString() : null,
    skip_reason: settlement.state === "skipped" ? settlement.reason : null,
    failed: settlement.state === "retrying" && settlement.failed,
    sent: attempt !== null,
    arrived: attempt !== null && mayHaveArrived(attempt.answer),
    sent_at: attempt ? new Date(attempt.startedAt).toISOString() : null,
    keys: event ? sentKeys(event) : null,
    payload: event ? keptPayload(event) : null,
    without_fbc: withoutFbc,
    consent_kind: consent?.kind ?? null,
    consent_reason: consent === null ? null : consent.kind === "skip" ? consent.reason : consent.evidence,
    attempt: attempt ? (ordinals.get(attempt) ?? null) : null,
  };
}

/** Stands in the kept payload for what is not kept: the address and browser of a person, in clear. */
const NOT_KEPT = "(sent, not kept)";

/** The event as it is kept: exactly what was sent, but for the two values that are not hashed and name a person. */
function keptPayload(event: CapiEvent): CapiEvent {
  const { client_ip_address: ip, client_user_agent: userAgent } = event.user_data;
  return {
    ...event,
    user_data: {
      ...event.user_data,
      ...(ip === undefined ? {} : { client_ip_address: NOT_KEPT }),
      ...(userAgent === undefined ? {} : { client_user_agent: NOT_KEPT }),
    },
  };
}

/** Names of the customer information that went along. */
function sentKeys(event: CapiEvent): string[] {
  return Object.keys(event.user_data).sort();
}

function toAttemptRow(attempt: AttemptRecord, ordinal: number): Record<string, unknown> {
  const { status, ...result } = describeAnswer(attempt.answer);
  return {
    ...result,
    ordinal,
    store_id: String(attempt.storeId),
    dataset_id: String(attempt.datasetId),
    started_at: new Date(attempt.startedAt).toISOString(),
    duration_ms: attempt.durationMs,
    events: attempt.events,
    http_status: status,
  };
}

function describeAnswer(answer: EventsAnswer) {
  if (answer.kind === "rejected") {
    const { class: name, code, subcode, status, message, fbtraceId } = answer;
    return { class: name, code, subcode, status, message, trace: fbtraceId };
  }
  return {
    class: answer.kind === "accepted" ? "ok" : "partial",
    code: null,
    subcode: null,
    status: answer.status,
    message: answer.kind === "partial" ? `Meta took ${answer.received} of the events` : null,
    trace: answer.fbtraceId,
  };
}

/** Whether Meta may hold the event after this answer. */
export function mayHaveArrived(answer: EventsAnswer): boolean {
  return answer.kind !== "rejected" || answer.mayHaveArrived;
}
