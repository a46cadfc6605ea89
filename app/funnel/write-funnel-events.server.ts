import type { Outcome } from "../../extensions/contract/fired-report.ts";
import type { ServerEvent } from "../meta/wire-event.ts";
import type { Database } from "../platform/database/database.server.ts";
import { commitMode } from "./commit-mode.ts";
import { utcDay } from "./keep-partitions.server.ts";

/** One event on its way to one dataset. */
export interface FunnelRow {
  readonly storeId: bigint;
  readonly datasetId: bigint;
  /** Unix milliseconds. */
  readonly eventTime: number;
  readonly receivedAt: number;
  readonly outcome: Outcome;
  readonly event: ServerEvent;
  /** Meta would refuse it for want of customer information: it is counted and not sent. */
  readonly isThin: boolean;
}

/** A lane is looked at so long after its first waiting event came: what comes together goes together. Milliseconds. */
const GATHER_MS = 1_000;

/**
 * Writes events, counts those that are new and calls for their lanes: one statement, so all of it is there after the commit
 * or none. An event that is stored already is left as it is, and counted nowhere.
 *
 * A server does not wait for its disk (commit-mode.ts): orders have it for themselves.
 *
 * @param now Unix milliseconds
 * @returns how many rows are new
 */
export async function writeFunnelEvents(
  database: Pick<Database, "direct" | "kind">,
  rows: readonly FunnelRow[],
  now: number,
): Promise<number> {
  if (rows.length === 0) return 0;
  const lookAt = new Date(now + GATHER_MS);
  const [written] = await database.direct.$queryRaw<{ made: number }[]>`
    WITH input AS MATERIALIZED (
      SELECT * FROM json_to_recordset(${JSON.stringify(rows.map(toInput))}::json) AS i(
        day date, store_id bigint, dataset_id bigint, event_name text, event_id text, event_time timestamptz,
        received_at timestamptz, outcome text, thin boolean, value numeric, currency text, keys text[],
        payload jsonb)
    ), made AS (
      INSERT INTO funnel_event (day, store_id, dataset_id, event_name, event_id, event_time, received_at, outcome, state,
                                value, currency, keys, payload, last_class, settled_at)
      SELECT i.day, i.store_id, i.dataset_id, i.event_name, i.event_id, i.event_time, i.received_at, i.outcome,
             CASE WHEN i.thin THEN 'dead' ELSE 'waiting' END, i.value, i.currency, i.keys, i.payload,
             CASE WHEN i.thin THEN 'thin_identity' END, CASE WHEN i.thin THEN i.received_at END
      FROM input i JOIN dataset d ON d.id = i.dataset_id AND d.store_id = i.store_id
      ORDER BY i.event_id, i.event_name, i.dataset_id, i.day
      ON CONFLICT DO NOTHING
      RETURNING store_id, dataset_id, event_name, event_time, outcome, state, value, currency
    ), counted AS (
      INSERT INTO tally_delta (store_id, dataset_id, day, metric, label, currency, count, amount)
      SELECT m.store_id, m.dataset_id, (m.event_time AT TIME ZONE s.time_zone)::date, 'funnel',
             m.event_name || ':' || l.label, l.currency, count(*), sum(l.amount)
      FROM made m JOIN store s ON s.id = m.store_id
      CROSS JOIN LATERAL (VALUES
        ('taken', coalesce(m.currency, ''), coalesce(m.value, 0)),
        (m.outcome, '', 0),
        (CASE WHEN m.state = 'dead' THEN 'dead:thin_identity' END, '', 0),
        (CASE WHEN m.state = 'dead' THEN CASE WHEN m.outcome = 'sent' THEN 'browser_only' ELSE 'neither' END END, '', 0)
      ) AS l(label, currency, amount)
      WHERE l.label IS NOT NULL
      GROUP BY 1, 2, 3, 5, 6
    ), called AS (
      INSERT INTO funnel_lane AS lane (dataset_id, store_id, due_at)
      SELECT DISTINCT m.dataset_id, m.store_id, ${lookAt}::timestamptz FROM made m
      WHERE m.state = 'waiting' AND NOT EXISTS (
        SELECT 1 FROM funnel_lane l
        WHERE l.dataset_id = m.dataset_id AND (l.failures > 0 OR l.due_at <= ${lookAt}::timestamptz))
      ORDER BY m.dataset_id
      ON CONFLICT (dataset_id) DO UPDATE SET due_at = least(lane.due_at, excluded.due_at) WHERE lane.failures = 0
    )
    SELECT count(*)::int AS made FROM made WHERE set_config('synchronous_commit', ${commitMode(database)}, true) IS NOT NULL`;
  return written?.made ?? 0;
}

function toInput({ storeId, datasetId, eventTime, receivedAt, outcome, event, isThin }: FunnelRow) {
  // Whom nobody is asked about has no need of an address.
  const { client_ip_address: _ip, client_user_agent: _agent, ...customer } = event.user_data;
  return {
    day: utcDay(eventTime),
    store_id: String(storeId),
    dataset_id: String(datasetId),
    event_name: event.event_name,
    event_id: event.event_id,
    event_time: new Date(eventTime).toISOString(),
    received_at: new Date(receivedAt).toISOString(),
    outcome,
    thin: isThin,
    value: event.custom_data.value,
    currency: event.custom_data.currency,
    keys: Object.keys(event.user_data),
    payload: isThin ? { ...event, user_data: customer } : event,
  };
}
