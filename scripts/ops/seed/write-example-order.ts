import type { Dataset, Store } from "@prisma/client";

import { buildConversion } from "#app/conversions/build-conversion.ts";
import { hashCheckoutToken } from "#app/conversions/order/checkout-token.ts";
import { parseOrder } from "#app/conversions/order/parse-order.ts";
import type { BrowserReport, Conversion } from "#app/conversions/model.ts";
import { settleDeliveries, type AttemptRecord } from "#app/delivery/settle-deliveries.server.ts";
import { orderKey } from "#app/intake/order-arrival.ts";
import { planDeliveries } from "#app/intake/plan-deliveries.ts";
import { writeConversions } from "#app/intake/write-conversions.server.ts";
import { buildServerEvent } from "#app/meta/build-server-event.ts";
import { decideAnswer } from "#app/pairing/decide-answer.ts";
import type { Database } from "#app/platform/database/database.server.ts";
import { settingsOf } from "#app/stores/settings/store-settings.ts";
import { makeOrder } from "#sandbox/shopify/make-order.ts";
import { writeJson } from "#sandbox/shopify/orders/order-json.ts";
import type { Random } from "#sandbox/shopify/orders/seeded-random.ts";
import type { Store as Seller } from "#sandbox/shopify/store.ts";

import type { PlannedOrder } from "../../history-plan.ts";
import { EXAMPLE } from "./examples.ts";

/** Of the events, so many end as refused by Meta. */
const REFUSED = 0.03;
const LEASE = "an example";

/**
 * One order with its copies: mapped, stored and settled by the app's own code, with answers that nobody gave. Its delivery
 * is in our hands from its first moment, so that no worker ever sees it due.
 * @returns the conversion's ID; undefined where the drawn order is none that the app stores
 */
export async function writeExampleOrder(
  database: Database,
  given: {
    readonly store: Store;
    readonly dataset: Dataset;
    readonly seller: Seller;
    readonly random: Random;
    readonly order: PlannedOrder;
  },
): Promise<bigint | undefined> {
  const { store, dataset, seller, random, order } = given;
  const parsed = parseOrder(writeJson(makeOrder(seller, random, order.at, order.wish)));
  if (!parsed.ok) return undefined;
  const receivedAt = order.at + random.int(900, 9_000);
  const conversion = buildConversion(parsed.order, settingsOf(store), {
    now: receivedAt,
    shopDomain: store.shop,
  });
  const { eventTime } = planDeliveries(conversion, {
    report: null,
    store: { datasetIds: [], reportWaitSeconds: 0, webPixelConnected: false },
    now: receivedAt,
  });
  const tokenHash =
    conversion.checkoutToken === undefined ? null : hashCheckoutToken(conversion.checkoutToken);
  const { created } = await writeConversions(database, [
    {
      ...{ storeId: store.id, conversion, tokenHash, eventTime, receivedAt, via: EXAMPLE.via },
      ...{ browserReportId: null, customerKind: null, deliveries: [], traits: [] },
    },
  ]);
  const id = created.get(orderKey(store.id, conversion.orderId));
  if (id === undefined) return undefined;
  const report =
    order.browser === "silent" || tokenHash === null
      ? null
      : await writeReport(database, {
          ...given,
          conversion,
          conversionId: id,
          tokenHash,
          eventTime,
          receivedAt,
        });
  await writeDelivery(database, { store, dataset, random, conversion, id, report, eventTime, receivedAt });
  return id;
}

/** What the browser said, and what it was told to send: by the same decision as a real one's. */
async function writeReport(
  { prisma }: Database,
  of: {
    readonly store: Store;
    readonly dataset: Dataset;
    readonly order: PlannedOrder;
    readonly conversion: Conversion;
    readonly conversionId: bigint;
    readonly tokenHash: string;
    readonly eventTime: number;
    readonly receivedAt: number;
  },
): Promise<BrowserReport> {
  const { order, conversion, conversionId, receivedAt } = of;
  const report: BrowserReport = {
    orderId: conversion.orderId,
    checkoutToken: "",
    consent: order.consent,
    clientTime: order.at,
    receivedAt,
    ...(order.fbp !== undefined && { fbp: order.fbp }),
    ...(order.fbc !== undefined && { fbc: order.fbc }),
  };
  const answeredAt = receivedAt + 300;
  const answer = decideAnswer(
    {
      ...{ conversion, eventTime: of.eventTime * 1000, customerKind: null, paidAt: order.at },
      ...{ firstSentAt: null, datasets: [of.dataset.datasetId], granted: null },
    },
    { reportId: 0n, consent: order.consent, report, shopifyEventId: undefined },
    answeredAt,
  );
  const { checkoutToken: _token, ...document } = report;
  const outcome = order.browser === "fires" ? "sent" : "blocked";
  const fires = answer.kind === "fire";
  const row = await prisma.browserReport.create({
    data: {
      storeId: of.store.id,
      orderId: conversion.orderId,
      checkoutTokenHash: of.tokenHash,
      receivedAt: new Date(receivedAt),
      document: { ...document, consent: { ...order.consent } },
      conversionId,
      answer: fires ? "fire" : answer.reason,
      answeredAt: new Date(answeredAt),
      ...(fires && {
        copy: JSON.parse(JSON.stringify(answer.copy)) as object,
        outcome,
        outcomeAt: new Date(answeredAt + 400),
        outcomes: [{ id: of.dataset.datasetId, outcome }],
      }),
    },
  });
  await prisma.conversion.update({
    where: { id: conversionId },
    data: { browserReportId: row.id, ...(fires && { fireReportId: row.id }) },
  });
  return report;
}

async function writeDelivery(
  database: Database,
  of: {
    readonly store: Store;
    readonly dataset: Dataset;
    readonly random: Random;
    readonly conversion: Conversion;
    readonly id: bigint;
    readonly report: BrowserReport | null;
    readonly eventTime: number;
    readonly receivedAt: number;
  },
): Promise<void> {
  const { store, dataset, random, conversion, receivedAt } = of;
  const sentAt = receivedAt + random.int(1_500, 20_000);
  const built = buildServerEvent(conversion, of.report, { now: sentAt, eventTime: of.eventTime });
  const isRefused = built.kind === "event" && random.chance(REFUSED);
  const { id } = await database.prisma.delivery.create({
    data: {
      storeId: store.id,
      datasetId: dataset.id,
      conversionId: of.id,
      state: "leased",
      leaseToken: LEASE,
      leaseUntil: new Date(Date.now() + 60_000),
      dueAt: new Date(receivedAt),
      expiresAt: new Date(receivedAt + 6 * 86_400_000),
      createdAt: new Date(receivedAt),
    },
  });
  const attempt: AttemptRecord = {
    ...{
      storeId: store.id,
      datasetId: dataset.id,
      startedAt: sentAt,
      durationMs: random.int(70, 260),
      events: 1,
    },
    answer: isRefused ? REFUSAL : { kind: "accepted", status: 200, received: 1, fbtraceId: null },
  };
  await settleDeliveries(
    database,
    [
      {
        ...{ id, leaseToken: LEASE, withoutFbc: false, message: null, consent: built.consent ?? null },
        settlement:
          built.kind === "skipped"
            ? { state: "skipped", reason: built.reason }
            : { state: isRefused ? "dead" : "delivered" },
        attempt: built.kind === "event" ? attempt : null,
        event: built.kind === "event" ? built.event : null,
      },
    ],
    [],
    sentAt + attempt.durationMs,
  );
}

const REFUSAL = {
  kind: "rejected",
  class: "payload",
  remedy: null,
  status: 400,
  code: 100,
  subcode: 2804050,
  message: "Example of a refusal",
  fbtraceId: null,
  retryAfterMs: null,
  mayHaveArrived: false,
} as const;
