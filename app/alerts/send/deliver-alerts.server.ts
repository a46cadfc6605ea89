import { randomUUID } from "node:crypto";

import type { Clock } from "../../platform/process/clock.ts";
import type { Database } from "../../platform/database/database.server.ts";
import type { Log } from "../../platform/process/log.server.ts";
import type { Metrics } from "../../platform/process/metrics.server.ts";
import { decideRetry } from "../decide/decide-retry.ts";
import { readAlertFindings, stillToTell } from "../write/alert-finding.ts";
import { sendMessage, type AlertSenders, type OutgoingMessage } from "./send-message.server.ts";
import { failed, type SendOutcome } from "./send-outcome.server.ts";

/**
 * The outbox of alerts: due -> leased -> sent | retrying -> … -> dead.
 *
 * A message is claimed by a lease, sent, and settled by the lease's token. A process that dies between sending and settling
 * leaves a lease that runs out, and the message goes once more: each crash repeats at most the messages that were under way,
 * one of each lane. What is settled is never sent again.
 */
const LEASE_MS = 2 * 60_000;
/** Messages under way at one time, by rule each of another channel: one that does not answer keeps few others waiting. */
const LANES = 4;

export interface DeliverDeps extends AlertSenders {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** [0, 1); for tests */
  readonly random?: () => number;
}

export interface Delivered {
  readonly sent: number;
  readonly retrying: number;
  readonly dead: number;
}

/** Sends what is due, until nothing is or the signal ends it. */
export async function deliverAlerts(deps: DeliverDeps, signal: AbortSignal): Promise<Delivered> {
  const count = { sent: 0, retrying: 0, dead: 0 };
  const lane = async (): Promise<void> => {
    while (!signal.aborted) {
      const token = randomUUID();
      const message = await claimMessage(deps, token);
      if (message === undefined) return;
      const outcome = message.isSuperseded
        ? failed("superseded", "", false)
        : await sendMessage(deps, message, deps.clock());
      count[await settleMessage(deps, message, token, outcome)] += 1;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return count;
}

interface ClaimedMessage extends OutgoingMessage {
  readonly attempts: number;
  /** A later message tells all of what this one would. */
  readonly isSuperseded: boolean;
}

interface ClaimedRow {
  readonly id: bigint;
  readonly createdAt: Date;
  readonly findings: unknown;
  readonly attempts: number;
  readonly channelId: string;
}

async function claimMessage(deps: DeliverDeps, token: string): Promise<ClaimedMessage | undefined> {
  const { prisma } = deps.database;
  const now = new Date(deps.clock());
  const until = new Date(now.getTime() + LEASE_MS);
  const row = await prisma.$transaction(async (tx) => {
    // The channel is locked by a statement of its own, and then looked at anew: one message of a channel is under way at a
    // time, also where two processes look at the same moment.
    const [next] = await tx.$queryRaw<{ channelId: string }[]>`
      SELECT c.id AS "channelId" FROM alert_message m
      JOIN alert_channel c ON c.id = m.channel_id
      JOIN store s ON s.id = c.store_id AND s.state = 'installed'
      WHERE (m.state IN ('due', 'retrying') AND m.due_at <= ${now}::timestamptz
             OR m.state = 'leased' AND m.lease_until <= ${now}::timestamptz)
        AND NOT EXISTS (SELECT 1 FROM alert_message o WHERE o.channel_id = m.channel_id AND o.state = 'leased'
                        AND o.lease_until > ${now}::timestamptz)
      ORDER BY m.due_at, m.id LIMIT 1
      FOR UPDATE OF c SKIP LOCKED`;
    if (next === undefined) return undefined;
    const [claimed] = await tx.$queryRaw<ClaimedRow[]>`
      UPDATE alert_message SET state = 'leased', lease_token = ${token}::text, lease_until = ${until}::timestamptz, attempts = attempts + 1
      WHERE id = (
        SELECT m.id FROM alert_message m
        WHERE m.channel_id = ${next.channelId}::text
          AND (m.state IN ('due', 'retrying') AND m.due_at <= ${now}::timestamptz
               OR m.state = 'leased' AND m.lease_until <= ${now}::timestamptz)
          AND NOT EXISTS (SELECT 1 FROM alert_message o WHERE o.channel_id = m.channel_id AND o.state = 'leased'
                          AND o.lease_until > ${now}::timestamptz)
        ORDER BY m.due_at, m.id LIMIT 1
        FOR UPDATE OF m)
      RETURNING id, created_at AS "createdAt", findings, attempts, channel_id AS "channelId"`;
    return claimed;
  });
  if (row === undefined) return undefined;
  const channel = await prisma.alertChannel.findUnique({
    where: { id: row.channelId },
    include: { told: true, store: { select: { shop: true, name: true, currency: true } } },
  });
  // Removed in this very moment, and its messages with it.
  if (!channel) return undefined;
  const findings = stillToTell(
    readAlertFindings(row.findings),
    new Map(channel.told.map(({ code, toldId }) => [code, toldId])),
  );
  return {
    id: row.id,
    createdAt: row.createdAt.getTime(),
    attempts: row.attempts,
    findings,
    isSuperseded: findings.length === 0,
    channel,
    store: channel.store,
  };
}

async function settleMessage(
  deps: DeliverDeps,
  message: ClaimedMessage,
  token: string,
  outcome: SendOutcome,
): Promise<"sent" | "retrying" | "dead"> {
  const now = deps.clock();
  const settled = judge(outcome, message, now, (deps.random ?? Math.random)());
  await deps.database.prisma.alertMessage.updateMany({
    where: { id: message.id, leaseToken: token },
    data: {
      state: settled.state,
      leaseToken: null,
      leaseUntil: null,
      answer: outcome.answer,
      problem: outcome.kind === "failed" ? outcome.problem : null,
      ...(settled.state === "retrying" ? { dueAt: new Date(settled.at) } : { settledAt: new Date(now) }),
    },
  });
  deps.metrics.alerts.inc({ channel: message.channel.kind, outcome: settled.state });
  if (outcome.kind === "failed")
    deps.log.warn(
      {
        alert: String(message.id),
        shop: message.store.shop,
        problem: outcome.problem,
        attempts: message.attempts,
      },
      settled.state === "dead" ? "alert was not delivered; given up" : "alert was not delivered; retrying",
    );
  return settled.state;
}

type Settled =
  | { readonly state: "sent" | "dead" }
  /** Unix milliseconds. */
  | { readonly state: "retrying"; readonly at: number };

function judge(outcome: SendOutcome, message: ClaimedMessage, now: number, random: number): Settled {
  if (outcome.kind === "sent") return { state: "sent" };
  if (!outcome.again) return { state: "dead" };
  const { attempts, createdAt } = message;
  const next = decideRetry({ attempts, createdAt, now, random });
  return next.kind === "dead" ? { state: "dead" } : { state: "retrying", at: next.at };
}
