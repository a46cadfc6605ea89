import { afterAll, beforeAll, beforeEach } from "vitest";

import { addChannel } from "#app/alerts/channels/save-channel.server.ts";
import { newChannel, type ChannelForm } from "#app/alerts/channels/channel-form.ts";
import { collectAlerts } from "#app/alerts/decide/collect-alerts.server.ts";
import { deliverAlerts, type DeliverDeps } from "#app/alerts/send/deliver-alerts.server.ts";
import { createMailSender } from "#app/alerts/send/send-mail.server.ts";
import { createWebhookSender } from "#app/alerts/send/send-webhook.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { createMetrics } from "#app/platform/process/metrics.server.ts";
import { testBox, testKey } from "#tests/security/webhook-desk.ts";

import {
  RECEIVER_HOST,
  startHttpsReceiver,
  startMailReceiver,
  type HttpsReceiver,
  type MailReceiver,
} from "./alert-receivers.ts";
import type { DatabaseKind } from "./open-test-database.ts";
import { shareTestDatabase } from "./share-test-database.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** 12:00 in Berlin. */
export const NOON = Date.UTC(2026, 5, 10, 10);
export const ALERT_SHOP = "alerts.myshopify.com";

/** One change of a finding, as the audit writes it. */
export interface PlantedChange {
  readonly code?: string;
  readonly kind?: string;
  readonly severity?: string;
}

/** A store with a mail server and an HTTPS server beside it, and the clock in hand. */
export function shareAlertDesk(databaseKind: DatabaseKind) {
  const test = shareTestDatabase(databaseKind);
  const time = { now: NOON };
  const box = testBox(testKey(31));
  let mail: MailReceiver;
  let web: HttpsReceiver;
  let storeId = 0n;
  let senders: Pick<DeliverDeps, "sendMail" | "sendWebhook">;
  beforeAll(async () => {
    mail = await startMailReceiver();
    web = await startHttpsReceiver();
  });
  afterAll(async () => {
    await mail.close();
    await web.close();
  });
  beforeEach(async () => {
    mail.clear();
    web.clear();
    time.now = NOON;
    senders = {
      sendMail: createMailSender({
        host: "127.0.0.1",
        port: mail.port,
        secure: false,
        isThisMachine: true,
        login: null,
        from: "Tandem <alerts@tandem.example>",
      }),
      sendWebhook: createWebhookSender({
        rules: { ports: [web.port], isAllowed: (address) => address === "127.0.0.1" },
        resolve: async () => [{ address: "127.0.0.1", family: 4 }],
        ca: web.cert,
        timeoutMs: 30_000,
      }),
    };
    const { prisma } = test.database;
    await prisma.store.deleteMany();
    const store = await prisma.store.create({
      data: { shop: ALERT_SHOP, name: "Kawa Goods", timeZone: "Europe/Berlin", currency: "EUR" },
    });
    storeId = store.id;
  });

  const deps = (): DeliverDeps => ({
    database: test.database,
    clock: () => time.now,
    log: createLog("silent"),
    metrics: createMetrics(),
    secretBox: box,
    apiKey: "client-id",
    random: () => 0,
    ...senders,
  });
  const never = new AbortController().signal;

  return {
    test,
    time,
    box,
    deps,
    get mail() {
      return mail;
    },
    get web() {
      return web;
    },
    get storeId() {
      return storeId;
    },
    /** Other ways out from now on. */
    replace: (more: Partial<typeof senders>) => {
      senders = { ...senders, ...more };
    },
    /** Adds a channel as the page does; a webhook leads to the HTTPS server. Gives its ID and its secret. */
    add: async (form: Partial<ChannelForm> = {}) => {
      const { database, clock, secretBox } = deps();
      const kind = form.kind ?? "email";
      const target = kind === "email" ? "anna@kawa.example" : `https://${RECEIVER_HOST}/hook`;
      const outcome = await addChannel(
        { database, clock, secretBox, hasMail: true },
        { storeId, values: { ...newChannel(kind), severity: "medium", groupMinutes: "10", target, ...form } },
      );
      if (outcome.kind !== "saved") throw new Error(`the channel was not added: ${JSON.stringify(outcome)}`);
      const row = await test.database.prisma.alertChannel.findFirstOrThrow({
        where: { storeId },
        orderBy: { createdAt: "desc" },
      });
      // The port of HTTPS is the system's: the test's server stands on another, where the form does not lead.
      if (kind === "webhook")
        await test.database.prisma.alertChannel.update({
          where: { id: row.id },
          data: {
            sealedTarget: box.seal(`https://${RECEIVER_HOST}:${web.port}/hook`, `alert:${row.id}:target`),
          },
        });
      return { id: row.id, secret: outcome.secret ?? "" };
    },
    /** What an audit at this moment writes. */
    change: async ({ code = "thinIdentity", kind = "opened", severity = "high" }: PlantedChange = {}) => {
      const { prisma } = test.database;
      const at = new Date(time.now);
      const worth = [{ currency: "EUR", amount: 1234.5 }];
      const figures = { share: 0.125, count: 12 };
      const finding = {
        state: kind === "mended" ? "mended" : "open",
        severity,
        certainty: "proven",
        seenAt: at,
      };
      await prisma.finding.upsert({
        where: { storeId_code: { storeId, code } },
        create: { storeId, code, ...finding, openedAt: at, since: new Date("2026-06-08") },
        update: finding,
      });
      await prisma.findingChange.create({
        data: { storeId, code, at, kind, severity, certainty: "proven", orders: 12, worth, figures },
      });
    },
    /** One run of the periodic job, so many milliseconds later. */
    run: async (laterMs = 0) => {
      time.now += laterMs;
      await collectAlerts(deps(), never);
      return deliverAlerts(deps(), never);
    },
    messages: () =>
      test.database.prisma.alertMessage.findMany({ where: { storeId }, orderBy: { id: "asc" } }),
  };
}
