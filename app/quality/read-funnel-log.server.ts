import { Prisma, type Store } from "@prisma/client";

import type { EventName } from "../../extensions/contract/events/registry.ts";
import type { Database } from "../platform/database/database.server.ts";
import type { FunnelLogFilters, FunnelOutcome, FunnelState } from "./funnel-log-filters.ts";
import type { EventCursor } from "./read-events.server.ts";

export interface FunnelLogRow {
  readonly id: string;
  /** UTC day of the event's time, YYYY-MM-DD: where it is kept. */
  readonly day: string;
  readonly eventId: string;
  /** Unix milliseconds. */
  readonly eventTime: number;
  readonly receivedAt: number;
  /** Row ID of the dataset, and what the pages call it. */
  readonly datasetId: string;
  readonly dataset: string;
  readonly outcome: FunnelOutcome;
  readonly state: FunnelState;
  readonly value: number | null;
  readonly currency: string | null;
  readonly keys: readonly string[];
  readonly lastClass: string | null;
}

export interface FunnelLogPage {
  readonly rows: readonly FunnelLogRow[];
  /** Cursors of the neighbouring pages; null where there is none. */
  readonly newer: string | null;
  readonly older: string | null;
  /** When the search for what fits was broken off, the time of the last event looked at; Unix milliseconds. */
  readonly searchedTo: number | null;
}

export interface FunnelLogInput {
  readonly store: Pick<Store, "id">;
  readonly event: EventName;
  readonly filters: FunnelLogFilters;
  readonly cursor: EventCursor;
  /** Unix milliseconds. */
  readonly now: number;
  readonly limit?: number;
}

const EVENTS_A_PAGE = 50;
/** Events that one page looks at for those that fit: what fits may be rare among millions. */
const MOST_WALKED = 20_000;
const DAY_MS = 86_400_000;
/** Days of events that exist (docs/decisions/0838), with one at either end for clocks. */
const DAYS_BACK = 8;
const DAYS_AHEAD = 2;

/**
 * One page of a store's log of one event, newest first. Its cost depends neither on how many events there are nor on the
 * page: an index has them in this order, days outside of the week are left out before anything is read, and a search for
 * something rare is broken off and can be taken up again.
 */
export async function readFunnelLog(database: Database, input: FunnelLogInput): Promise<FunnelLogPage> {
  const { cursor, limit = EVENTS_A_PAGE } = input;
  if (input.filters.eventId !== "") return readById(database, input);
  const isUpwards = cursor.before !== undefined;
  const found = await readPage(database, input, limit + 1);
  const rows = found.slice(0, limit);
  const isCut = found.length <= limit && isFiltered(input.filters);
  const walkedTo = isCut ? await endOfWalk(database, input) : null;
  if (isUpwards) rows.reverse();
  const hasMore = found.length > limit;
  const onwards = hasMore ? (isUpwards ? rows[0]?.id : rows.at(-1)?.id) : walkedTo?.id;
  const back = rows.length === 0 ? cursor.before : isUpwards ? rows.at(-1)?.id : rows[0]?.id;
  return {
    rows,
    newer: textOf(isUpwards ? onwards : cursor.after === undefined ? undefined : back),
    older: textOf(isUpwards ? back : onwards),
    searchedTo: walkedTo?.at ?? null,
  };
}

const textOf = (id: string | bigint | undefined): string | null => (id === undefined ? null : String(id));

function isFiltered({ state, outcome, dataset }: FunnelLogFilters): boolean {
  return state.length > 0 || outcome.length > 0 || dataset !== null;
}

/** The days that can have events, so that the database leaves out every other partition. */
function days(now: number): Prisma.Sql {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  const [from, to] = [day(now - DAYS_BACK * DAY_MS), day(now + DAYS_AHEAD * DAY_MS)];
  return Prisma.sql`e.day BETWEEN ${from}::text::date AND ${to}::text::date`;
}

const COLUMNS = Prisma.sql`e.id::text AS id, to_char(e.day, 'YYYY-MM-DD') AS day, e.dataset_id::text AS "datasetId", e.event_id AS "eventId",
  extract(epoch FROM e.event_time)::float8 * 1000 AS "eventTime",
  extract(epoch FROM e.received_at)::float8 * 1000 AS "receivedAt",
  e.outcome, e.state, e.value::float8 AS value, e.currency, e.keys, e.last_class AS "lastClass"`;

/** The store's events of this name from the cursor on, in the order of the index. */
function walk({ store, event, filters, cursor, now }: FunnelLogInput): Prisma.Sql {
  // Those that Meta refused have an index of their own.
  const refused =
    filters.state.length === 1 && filters.state[0] === "dead"
      ? Prisma.sql`AND e.state = 'dead'`
      : Prisma.empty;
  const bound =
    cursor.before !== undefined
      ? Prisma.sql`AND e.id > ${cursor.before}::bigint`
      : cursor.after !== undefined
        ? Prisma.sql`AND e.id < ${cursor.after}::bigint`
        : Prisma.empty;
  return Prisma.sql`FROM funnel_event e
    WHERE e.store_id = ${store.id}::bigint AND e.event_name = ${event} AND ${days(now)} ${refused} ${bound}
    ORDER BY e.id ${directionOf(cursor)} LIMIT ${MOST_WALKED}::int`;
}

function directionOf(cursor: EventCursor): Prisma.Sql {
  return cursor.before === undefined ? Prisma.sql`DESC` : Prisma.sql`ASC`;
}

function readPage({ prisma }: Database, input: FunnelLogInput, limit: number): Promise<FunnelLogRow[]> {
  const { state, outcome, dataset } = input.filters;
  const conditions = [
    ...(state.length > 0 ? [Prisma.sql`e.state = ANY(${[...state]}::text[])`] : []),
    ...(outcome.length > 0 ? [Prisma.sql`e.outcome = ANY(${[...outcome]}::text[])`] : []),
    ...(dataset === null ? [] : [Prisma.sql`e.dataset_id = ${BigInt(dataset)}::bigint`]),
  ];
  const fits = conditions.length > 0 ? Prisma.join(conditions, " AND ") : Prisma.sql`true`;
  return prisma.$queryRaw<FunnelLogRow[]>`
    SELECT page.*, coalesce(d.name, d.dataset_id, '') AS dataset
    FROM (
      SELECT ${COLUMNS} FROM (SELECT e.* ${walk(input)}) AS e
      WHERE ${fits} ORDER BY e.id ${directionOf(input.cursor)} LIMIT ${limit}::int
    ) AS page
    LEFT JOIN dataset d ON d.id = page."datasetId"::bigint AND d.store_id = ${input.store.id}::bigint
    ORDER BY page.id::bigint ${directionOf(input.cursor)}`;
}

/** Where a search ended that looked at as many events as it may; null where it saw all of them. */
async function endOfWalk(
  { prisma }: Database,
  input: FunnelLogInput,
): Promise<{ readonly id: string; readonly at: number } | null> {
  const [row] = await prisma.$queryRaw<{ id: string; at: number }[]>`
    SELECT id::text AS id, extract(epoch FROM event_time)::float8 * 1000 AS at
    FROM (SELECT e.id, e.event_time ${walk(input)}) AS walked
    OFFSET ${MOST_WALKED - 1}::int LIMIT 1`;
  return row ?? null;
}

/** One event by its ID, at each of the store's datasets: by the table's key. */
async function readById({ prisma }: Database, input: FunnelLogInput): Promise<FunnelLogPage> {
  const { store, event, filters, now } = input;
  const rows = await prisma.$queryRaw<FunnelLogRow[]>`
    SELECT ${COLUMNS}, coalesce(d.name, d.dataset_id) AS dataset
    FROM dataset d JOIN funnel_event e ON e.dataset_id = d.id AND e.event_name = ${event}
      AND e.event_id = ${filters.eventId} AND ${days(now)}
    WHERE d.store_id = ${store.id}::bigint AND e.store_id = d.store_id
    ORDER BY e.id DESC LIMIT ${EVENTS_A_PAGE}::int`;
  const fits = rows.filter(
    (row) =>
      (filters.state.length === 0 || filters.state.includes(row.state)) &&
      (filters.outcome.length === 0 || filters.outcome.includes(row.outcome)),
  );
  return { rows: fits, newer: null, older: null, searchedTo: null };
}
