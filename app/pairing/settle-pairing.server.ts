import { canHaveBrowserReport, storedKind } from "../conversions/order/sale-kinds.ts";
import type { Database } from "../platform/database/database.server.ts";
import type { Metrics } from "../platform/process/metrics.server.ts";
import { datasetCopies, type StoredServerCopy } from "./dataset-copies.ts";
import { decidePairing, type PairingDecision } from "./decide-pairing.ts";

/** After this a browser that has said nothing is taken to have sent nothing. Milliseconds. */
export const BROWSER_SILENCE_MS = 3_600_000;

interface PairingRow {
  readonly id: bigint;
  readonly source: string;
  readonly pairing: string;
  readonly isClosed: boolean;
  readonly receivedAt: Date;
  readonly eventName: string;
  readonly eventId: string;
  readonly eventTime: Date;
  readonly outcome: string | null;
  readonly outcomes: unknown;
  readonly copy: unknown;
  readonly answeredAt: Date | null;
  readonly hasFire: boolean;
  readonly deliveries: readonly StoredServerCopy[];
}

/**
 * Brings the pairing of these conversions up to date: called when a browser reports that it fired, when deliveries are
 * settled, and by the job that closes what stays silent. Safe to repeat and to run side by side. Two statements, however
 * many conversions.
 *
 * @param now Unix milliseconds
 * @param metrics counts what is closed
 * @returns how many changed
 */
export async function settlePairing(
  { direct }: Database,
  conversionIds: readonly bigint[],
  now: number,
  metrics?: Pick<Metrics, "pairings">,
): Promise<number> {
  if (conversionIds.length === 0) return 0;
  const ids = conversionIds.map(String);
  const rows = await direct.$queryRaw<PairingRow[]>`
    SELECT c.id, c.source, c.pairing, c.paired_at IS NOT NULL AS "isClosed", c.received_at AS "receivedAt",
           c.event_name AS "eventName", c.event_id AS "eventId", c.event_time AS "eventTime",
           f.id IS NOT NULL AS "hasFire", f.outcome, f.outcomes, f.copy, f.answered_at AS "answeredAt", d.deliveries
    FROM conversion c
    LEFT JOIN browser_report f ON f.id = c.fire_report_id
    CROSS JOIN LATERAL (
      SELECT coalesce(jsonb_agg(jsonb_build_object('datasetId', ds.dataset_id, 'state', d.state,
               'firstSentAt', floor(extract(epoch FROM d.first_sent_at) * 1000),
               'payload', jsonb_build_object('event_name', d.sent_payload -> 'event_name',
                 'event_id', d.sent_payload -> 'event_id', 'event_time', d.sent_payload -> 'event_time'))), '[]'::jsonb) AS deliveries
      FROM delivery d JOIN dataset ds ON ds.id = d.dataset_id WHERE d.conversion_id = c.id
    ) d
    WHERE c.id = ANY(${ids}::bigint[])`;
  const changes = rows.flatMap((row) => {
    const decision = decide(row, now);
    const isNews = decision.pairing !== row.pairing || decision.isClosed !== row.isClosed;
    return isNews ? [toChange(row, decision, now)] : [];
  });
  if (changes.length === 0) return 0;
  // What it was when we read it must still be so: else whoever changed it has seen more than we.
  const written = await direct.$queryRaw<{ pairing: string; isClosed: boolean }[]>`
    UPDATE conversion c SET pairing = n.pairing, paired_at = n.paired_at
    FROM jsonb_to_recordset(${JSON.stringify(changes)}::jsonb)
      AS n(id bigint, pairing text, was text, paired_at timestamptz)
    WHERE c.id = n.id AND c.pairing = n.was
    RETURNING c.pairing, c.paired_at IS NOT NULL AS "isClosed"`;
  for (const { pairing, isClosed } of written) if (isClosed) metrics?.pairings.inc({ pairing });
  return written.length;
}

function decide(row: PairingRow, now: number): PairingDecision {
  const mayStillFire =
    canHaveBrowserReport(storedKind(row.source)) && now - row.receivedAt.getTime() < BROWSER_SILENCE_MS;
  // Without a dataset there is nothing to send.
  if (row.deliveries.length === 0) return { pairing: "pending", isClosed: !mayStillFire };
  return decidePairing(
    row.deliveries.map((each) => datasetCopies(row, row.hasFire ? row : null, each, mayStillFire)),
  );
}

function toChange(row: PairingRow, decision: PairingDecision, now: number) {
  return {
    id: String(row.id),
    pairing: decision.pairing,
    was: row.pairing,
    paired_at: decision.isClosed ? new Date(now).toISOString() : null,
  };
}
