import { decideCustomerKind } from "../conversions/customer/customer-kind.ts";
import { decideEventTime } from "../conversions/decide-event-time.ts";
import type { BrowserReport, ConsentFlags, CustomerKind } from "../conversions/model.ts";
import { readStoredConversion, readStoredReport } from "../conversions/read-stored.ts";
import type { Database } from "../platform/database/database.server.ts";
import type { FireCopy, PaidOrder } from "./decide-answer.ts";
import { MERGED_REPORT, splitReport, type ReportRow } from "./stored-report.server.ts";
import { DELIVERIES_DUE_CHANNEL } from "../platform/database/wake-channels.ts";

/** Report and order brought together. */
export interface Meeting {
  readonly reportId: bigint;
  /** The consent that the browser reported last. */
  readonly consent: ConsentFlags;
  /** All that the browser said, this time and before. */
  readonly report: Pick<BrowserReport, "fbp" | "fbc" | "pageUrl">;
  readonly order: PaidOrder;
}

interface MeetingRow {
  readonly reportId: bigint;
  readonly document: unknown;
  readonly eventTime: Date;
  readonly customerKind: CustomerKind | null;
  readonly fireReportId: bigint | null;
}

interface ConversionRow {
  readonly document: unknown;
  readonly paidAt: Date;
  readonly firstSentAt: Date | null;
  readonly datasets: readonly string[];
  /** Whether a server copy may still need the buyer's address and browser. */
  readonly isOpen: boolean;
}

interface GrantRow {
  readonly grantedTo: string | null;
  readonly answeredAt: Date | null;
  readonly copy: FireCopy | null;
  readonly outcome: string | null;
}

/**
 * Links a report with its order. Whoever calls has checked that the report is of the order's buyer. May run any number of
 * times and at the same moment as the intake: the report is one row, the order is linked with at most one.
 *
 * - The one event time, and whether the buyer is new, are decided anew with the browser's word, as long as nothing was
 *   told to anybody: no server copy sent or being sent, no browser told to fire.
 * - Server copies that waited for this report are due now; so are those that had been skipped because nobody had told of
 *   the buyer's consent.
 */
export async function meetOrder(
  database: Database,
  conversionId: bigint,
  row: ReportRow,
): Promise<Meeting | undefined> {
  const { direct } = database;
  const [conversion] = await direct.$queryRaw<ConversionRow[]>`
    SELECT c.document, c.paid_at AS "paidAt",
           (SELECT min(d.first_sent_at) FROM delivery d WHERE d.conversion_id = c.id) AS "firstSentAt",
           coalesce((SELECT jsonb_agg(s.dataset_id ORDER BY s.id) FROM delivery d JOIN dataset s ON s.id = d.dataset_id
                     WHERE d.conversion_id = c.id AND s.state = 'active'), '[]'::jsonb) AS datasets,
           EXISTS (SELECT 1 FROM delivery d WHERE d.conversion_id = c.id AND (
             d.state NOT IN ('delivered', 'skipped', 'dead') OR d.skip_reason = 'no_consent')) AS "isOpen"
    FROM conversion c JOIN store ON store.id = c.store_id AND store.state = 'installed'
    WHERE c.id = ${conversionId}::bigint`;
  // Without a document its buyer's data were erased on demand: nothing of them is taken in again.
  const document = readStoredConversion(conversion?.document);
  if (!conversion || !document) return undefined;
  const allowsMarketing = row.report.consent.marketing !== false;
  const time = decideEventTime(document, { clientTime: row.report.clientTime, now: row.receivedAt });
  const met = await link(
    database,
    conversionId,
    row,
    {
      eventTime: time.isTooOld ? null : new Date(time.eventTime * 1000),
      customerKind: decideCustomerKind(document, allowsMarketing ? row.report : null)?.kind ?? null,
    },
    conversion.isOpen,
  );
  if (!met) return undefined;
  const said =
    readStoredReport({ document: met.document, clientIp: null, clientUserAgent: null }) ?? row.report;
  return {
    reportId: met.reportId,
    consent: said.consent,
    report: said,
    order: {
      conversion: document,
      eventTime: met.eventTime.getTime(),
      customerKind: met.customerKind,
      paidAt: conversion.paidAt.getTime(),
      firstSentAt: conversion.firstSentAt?.getTime() ?? null,
      datasets: conversion.datasets,
      granted: met.fireReportId === null ? null : await readGrant(database, met.fireReportId),
    },
  };
}

async function link(
  { direct }: Database,
  conversionId: bigint,
  row: ReportRow,
  decided: { readonly eventTime: Date | null; readonly customerKind: CustomerKind | null },
  keepClient: boolean,
): Promise<MeetingRow | undefined> {
  const { document, clientIp, clientUserAgent } = splitReport(row.report, keepClient);
  const mayRevive = row.report.consent.marketing === true;
  const receivedAt = new Date(row.receivedAt);
  const [met] = await direct.$queryRaw<MeetingRow[]>`
    WITH open AS (
      -- Locked and looked at anew: a redaction may have gone through since the order was read.
      SELECT id FROM conversion WHERE id = ${conversionId}::bigint AND document IS NOT NULL FOR NO KEY UPDATE
    ), report AS (
      INSERT INTO browser_report AS r (store_id, order_id, checkout_token_hash, source, received_at, document, client_ip,
                                       client_user_agent, conversion_id)
      SELECT ${row.storeId}::bigint, ${row.orderId}, ${row.tokenHash}, ${row.source}, ${receivedAt}::timestamptz,
             ${JSON.stringify(document)}::jsonb, ${clientIp}::text, ${clientUserAgent}::text, open.id
      FROM open
      ON CONFLICT (store_id, order_id, checkout_token_hash) DO UPDATE SET
        conversion_id = excluded.conversion_id, ${MERGED_REPORT}
      RETURNING id, document
    ), moved AS (
      UPDATE delivery d SET state = 'due', due_at = LEAST(d.due_at, ${receivedAt}::timestamptz), skip_reason = NULL, settled_at = NULL
      -- By way of the locked row: who locks both an order and its deliveries begins with the order.
      WHERE d.conversion_id IN (SELECT id FROM open)
        AND (d.state = 'waiting' OR (${mayRevive}::boolean AND d.state = 'skipped' AND d.skip_reason = 'no_consent'))
      RETURNING d.id
    ), told AS (
      SELECT EXISTS (SELECT 1 FROM delivery d WHERE d.conversion_id = ${conversionId}::bigint
                       AND (d.first_sent_at IS NOT NULL OR d.state IN ('leased', 'delivered'))) AS to_meta
    ), met AS (
      UPDATE conversion c SET
        browser_report_id = coalesce(c.browser_report_id, report.id),
        event_time = CASE
          WHEN c.browser_report_id IS NULL AND c.fire_report_id IS NULL AND NOT told.to_meta
          THEN coalesce(${decided.eventTime}::timestamptz, c.event_time) ELSE c.event_time END,
        customer_kind = CASE
          WHEN c.browser_report_id IS NULL AND c.fire_report_id IS NULL AND NOT told.to_meta
          THEN coalesce(${decided.customerKind}::text, c.customer_kind) ELSE c.customer_kind END
      FROM report, told WHERE c.id = ${conversionId}::bigint
      RETURNING c.event_time, c.customer_kind, c.fire_report_id
    ), woken AS (
      SELECT pg_notify(${DELIVERIES_DUE_CHANNEL}, '') WHERE EXISTS (SELECT 1 FROM moved)
    )
    SELECT report.id AS "reportId", report.document, met.event_time AS "eventTime",
           met.customer_kind AS "customerKind", met.fire_report_id AS "fireReportId"
    FROM report, met WHERE (SELECT count(*) FROM woken) >= 0`;
  return met;
}

async function readGrant({ direct }: Database, reportId: bigint): Promise<PaidOrder["granted"]> {
  const [row] = await direct.$queryRaw<GrantRow[]>`
    SELECT granted_to AS "grantedTo", answered_at AS "answeredAt", copy, outcome FROM browser_report
    WHERE id = ${reportId}::bigint`;
  return {
    reportId,
    to: row?.grantedTo ?? null,
    at: row?.answeredAt?.getTime() ?? 0,
    copy: row?.copy ?? null,
    outcome: row?.outcome ?? null,
  };
}
