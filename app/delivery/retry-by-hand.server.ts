import { Prisma } from "@prisma/client";

import type { ShownPairing } from "../conversions/shown-pairing.ts";
import { DELIVERIES_DUE_CHANNEL } from "../platform/database/wake-channels.ts";
import type { Clock } from "../platform/process/clock.ts";
import type { Database } from "../platform/database/database.server.ts";
import { DEDUPLICATION_WINDOW } from "./judge-age.ts";
import { ordersByNumber } from "./orders-by-number.server.ts";
import { isShownAs } from "./shown-pairing.server.ts";

/**
 * Sending again because a person asks. The rules of age hold for people too: nothing past Meta's limit, nothing whose
 * browser copy was counted more than 48 hours ago.
 */
export interface RetryFilter {
  /** Our row ID. */
  readonly datasetId?: bigint;
  /** Default: both. */
  readonly state?: "dead" | "retrying";
  /** A class of meta/errors.ts, or any of several. */
  readonly class?: string;
  readonly classes?: readonly string[];
  /** Meta's error code. */
  readonly code?: number;
  readonly subcode?: number;
  /** Taken in from … (inclusive) to … (exclusive), unix milliseconds. */
  readonly from?: number;
  readonly to?: number;
  /** Of the conversion: where the order came from, how its copies met, its buyer's country. Each: any of these. */
  readonly sources?: readonly string[];
  readonly pairings?: readonly ShownPairing[];
  readonly countries?: readonly string[];
  /** Its number, a part of it, or its ID (`ordersByNumber`). */
  readonly orderNumbers?: readonly string[];
}

export interface RetryCount {
  readonly retryable: number;
  /** Of these: Meta may hold them since more than 48 hours, so sending may count them twice. */
  readonly uncertain: number;
  readonly tooOld: number;
  readonly browserCounted: number;
}

export type RetryOutcome =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: "not_found" | "not_retryable" | "too_old" | "browser_copy_counted";
    };

interface Deps {
  readonly database: Database;
  readonly clock: Clock;
}

/** One delivery, at once: dead ones begin their schedule anew, waiting ones are brought forward. */
export async function retryDelivery(
  { database, clock }: Deps,
  { storeId, deliveryId }: { readonly storeId: bigint; readonly deliveryId: bigint },
): Promise<RetryOutcome> {
  const now = new Date(clock());
  const done = await database.prisma.$executeRaw`
    UPDATE delivery d SET ${asked(now)}
    WHERE d.id = ${deliveryId}::bigint AND d.store_id = ${storeId}::bigint AND d.state IN ('dead', 'retrying', 'held')
      AND d.expires_at > ${now}::timestamptz AND NOT ${browserCounted(now)}`;
  if (done > 0) {
    await database.notify(DELIVERIES_DUE_CHANNEL, "");
    return { ok: true };
  }
  const [row] = await database.prisma.$queryRaw<{ state: string; tooOld: boolean; counted: boolean }[]>`
    SELECT d.state, d.expires_at <= ${now}::timestamptz AS "tooOld", ${browserCounted(now)} AS counted
    FROM delivery d WHERE d.id = ${deliveryId}::bigint AND d.store_id = ${storeId}::bigint`;
  if (!row) return { ok: false, reason: "not_found" };
  if (!["dead", "retrying", "held"].includes(row.state)) return { ok: false, reason: "not_retryable" };
  return { ok: false, reason: row.tooOld ? "too_old" : "browser_copy_counted" };
}

/** What `retryByFilter` would do, to be shown first. */
export async function countRetryable(
  { database, clock }: Deps,
  { storeId, filter }: { readonly storeId: bigint; readonly filter: RetryFilter },
): Promise<RetryCount> {
  const now = new Date(clock());
  const window = new Date(clock() - DEDUPLICATION_WINDOW);
  const [row] = await database.prisma.$queryRaw<RetryCount[]>`
    SELECT count(*) FILTER (WHERE NOT too_old AND NOT counted)::int AS retryable,
           count(*) FILTER (WHERE NOT too_old AND NOT counted AND uncertain)::int AS uncertain,
           count(*) FILTER (WHERE too_old)::int AS "tooOld",
           count(*) FILTER (WHERE counted AND NOT too_old)::int AS "browserCounted"
    FROM (
      SELECT d.expires_at <= ${now}::timestamptz AS too_old, ${browserCounted(now)} AS counted,
             coalesce(d.first_sent_at < ${window}::timestamptz, false) AS uncertain
      FROM delivery d WHERE ${matches(storeId, filter)}) judged`;
  return row ?? { retryable: 0, uncertain: 0, tooOld: 0, browserCounted: 0 };
}

const CHUNK = 1_000;

/** All that the filter finds, in steps so that no statement holds many rows for long. */
export async function retryByFilter(
  { database, clock }: Deps,
  { storeId, filter }: { readonly storeId: bigint; readonly filter: RetryFilter },
): Promise<{ readonly retried: number }> {
  let retried = 0;
  let after = 0n;
  for (;;) {
    const now = new Date(clock());
    const rows = await database.prisma.$queryRaw<{ id: bigint; changed: boolean }[]>`
      WITH next AS (
        SELECT d.id FROM delivery d WHERE ${matches(storeId, filter)} AND d.id > ${after}::bigint
        ORDER BY d.id LIMIT ${CHUNK}::int FOR UPDATE SKIP LOCKED
      ), changed AS (
        UPDATE delivery d SET ${asked(now)} FROM next
        WHERE d.id = next.id AND d.expires_at > ${now}::timestamptz AND NOT ${browserCounted(now)}
        RETURNING d.id)
      SELECT next.id, changed.id IS NOT NULL AS changed FROM next LEFT JOIN changed USING (id) ORDER BY next.id`;
    retried += rows.filter((row) => row.changed).length;
    const last = rows.at(-1);
    if (!last || rows.length < CHUNK) break;
    after = last.id;
  }
  if (retried > 0) await database.notify(DELIVERIES_DUE_CHANNEL, "");
  return { retried };
}

/** `due_at` is set back to when it was taken in, so that the oldest goes first. */
function asked(now: Date): Prisma.Sql {
  return Prisma.sql`state = 'due', due_at = least(d.created_at, ${now}::timestamptz), failures = 0,
    asked_at = ${now}::timestamptz, settled_at = NULL, skip_reason = NULL, lease_token = NULL, lease_until = NULL`;
}

function browserCounted(now: Date): Prisma.Sql {
  const window = new Date(now.getTime() - DEDUPLICATION_WINDOW);
  return Prisma.sql`(d.created_at <= ${window}::timestamptz AND EXISTS (
    SELECT 1 FROM browser_report r WHERE r.conversion_id = d.conversion_id AND r.outcome IN ('sent', 'fired')))`;
}

function matches(storeId: bigint, filter: RetryFilter): Prisma.Sql {
  const states = filter.state ? [filter.state] : ["dead", "retrying"];
  const parts = [
    Prisma.sql`d.store_id = ${storeId}::bigint`,
    Prisma.sql`d.state = ANY(${states}::text[])`,
    Prisma.sql`d.state <> 'delivered'`,
    ...(filter.datasetId === undefined ? [] : [Prisma.sql`d.dataset_id = ${filter.datasetId}::bigint`]),
    ...(filter.class === undefined ? [] : [Prisma.sql`d.last_class = ${filter.class}`]),
    ...(filter.classes === undefined ? [] : [Prisma.sql`d.last_class = ANY(${[...filter.classes]}::text[])`]),
    ...(filter.code === undefined ? [] : [Prisma.sql`d.last_code = ${filter.code}::int`]),
    ...(filter.subcode === undefined ? [] : [Prisma.sql`d.last_subcode = ${filter.subcode}::int`]),
    ...(filter.from === undefined ? [] : [Prisma.sql`d.created_at >= ${new Date(filter.from)}::timestamptz`]),
    ...(filter.to === undefined ? [] : [Prisma.sql`d.created_at < ${new Date(filter.to)}::timestamptz`]),
    ...(filter.orderNumbers === undefined
      ? []
      : [Prisma.sql`d.conversion_id IN ${ordersByNumber(storeId, filter.orderNumbers)}`]),
    ...ofConversion(filter),
  ];
  return Prisma.join(parts, " AND ");
}

function ofConversion({ sources, pairings, countries }: RetryFilter): readonly Prisma.Sql[] {
  const parts = [
    ...(sources === undefined ? [] : [Prisma.sql`c.source = ANY(${[...sources]}::text[])`]),
    ...(pairings === undefined ? [] : [isShownAs(pairings)]),
    ...(countries === undefined ? [] : [Prisma.sql`c.country = ANY(${[...countries]}::text[])`]),
  ];
  if (parts.length === 0) return [];
  return [
    Prisma.sql`EXISTS (SELECT 1 FROM conversion c WHERE c.id = d.conversion_id AND ${Prisma.join(parts, " AND ")})`,
  ];
}
