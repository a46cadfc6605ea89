import type { Outcome } from "../../extensions/contract/fired-report.ts";
import type { EventText } from "../meta/graph-client.server.ts";
import { commitMode } from "./commit-mode.ts";
import { utcDay } from "./keep-partitions.server.ts";
import type { Statements } from "./claim-lanes.server.ts";

/** An event that waits to be sent to one dataset. Times in Unix milliseconds. */
export interface WaitingEvent {
  readonly id: bigint;
  readonly eventName: string;
  readonly eventTime: number;
  readonly receivedAt: number;
  readonly outcome: Outcome;
  /** Requests that carried it and may have arrived. */
  readonly attempts: number;
  /** The event as Meta gets it, and as it is stored: JSON that nobody reads on its way. */
  readonly payload: EventText;
}

interface Row extends Omit<WaitingEvent, "eventTime" | "receivedAt" | "outcome"> {
  readonly eventTime: Date;
  readonly receivedAt: Date;
  readonly outcome: string;
}

/** The events of a dataset that wait for longest. */
export async function readWaiting(
  { direct }: Statements,
  datasetId: bigint,
  limit: number,
): Promise<readonly WaitingEvent[]> {
  const rows = await direct.$queryRaw<Row[]>`
    SELECT id, event_name AS "eventName", event_time AS "eventTime", received_at AS "receivedAt", outcome, attempts,
           payload::text AS payload
    FROM funnel_event WHERE dataset_id = ${datasetId}::bigint AND state = 'waiting' ORDER BY id LIMIT ${limit}::int`;
  return rows.map((row) => ({
    ...row,
    eventTime: row.eventTime.getTime(),
    receivedAt: row.receivedAt.getTime(),
    outcome: row.outcome === "sent" || row.outcome === "blocked" ? row.outcome : "failed",
  }));
}

/** What became of events at Meta. */
export type FunnelVerdict =
  | { readonly state: "delivered" }
  | {
      readonly state: "dead";
      /** Of meta/errors.ts, or why it was not sent. */
      readonly class: string;
      readonly code: number | null;
      readonly message: string | null;
    };

export interface Settled {
  readonly eventName: string;
  readonly events: number;
}

/**
 * Writes what became of events and counts it: one statement. What is settled already is left as it is. Address and user
 * agent leave the payload; the names of the keys stay. Not waiting for the disk, as writeFunnelEvents.
 *
 * @param now Unix milliseconds
 */
export async function settleEvents(
  database: Statements,
  datasetId: bigint,
  events: readonly Pick<WaitingEvent, "id" | "eventTime">[],
  verdict: FunnelVerdict,
  now: number,
): Promise<readonly Settled[]> {
  if (events.length === 0) return [];
  const { first, last } = daysOf(events);
  const dead = verdict.state === "dead" ? verdict : { class: null, code: null, message: null };
  return database.direct.$queryRaw<Settled[]>`
    WITH settled AS (
      UPDATE funnel_event SET state = ${verdict.state}::text, settled_at = ${new Date(now)}::timestamptz,
        payload = payload #- '{user_data,client_ip_address}' #- '{user_data,client_user_agent}',
        last_class = ${dead.class}::text, last_code = ${dead.code}::int, last_message = ${dead.message}::text
      WHERE dataset_id = ${datasetId}::bigint AND id = ANY(${events.map(({ id }) => id)}::bigint[]) AND state = 'waiting'
        AND day BETWEEN ${first}::text::date AND ${last}::text::date
      RETURNING store_id, dataset_id, event_name, event_time, outcome, state, last_class, keys
    ), counted AS (
      INSERT INTO tally_delta (store_id, dataset_id, day, metric, label, count)
      SELECT e.store_id, e.dataset_id, (e.event_time AT TIME ZONE s.time_zone)::date, l.metric,
             e.event_name || ':' || l.label, count(*)
      FROM settled e JOIN store s ON s.id = e.store_id
      CROSS JOIN LATERAL (
        SELECT 'funnel' AS metric,
               CASE WHEN e.outcome = 'sent' THEN CASE e.state WHEN 'delivered' THEN 'paired' ELSE 'browser_only' END
                    ELSE CASE e.state WHEN 'delivered' THEN 'server_only' ELSE 'neither' END END AS label
        UNION ALL SELECT 'funnel', 'dead:' || e.last_class WHERE e.state = 'dead'
        UNION ALL SELECT 'funnel_key', key FROM unnest(e.keys) AS key WHERE e.state = 'delivered') l
      GROUP BY 1, 2, 3, 4, 5
    )
    SELECT event_name AS "eventName", count(*)::int AS events FROM settled
    WHERE set_config('synchronous_commit', ${commitMode(database)}, true) IS NOT NULL GROUP BY event_name`;
}

/** Notes that a request may have carried these events to Meta: after 48 hours they would count twice. */
export async function noteAttempt(
  { direct }: Statements,
  datasetId: bigint,
  events: readonly Pick<WaitingEvent, "id">[],
): Promise<void> {
  await direct.$executeRaw`
    UPDATE funnel_event SET attempts = least(attempts, 30000) + 1
    WHERE dataset_id = ${datasetId}::bigint AND id = ANY(${events.map(({ id }) => id)}::bigint[]) AND state = 'waiting'`;
}

/** The partitions that events are in. */
function daysOf(events: readonly Pick<WaitingEvent, "eventTime">[]): {
  readonly first: string;
  readonly last: string;
} {
  const times = events.map(({ eventTime }) => eventTime);
  return { first: utcDay(Math.min(...times)), last: utcDay(Math.max(...times)) };
}
