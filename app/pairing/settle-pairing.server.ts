import type { OrderSource } from "../conversions/model.ts";
import { canHaveBrowserReport } from "../conversions/order-source.ts";
import type { Database } from "../platform/database.server.ts";
import type { FireCopy } from "./decide-answer.ts";
import {
  decidePairing,
  type CopyFigures,
  type PairingDecision,
  type PairingState,
} from "./decide-pairing.ts";

/** After this a browser that has said nothing is taken to have sent nothing. Milliseconds. */
export const BROWSER_SILENCE_MS = 3_600_000;

interface PairingRow {
  readonly id: bigint;
  readonly source: string;
  readonly pairing: string;
  readonly isClosed: boolean;
  readonly receivedAt: Date;
  readonly eventId: string;
  readonly eventTime: Date;
  readonly value: string | null;
  readonly currency: string | null;
  readonly outcome: "fired" | "blocked" | "failed" | null;
  readonly copy: FireCopy | null;
  readonly open: number;
  readonly delivered: number;
  readonly payloads: readonly unknown[];
}

/**
 * Brings the pairing of these conversions up to date: called when a browser reports that it fired, when deliveries are
 * settled, and by the job that closes what stays silent. Safe to repeat and to run side by side. Two statements, however
 * many conversions.
 *
 * @param now Unix milliseconds
 * @returns how many changed
 */
export async function settlePairing(
  { prisma }: Database,
  conversionIds: readonly bigint[],
  now: number,
): Promise<number> {
  if (conversionIds.length === 0) return 0;
  const ids = conversionIds.map(String);
  const rows = await prisma.$queryRaw<PairingRow[]>`
    SELECT c.id, c.source, c.pairing, c.paired_at IS NOT NULL AS "isClosed", c.received_at AS "receivedAt",
           c.event_id AS "eventId", c.event_time AS "eventTime", c.value::text AS value, c.currency, f.outcome, f.copy,
           d.open::int AS open, d.delivered::int AS delivered, d.payloads
    FROM conversion c
    LEFT JOIN browser_report f ON f.id = c.fire_report_id
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE state NOT IN ('delivered', 'skipped', 'dead')) AS open,
             count(*) FILTER (WHERE state = 'delivered') AS delivered,
             coalesce(jsonb_agg(sent_payload) FILTER (WHERE state = 'delivered' AND sent_payload IS NOT NULL), '[]'::jsonb) AS payloads
      FROM delivery WHERE delivery.conversion_id = c.id
    ) d
    WHERE c.id = ANY(${ids}::bigint[])`;
  const changes = rows.flatMap((row) => {
    const decision = decidePairing(stateOf(row, now));
    const isNews = decision.pairing !== row.pairing || decision.isClosed !== row.isClosed;
    return isNews ? [toChange(row, decision, now)] : [];
  });
  if (changes.length === 0) return 0;
  // What it was when we read it must still be so: else whoever changed it has seen more than we.
  return prisma.$executeRaw`
    UPDATE conversion c SET pairing = n.pairing, paired_at = n.paired_at
    FROM jsonb_to_recordset(${JSON.stringify(changes)}::jsonb)
      AS n(id bigint, pairing text, was text, paired_at timestamptz)
    WHERE c.id = n.id AND c.pairing = n.was`;
}

function stateOf(row: PairingRow, now: number): PairingState {
  return {
    browser: row.outcome,
    server: row.delivered > 0 ? "delivered" : row.open > 0 ? "pending" : "ended",
    // A copy that is no longer kept was made from the stored figures.
    browserCopy: row.copy ?? storedFigures(row),
    serverCopies: row.payloads.length > 0 ? row.payloads.map(figuresOf) : [storedFigures(row)],
    mayStillFire:
      canHaveBrowserReport(row.source as OrderSource) && now - row.receivedAt.getTime() < BROWSER_SILENCE_MS,
  };
}

/** As sent to Meta (`sent_payload`). */
function figuresOf(payload: unknown): CopyFigures {
  const event = payload as {
    event_id: string;
    event_time: number;
    custom_data?: { value?: number; currency?: string };
  };
  return {
    eventId: event.event_id,
    eventTime: event.event_time,
    value: event.custom_data?.value ?? NaN,
    currency: event.custom_data?.currency ?? "",
  };
}

/** Where a copy is no longer kept: what it was made from. */
function storedFigures(row: PairingRow): CopyFigures {
  return {
    eventId: row.eventId,
    eventTime: Math.floor(row.eventTime.getTime() / 1000),
    value: Number(row.value),
    currency: row.currency ?? "",
  };
}

function toChange(row: PairingRow, decision: PairingDecision, now: number) {
  return {
    id: String(row.id),
    pairing: decision.pairing,
    was: row.pairing,
    paired_at: decision.isClosed ? new Date(now).toISOString() : null,
  };
}
