import type { AlertChannel, FindingChange } from "@prisma/client";

import { SEVERITIES } from "../../audit/check.ts";
import type { Clock } from "../../platform/process/clock.ts";
import type { Database } from "../../platform/database/database.server.ts";
import { knownTimeZone } from "../../quality/store-period.ts";
import { zoneOffsets } from "../../quality/zone-offsets.server.ts";
import { choiceOf } from "../channels/channel.ts";
import { readAlertFindings, type AlertFinding } from "../write/alert-finding.ts";
import {
  TOLD_CHANGES,
  decideAlerts,
  type Alert,
  type AlertDecision,
  type Change,
  type Told,
} from "./decide-alerts.ts";

/** How far back changes are looked at: longer than quiet hours, a group and the day of a mend, and than a weekend without us. */
const LOOK_BACK_MS = 7 * 24 * 3_600_000;

export interface Collected {
  readonly messages: number;
}

/**
 * Writes the messages that are due into the outbox, and with each in the same statement that its findings have been told:
 * a run that is cut, repeated or runs beside another tells nothing twice.
 */
export async function collectAlerts(
  deps: { readonly database: Database; readonly clock: Clock },
  signal: AbortSignal,
): Promise<Collected> {
  const now = deps.clock();
  let messages = 0;
  for (const id of await channelsWithChanges(deps.database, now)) {
    if (signal.aborted) break;
    messages += await collectForChannel(deps.database, id, now);
  }
  return { messages };
}

async function channelsWithChanges({ prisma }: Database, now: number): Promise<readonly string[]> {
  const from = new Date(now - LOOK_BACK_MS);
  const rows = await prisma.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT c.id FROM finding_change f
    JOIN store s ON s.id = f.store_id AND s.state = 'installed'
    JOIN alert_channel c ON c.store_id = f.store_id AND f.at >= c.created_at
    LEFT JOIN alert_told t ON t.channel_id = c.id AND t.code = f.code
    WHERE f.at >= ${from}::timestamptz AND f.kind = ANY(${[...TOLD_CHANGES]}::text[])
      AND f.id > coalesce(t.through_id, 0)
    ORDER BY c.id`;
  return rows.map(({ id }) => id);
}

async function collectForChannel(database: Database, id: string, now: number): Promise<number> {
  const { prisma } = database;
  const channel = await prisma.alertChannel.findUnique({
    where: { id },
    include: { told: true, store: { select: { timeZone: true } } },
  });
  if (!channel) return 0;
  const { storeId } = channel;
  const from = new Date(Math.max(channel.createdAt.getTime(), now - LOOK_BACK_MS));
  const rows = await prisma.findingChange.findMany({
    where: { storeId, at: { gte: from }, kind: { in: [...TOLD_CHANGES] } },
    orderBy: { id: "asc" },
  });
  const findings = await prisma.finding.findMany({
    where: { storeId },
    select: { code: true, since: true, snoozedUntil: true },
  });
  const decision = decideAlerts({
    now,
    offsets: zoneOffsets(knownTimeZone(channel.store.timeZone), now),
    choice: choiceOf(channel),
    changes: rows.flatMap(changeOf),
    told: new Map(channel.told.map((row) => [row.code, toldOf(row)])),
    snoozed: new Set(
      findings.flatMap(({ code, snoozedUntil }) =>
        snoozedUntil !== null && snoozedUntil.getTime() > now ? [code] : [],
      ),
    ),
  });
  if (decision.passed.length === 0 && decision.message.length === 0) return 0;
  const since = new Map(findings.map((each) => [each.code, each.since?.toISOString().slice(0, 10) ?? null]));
  const told = decision.message.flatMap((alert): readonly AlertFinding[] => {
    const row = rows.find((each) => each.id === alert.change.id);
    return row ? snapshot(alert, row, since.get(row.code) ?? null) : [];
  });
  return (await writeDecision(database, channel, decision, told, now)) ? (told.length > 0 ? 1 : 0) : 0;
}

/** @returns false when somebody else decided for this channel meanwhile: nothing is written then */
async function writeDecision(
  { prisma }: Database,
  channel: AlertChannel,
  { passed, message }: AlertDecision,
  findings: readonly AlertFinding[],
  now: number,
): Promise<boolean> {
  const rows = JSON.stringify([
    ...passed.map(({ code, id }) => ({ code, through_id: String(id) })),
    ...message.map(({ change, kind, severity }) => ({
      code: change.code,
      through_id: String(change.id),
      state: kind === "mended" ? "mended" : "open",
      severity,
      told_id: String(change.id),
    })),
  ]);
  const at = new Date(now);
  const written = await prisma.$queryRaw<{ id: string }[]>`
    WITH turned AS (
      UPDATE alert_channel SET turn = turn + 1 WHERE id = ${channel.id}::text AND turn = ${channel.turn}::int RETURNING id, store_id
    ), told AS (
      INSERT INTO alert_told AS t (channel_id, code, through_id, state, severity, told_id)
      SELECT turned.id, g.code, g.through_id, g.state, g.severity, g.told_id
      FROM turned CROSS JOIN jsonb_to_recordset(${rows}::jsonb)
        AS g(code text, through_id bigint, state text, severity text, told_id bigint)
      ON CONFLICT (channel_id, code) DO UPDATE
        SET through_id = excluded.through_id, state = coalesce(excluded.state, t.state),
            severity = coalesce(excluded.severity, t.severity), told_id = coalesce(excluded.told_id, t.told_id)
    ), message AS (
      INSERT INTO alert_message (store_id, channel_id, kind, state, findings, created_at, due_at)
      SELECT store_id, id, 'findings', 'due', ${JSON.stringify(findings)}::jsonb, ${at}::timestamptz, ${at}::timestamptz
      FROM turned WHERE jsonb_array_length(${JSON.stringify(findings)}::jsonb) > 0
    )
    SELECT id FROM turned`;
  return written.length > 0;
}

function changeOf(row: FindingChange): readonly Change[] {
  const kind = TOLD_CHANGES.find((each) => each === row.kind);
  const severity = SEVERITIES.find((each) => each === row.severity);
  if (kind === undefined || severity === undefined) return [];
  return [{ id: row.id, code: row.code, kind, severity, at: row.at.getTime() }];
}

function toldOf(row: {
  readonly throughId: bigint;
  readonly state: string | null;
  readonly severity: string | null;
  readonly toldId: bigint | null;
}): Told {
  const severity = SEVERITIES.find((each) => each === row.severity);
  if (row.state === null || severity === undefined || row.toldId === null)
    return { throughId: row.throughId, last: null };
  return {
    throughId: row.throughId,
    last: { state: row.state === "mended" ? "mended" : "open", severity, changeId: row.toldId },
  };
}

function snapshot(alert: Alert, row: FindingChange, since: string | null): readonly AlertFinding[] {
  return readAlertFindings([
    {
      code: row.code,
      changeId: String(row.id),
      change: alert.kind,
      severity: alert.severity,
      certainty: row.certainty,
      since,
      at: row.at.getTime(),
      orders: row.orders,
      worth: row.worth,
      figures: row.figures,
    },
  ]);
}
