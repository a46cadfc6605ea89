import { storedEventId } from "../conversions/event-id.ts";
import type { Conversion, CustomerKind } from "../conversions/model.ts";
import { readStoredConversion, readStoredReport, type StoredReport } from "../conversions/read-stored.ts";
import type { Database } from "../platform/database/database.server.ts";
import { RESTS_FROM } from "./dataset-rest.ts";
import type { DeliveryFacts } from "./decide-settlement.ts";
import { DANGER_ZONE } from "./judge-age.ts";

/**
 * The claim. A dataset is a lane. The statement walks the lanes that have something queued, from the one after the
 * cursor on, and takes from each that may be served now: what is in danger of expiry first, then the longest due.
 *
 * What must stay true:
 * - Round-robin: a lane served goes to the end of the line, so a lane with 100,000 due delays another lane's single
 *   event by one turn of the wheel. The cursor is each process's own; every process keeps the promise by itself.
 * - The cost depends on lanes and on what is taken, not on what waits or on what is delivered: both reads go through
 *   partial indexes that hold only what is queued, from their first entry on.
 * - A dataset whose requests keep failing gives one event after each rest, to one worker (dataset-rest.ts).
 * - Rows that another worker has in its hands are stepped over (SKIP LOCKED), never waited for.
 * - Leases run by the database's clock, which all processes share; what is due is judged by the caller's.
 */
export interface ClaimOptions {
  /** Unique for this claim; each lane's lease token begins with it. */
  readonly claimId: string;
  /** Unix milliseconds. */
  readonly now: number;
  readonly leaseMs: number;
  /** Row ID of the dataset served last; 0n begins at the first lane. */
  readonly cursor: bigint;
  readonly lanes: number;
  readonly perLane: number;
  /** Deliveries in all. */
  readonly limit: number;
  /** Datasets to leave out: this process serves them to the full already, or leaves them alone for now. */
  readonly busy: readonly bigint[];
  /** due: what may go now. probe: from this one dataset, whatever stops it. expired: in lanes that stand still. */
  readonly mode:
    | { readonly kind: "due" }
    | { readonly kind: "probe"; readonly datasetId: bigint }
    | { readonly kind: "expired" };
}

/** A delivery with all that is sent of it, parsed: what comes after reads nothing of the rows itself. */
export interface ClaimedDelivery extends DeliveryFacts {
  readonly id: bigint;
  readonly leaseToken: string;
  /** Unix seconds: as both copies have it. */
  readonly eventTime: number;
  /** As both copies have it; null: not known. */
  readonly customerKind: CustomerKind | null;
  /** `redacted`: erased on demand. `unreadable`: not as any version of ours stores it. */
  readonly conversion: Conversion | "redacted" | "unreadable";
  readonly report: StoredReport | null;
  readonly withoutFbc: boolean;
}

/** What was taken from one dataset, under one lease. */
export interface ClaimedLane {
  readonly datasetId: bigint;
  readonly storeId: bigint;
  /** Meta's own dataset ID. */
  readonly metaDatasetId: string;
  readonly sealedToken: string | null;
  /** Why nothing of it is sent any more; null = it is sent. */
  readonly closed: "disconnected" | "uninstalled" | null;
  readonly throttles: number;
  /** Requests in a row that failed in a way that passes. From `RESTS_FROM` on this is a single event, to try. */
  readonly failures: number;
  readonly leaseToken: string;
  readonly deliveries: readonly ClaimedDelivery[];
}

interface Row {
  readonly id: bigint;
  readonly leaseToken: string;
  readonly dueAt: Date;
  readonly expiresAt: Date;
  readonly createdAt: Date;
  readonly failures: number;
  readonly withoutFbc: boolean;
  readonly askedAt: Date | null;
  readonly firstSentAt: Date | null;
  readonly datasetId: bigint;
  readonly storeId: bigint;
  readonly metaDatasetId: string;
  readonly sealedToken: string | null;
  readonly datasetState: string;
  readonly storeState: string;
  readonly throttles: number;
  readonly laneFailures: number;
  readonly eventId: string;
  readonly eventTime: Date;
  readonly customerKind: string | null;
  readonly document: unknown;
  readonly clientIp: string | null;
  readonly clientUserAgent: string | null;
  readonly reportDocument: unknown;
  readonly reportIp: string | null;
  readonly reportUserAgent: string | null;
  readonly browserFired: boolean;
}

export async function claimDueDeliveries(
  database: Database,
  options: ClaimOptions,
): Promise<readonly ClaimedLane[]> {
  const { mode } = options;
  const now = new Date(options.now);
  const dangerBefore = new Date(mode.kind === "expired" ? options.now : options.now + DANGER_ZONE);
  const only = mode.kind === "probe" ? mode.datasetId : null;
  const rows = await database.direct.$queryRaw<Row[]>`
    WITH RECURSIVE lane AS (
      (SELECT d.dataset_id, d.due_at FROM delivery d
       WHERE d.state IN ('waiting', 'due', 'retrying', 'held') AND d.dataset_id > ${options.cursor}::bigint
       ORDER BY d.dataset_id, d.due_at LIMIT 1)
      UNION ALL
      SELECT next.dataset_id, next.due_at FROM lane
      CROSS JOIN LATERAL (
        SELECT d.dataset_id, d.due_at FROM delivery d
        WHERE d.state IN ('waiting', 'due', 'retrying', 'held') AND d.dataset_id > lane.dataset_id
        ORDER BY d.dataset_id, d.due_at LIMIT 1) next
    ), open_lane AS MATERIALIZED (
      SELECT lane.dataset_id, ds.* FROM lane
      CROSS JOIN LATERAL (
        SELECT dataset.store_id, dataset.dataset_id AS meta_dataset_id, dataset.sealed_token, dataset.state AS dataset_state,
               dataset.throttles, dataset.failures AS lane_failures, store.state AS store_state
        FROM dataset JOIN store ON store.id = dataset.store_id
        WHERE dataset.id = lane.dataset_id
          AND CASE ${mode.kind}::text
            WHEN 'expired' THEN dataset.state = 'paused' OR dataset.held_at IS NOT NULL
            WHEN 'probe' THEN dataset.state = 'active' AND store.state = 'installed'
            ELSE dataset.state = 'disconnected' OR store.state <> 'installed'
              OR (dataset.state = 'active' AND dataset.held_at IS NULL
                  AND coalesce(dataset.throttled_until <= ${now}::timestamptz, true)
                  AND coalesce(dataset.rests_until <= ${now}::timestamptz, true))
          END
        LIMIT 1) ds
      WHERE (lane.due_at <= ${now}::timestamptz OR ${mode.kind}::text = 'expired')
        AND NOT lane.dataset_id = ANY(${options.busy.map(String)}::bigint[])
        AND (${only}::bigint IS NULL OR lane.dataset_id = ${only}::bigint)
      LIMIT ${options.lanes}::int
    ), picked AS MATERIALIZED (
      SELECT taken.id FROM open_lane
      CROSS JOIN LATERAL (
        SELECT urgent.id FROM (
          SELECT d.id FROM delivery d
          WHERE d.state IN ('waiting', 'due', 'retrying', 'held') AND d.dataset_id = open_lane.dataset_id
            AND d.expires_at <= ${dangerBefore}::timestamptz
            AND (d.due_at <= ${now}::timestamptz OR ${mode.kind}::text = 'expired')
          ORDER BY d.expires_at LIMIT ${options.perLane}::int FOR UPDATE SKIP LOCKED) urgent
        UNION ALL
        SELECT next.id FROM (
          SELECT d.id FROM delivery d
          WHERE d.state IN ('waiting', 'due', 'retrying', 'held') AND d.dataset_id = open_lane.dataset_id
            AND d.due_at <= ${now}::timestamptz AND ${mode.kind}::text <> 'expired'
            AND d.expires_at > ${dangerBefore}::timestamptz
          ORDER BY d.due_at LIMIT ${options.perLane}::int FOR UPDATE SKIP LOCKED) next
        LIMIT CASE WHEN open_lane.lane_failures >= ${RESTS_FROM}::int AND ${mode.kind}::text = 'due' THEN 1
                   ELSE ${options.perLane}::int END) taken
      LIMIT ${options.limit}::int
    ), trying AS (
      UPDATE dataset SET rests_until = ${new Date(options.now + options.leaseMs)}::timestamptz
      FROM open_lane WHERE dataset.id = open_lane.dataset_id AND open_lane.lane_failures >= ${RESTS_FROM}::int
        AND open_lane.dataset_state = 'active' AND ${mode.kind}::text = 'due'
    ), leased AS (
      UPDATE delivery d
      SET state = 'leased', lease_token = ${options.claimId}::text || ':' || d.dataset_id,
          lease_until = now() + make_interval(secs => ${options.leaseMs / 1000}::float8)
      WHERE d.id = ANY(ARRAY(SELECT picked.id FROM picked))
      RETURNING d.*
    )
    SELECT l.id, l.lease_token AS "leaseToken", l.due_at AS "dueAt",
           l.expires_at AS "expiresAt", l.created_at AS "createdAt", l.failures,
           l.without_fbc AS "withoutFbc", l.asked_at AS "askedAt", l.first_sent_at AS "firstSentAt",
           l.dataset_id AS "datasetId", o.store_id AS "storeId", o.meta_dataset_id AS "metaDatasetId",
           o.sealed_token AS "sealedToken", o.dataset_state AS "datasetState", o.store_state AS "storeState", o.throttles,
           o.lane_failures AS "laneFailures",
           c.event_id AS "eventId", c.event_time AS "eventTime", c.customer_kind AS "customerKind", c.document, c.client_ip AS "clientIp",
           c.client_user_agent AS "clientUserAgent", c.report_document AS "reportDocument", c.report_ip AS "reportIp",
           c.report_user_agent AS "reportUserAgent", c.browser_fired AS "browserFired"
    FROM leased l JOIN open_lane o ON o.dataset_id = l.dataset_id
    CROSS JOIN LATERAL (
      SELECT conversion.event_id, conversion.event_time, conversion.customer_kind, conversion.document, conversion.client_ip,
             conversion.client_user_agent, r.document AS report_document, r.client_ip AS report_ip,
             r.client_user_agent AS report_user_agent,
             EXISTS (SELECT 1 FROM browser_report f WHERE f.conversion_id = conversion.id AND f.outcome IN ('sent', 'fired')) AS browser_fired
      FROM conversion LEFT JOIN browser_report r ON r.id = conversion.browser_report_id
      WHERE conversion.id = l.conversion_id LIMIT 1) c
    ORDER BY l.dataset_id, (l.expires_at <= ${dangerBefore}::timestamptz) DESC,
             CASE WHEN l.expires_at <= ${dangerBefore}::timestamptz THEN l.expires_at ELSE l.due_at END, l.id`;
  return groupByLane(rows);
}

function groupByLane(rows: readonly Row[]): readonly ClaimedLane[] {
  const lanes = new Map<bigint, ClaimedLane & { readonly deliveries: ClaimedDelivery[] }>();
  for (const row of rows) {
    const known = lanes.get(row.datasetId);
    if (known) {
      known.deliveries.push(parseRow(row));
      continue;
    }
    lanes.set(row.datasetId, {
      datasetId: row.datasetId,
      storeId: row.storeId,
      metaDatasetId: row.metaDatasetId,
      sealedToken: row.sealedToken,
      closed:
        row.storeState !== "installed"
          ? "uninstalled"
          : row.datasetState === "disconnected"
            ? "disconnected"
            : null,
      throttles: row.throttles,
      failures: row.laneFailures,
      leaseToken: row.leaseToken,
      deliveries: [parseRow(row)],
    });
  }
  return [...lanes.values()];
}

function parseRow(row: Row): ClaimedDelivery {
  const { reportDocument: document, reportIp: clientIp, reportUserAgent: clientUserAgent } = row;
  return {
    id: row.id,
    leaseToken: row.leaseToken,
    dueAt: row.dueAt.getTime(),
    expiresAt: row.expiresAt.getTime(),
    takenInAt: row.createdAt.getTime(),
    firstSentAt: row.firstSentAt?.getTime() ?? null,
    askedAt: row.askedAt?.getTime() ?? null,
    browserFired: row.browserFired,
    failures: row.failures,
    eventTime: Math.floor(row.eventTime.getTime() / 1000),
    customerKind: row.customerKind === "new" || row.customerKind === "returning" ? row.customerKind : null,
    conversion: parseConversion(row),
    report: readStoredReport({ document, clientIp, clientUserAgent }),
    withoutFbc: row.withoutFbc,
  };
}

/** The row's event ID is what the browser's copy was given: it stands above what the document says. */
function parseConversion(row: Row): ClaimedDelivery["conversion"] {
  if (row.document === null) return "redacted";
  const document = readStoredConversion(row.document);
  if (!document) return "unreadable";
  const client = {
    ...(row.clientIp === null ? {} : { ip: row.clientIp }),
    ...(row.clientUserAgent === null ? {} : { userAgent: row.clientUserAgent }),
  };
  return { ...document, eventId: storedEventId(row.eventId), client };
}
