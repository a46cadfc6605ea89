import { purchase } from "../../../extensions/contract/events/purchase.ts";
import type { Store } from "@prisma/client";
import { z } from "zod";

import { hasBrowserCopy, storedKind } from "../../conversions/order/sale-kinds.ts";
import type { Database } from "../../platform/database/database.server.ts";
import { isSentOutcome } from "../../pairing/browser-outcome.ts";
import type { LookedOrders } from "../facts/audit-facts.ts";
import type {
  AuditedBrowserCopy,
  AuditedOrder,
  AuditedServerCopy,
  SentCopy,
} from "../facts/audited-order.ts";

/** Orders that one audit looks at; of a larger store these are its newest. */
export const MOST_LOOKED = 5_000;
const LOOKED_DAYS = 28;
const DAY_MS = 86_400_000;

interface OrderRow {
  readonly id: bigint;
  readonly orderId: string | null;
  readonly name: string | null;
  readonly day: string | null;
  readonly source: string;
  readonly test: boolean;
  readonly eventId: string;
  readonly eventTime: Date;
  readonly paidAt: Date;
  readonly receivedAt: Date;
  readonly via: string;
  readonly value: number | null;
  readonly currency: string | null;
  readonly shopValue: number | null;
  readonly shopCurrency: string | null;
  readonly country: string | null;
  readonly keys: string[];
  readonly dropped: unknown;
  readonly landedByAd: boolean | null;
  readonly consent: string | null;
  readonly pairing: string;
  readonly fireReportId: bigint | null;
}

interface DeliveryRow {
  readonly conversionId: bigint;
  readonly dataset: bigint;
  readonly state: string;
  readonly skipReason: string | null;
  readonly class: string | null;
  readonly code: number | null;
  readonly subcode: number | null;
  readonly firstSentAt: Date | null;
  readonly askedAt: Date | null;
  readonly expiresAt: Date;
  readonly keys: string[];
  readonly sent: unknown;
}

interface ReportRow {
  readonly id: bigint;
  readonly conversionId: bigint | null;
  readonly receivedAt: Date;
  readonly answer: string | null;
  readonly outcome: string | null;
  readonly outcomeAt: Date | null;
  readonly clientTime: number | null;
  readonly copy: unknown;
}

/**
 * A store's newest orders of the last 28 days, at most 5,000, with both copies: three reads by an index, whatever the size of
 * the store. Nothing of a person is read.
 *
 * @param now Unix milliseconds
 */
export async function readAuditedOrders(
  { prisma }: Database,
  store: Pick<Store, "id">,
  now: number,
): Promise<LookedOrders> {
  const newest = await prisma.$queryRaw<OrderRow[]>`
    SELECT c.id, c.order_id AS "orderId", coalesce(c.order_name, c.order_number) AS name, to_char(c.paid_day, 'YYYY-MM-DD') AS day,
           c.source, c.test, c.event_id AS "eventId", c.event_time AS "eventTime", c.paid_at AS "paidAt",
           c.received_at AS "receivedAt", c.via, c.value::float8 AS value, c.currency, c.shop_value::float8 AS "shopValue",
           c.shop_currency AS "shopCurrency", c.country, c.identity_keys AS keys, c.document->'dropped' AS dropped,
           CASE WHEN c.document IS NOT NULL THEN c.document ? 'landedByAd' END AS "landedByAd",
           c.consent_kind AS consent, c.pairing, c.fire_report_id AS "fireReportId"
    FROM conversion c WHERE c.store_id = ${store.id}::bigint ORDER BY c.id DESC LIMIT ${MOST_LOOKED + 1}::int`;
  const since = now - LOOKED_DAYS * DAY_MS;
  const looked = newest.slice(0, MOST_LOOKED).filter((each) => each.receivedAt.getTime() >= since);
  const ids = looked.map(({ id }) => id);
  const [deliveries, reports] = await Promise.all([
    prisma.$queryRaw<DeliveryRow[]>`
      SELECT d.conversion_id AS "conversionId", d.dataset_id AS dataset, d.state, d.skip_reason AS "skipReason",
             d.last_class AS class, d.last_code AS code, d.last_subcode AS subcode, d.first_sent_at AS "firstSentAt",
             d.asked_at AS "askedAt", d.expires_at AS "expiresAt", d.sent_keys AS keys,
             CASE WHEN d.sent_payload IS NOT NULL THEN jsonb_build_object(
               'event_name', d.sent_payload->'event_name', 'event_id', d.sent_payload->'event_id',
               'event_time', d.sent_payload->'event_time', 'action_source', d.sent_payload->'action_source',
               'value', d.sent_payload->'custom_data'->'value', 'currency', d.sent_payload->'custom_data'->'currency',
               'content_ids', d.sent_payload->'custom_data'->'content_ids',
               'external_id', d.sent_payload->'user_data'->'external_id') END AS sent
      FROM delivery d WHERE d.conversion_id = ANY(${ids}::bigint[])`,
    prisma.$queryRaw<ReportRow[]>`
      SELECT r.id, r.conversion_id AS "conversionId", r.received_at AS "receivedAt", r.answer, r.outcome,
             r.outcome_at AS "outcomeAt", (r.document->>'clientTime')::float8 AS "clientTime", r.copy
      FROM browser_report r WHERE r.conversion_id = ANY(${ids}::bigint[])`,
  ]);
  const ofOrder = <Row extends { readonly conversionId: bigint | null }>(rows: readonly Row[]) =>
    Map.groupBy(rows, ({ conversionId }) => conversionId ?? 0n);
  const [deliveriesOf, reportsOf] = [ofOrder(deliveries), ofOrder(reports)];
  const list = looked.map((row) =>
    orderFrom(row, deliveriesOf.get(row.id) ?? [], reportsOf.get(row.id) ?? []),
  );
  return { list, isAll: newest.length <= MOST_LOOKED, from: list.at(-1)?.day ?? null };
}

function orderFrom(
  row: OrderRow,
  deliveries: readonly DeliveryRow[],
  reports: readonly ReportRow[],
): AuditedOrder {
  const fire =
    reports.find(({ id }) => id === row.fireReportId) ??
    reports.find(({ answer }) => answer === "fire") ??
    reports[0];
  return {
    ref: String(row.id),
    orderId: row.orderId,
    name: row.name,
    day: row.day ?? row.paidAt.toISOString().slice(0, 10),
    source: row.source,
    hasBrowserCopy: hasBrowserCopy(storedKind(row.source)),
    isTest: row.test,
    eventId: row.eventId,
    eventTime: row.eventTime.getTime(),
    paidAt: row.paidAt.getTime(),
    receivedAt: row.receivedAt.getTime(),
    via: row.via,
    value: row.value,
    currency: row.currency,
    worth: row.shopValue === null ? null : { currency: row.shopCurrency ?? "", amount: row.shopValue },
    country: row.country,
    keys: row.keys,
    dropped: dropped.parse(row.dropped),
    landedByAd: row.landedByAd,
    consent: consent.parse(row.consent),
    pairing: row.pairing,
    server: deliveries.map(serverCopyFrom),
    browser: fire ? browserCopyFrom(fire) : null,
    browserSends: reports.filter(({ outcome }) => isSentOutcome(outcome)).length,
  };
}

function serverCopyFrom(row: DeliveryRow): AuditedServerCopy {
  return {
    dataset: String(row.dataset),
    state: row.state,
    skipReason: row.skipReason,
    failure: row.class === null ? null : { class: row.class, code: row.code, subcode: row.subcode },
    firstSentAt: row.firstSentAt?.getTime() ?? null,
    askedAt: row.askedAt?.getTime() ?? null,
    expiresAt: row.expiresAt.getTime(),
    keys: row.keys,
    sent: readSent(row.sent),
  };
}

function browserCopyFrom(row: ReportRow): AuditedBrowserCopy {
  const receivedAt = row.receivedAt.getTime();
  return {
    receivedAt,
    answer: row.answer,
    outcome: row.outcome,
    outcomeAt: row.outcomeAt?.getTime() ?? null,
    clockAhead: row.clientTime === null ? null : row.clientTime - receivedAt,
    copy: readTold(row.copy),
  };
}

const text = z.string().nullish().catch(null);
const number = z.number().nullish().catch(null);
const texts = z.array(z.string()).nullish().catch(null);
const consent = z.enum(["send", "limit", "skip"]).nullable().catch(null);
const dropped = z
  .array(z.object({ key: z.string(), reason: z.string() }))
  .nullable()
  .catch(null);

/** Parts of the event as it was sent, by Meta's names. */
const sent = z.object({
  event_name: text,
  event_id: text,
  event_time: number,
  action_source: text,
  value: number,
  currency: text,
  content_ids: texts,
  external_id: texts,
});

function readSent(stored: unknown): SentCopy | null {
  const { data } = sent.safeParse(stored);
  return data
    ? {
        eventName: data.event_name ?? null,
        eventId: data.event_id ?? null,
        eventTime: inMilliseconds(data.event_time),
        actionSource: data.action_source ?? null,
        value: data.value ?? null,
        currency: data.currency ?? null,
        contentIds: data.content_ids ?? null,
        externalIds: data.external_id ?? null,
      }
    : null;
}

/** What a browser was told to send (`FireCopy`); one that was shortened names a part of the contents. */
const told = z.object({
  eventId: text,
  eventTime: number,
  value: number,
  currency: text,
  contentIds: texts,
  shortened: z.unknown().optional(),
});

function readTold(stored: unknown): SentCopy | null {
  const { data } = told.safeParse(stored);
  return data
    ? {
        eventName: purchase.name,
        eventId: data.eventId ?? null,
        eventTime: inMilliseconds(data.eventTime),
        actionSource: null,
        value: data.value ?? null,
        currency: data.currency ?? null,
        contentIds: data.shortened === undefined ? (data.contentIds ?? null) : null,
        externalIds: null,
      }
    : null;
}

const inMilliseconds = (seconds: number | null | undefined): number | null =>
  typeof seconds === "number" ? seconds * 1000 : null;
