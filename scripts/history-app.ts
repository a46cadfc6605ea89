import { nextWake } from "#app/delivery/next-wake.server.ts";
import { receiveOrdersPaid } from "#app/intake/receive-orders-paid.server.ts";
import { readEnvironment } from "#app/platform/process/environment.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { replaceToken } from "#app/stores/datasets/connect-dataset.server.ts";
import { tokenPurpose } from "#app/stores/datasets/open-dataset-token.server.ts";
import { createTandem, type Tandem } from "#app/tandem.server.ts";
import { signWebhook } from "#sandbox/shopify/auth/sign-request.ts";
import { writeJson } from "#sandbox/shopify/orders/order-json.ts";
import { API_VERSION } from "#sandbox/shopify/shopify-sandbox.ts";
import type { OrderRecord } from "#sandbox/shopify/store.ts";
import { API_SECRET, type World } from "#sandbox/start-world.ts";

import { HOUR } from "./history-plan.ts";

/** The app in this process, with a clock that is moved instead of running; Meta's sandbox lives by the same clock. */
export interface HistoryApp {
  readonly tandem: Tandem;
  readonly shop: string;
  /** Unix milliseconds. */
  now(): number;
  /** Lets time pass until `at`; what comes due before it is done when it is due. */
  passUntil(at: number): Promise<void>;
  /** Something was done past this object that may have made a delivery due. */
  recheck(): void;
  /** `orders/paid`, signed, as Shopify sends it. */
  pay(record: OrderRecord): Promise<void>;
  /** What comes round once a day. */
  keepDay(): Promise<void>;
  /** Meta declares the token of a dataset expired. */
  expireToken(metaDatasetId: string): Promise<void>;
  /** The merchant enters a new one. */
  renewToken(metaDatasetId: string): Promise<void>;
  /** Gives the database back to the app's own process, and Meta its clock. */
  close(): Promise<void>;
}

/**
 * Stops the app's process and opens its database here.
 *
 * @param options.startsAt the present, unix milliseconds
 * @param options.isNew the store begins now; else it lives on
 */
export async function openHistoryApp(
  world: World,
  shop: string,
  { startsAt, isNew }: { readonly startsAt: number; readonly isNew: boolean },
): Promise<HistoryApp> {
  await world.app.stop();
  let now = startsAt;
  const read = readEnvironment({ ...world.app.environment, LOG_LEVEL: "silent" });
  if (!read.ok) throw new Error(read.problems.join("\n"));
  const tandem = await createTandem(read.environment, { clock: () => now, log: createLog("silent") });
  const { prisma } = tandem.database;
  const setClock = (at: number): void => {
    now = at;
    world.meta.bendClock({ nowMs: at, rate: 0 });
  };
  setClock(startsAt);
  const store = await prisma.store.findUniqueOrThrow({ where: { shop } });
  if (isNew) await beginThen(tandem, store.id, startsAt);

  const datasetOf = (metaDatasetId: string) =>
    prisma.dataset.findUniqueOrThrow({
      where: { storeId_datasetId: { storeId: store.id, datasetId: metaDatasetId } },
    });

  let days = 0;
  let lastClosed = startsAt;
  /** When something comes due next; undefined = not known any more. */
  let wake: number | null | undefined;
  const settle = async (until: number): Promise<void> => {
    for (let idle = 0; idle < 3;) {
      if (wake === undefined) wake = await nextWake(tandem.database, [], now);
      if (wake === null || wake >= until) return;
      if (wake > now) setClock(wake);
      const { claimed, probed } = await tandem.deliveryWorker.runOnce();
      wake = undefined;
      idle = claimed + probed > 0 ? 0 : idle + 1;
    }
    // What is due and cannot be claimed now (a breaker's probe that is taken) is looked at again a little later.
    const later = Math.min(now + 60_000, until);
    if (later > now) {
      setClock(later);
      await settle(until);
    }
  };

  return {
    tandem,
    shop,
    now: () => now,
    recheck: () => {
      wake = undefined;
    },
    passUntil: async (at) => {
      await settle(at);
      setClock(Math.max(at, now));
      if (now - lastClosed < HOUR) return;
      lastClosed = now;
      await tandem.jobs.runNow("close-pairings");
    },
    pay: async (record) => {
      const body = writeJson(record.payload);
      const request = new Request(`${read.environment.SHOPIFY_APP_URL}/webhooks/orders/paid`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-shopify-topic": "orders/paid",
          "x-shopify-hmac-sha256": signWebhook(body, API_SECRET),
          "x-shopify-shop-domain": shop,
          "x-shopify-api-version": API_VERSION,
          "x-shopify-webhook-id": crypto.randomUUID(),
          "x-shopify-triggered-at": new Date(now).toISOString(),
        },
        body,
      });
      const { status } = await receiveOrdersPaid(tandem, request);
      wake = undefined;
      if (status !== 200) throw new Error(`the order ${record.payload.name} was answered with ${status}`);
    },
    keepDay: async () => {
      await tandem.jobs.runNow("fold-tallies");
      await tandem.jobs.runNow("score-snapshots");
      await tandem.jobs.runNow("check-tokens");
      await tandem.jobs.runNow("audit-stores");
      await tandem.jobs.runNow("retention");
      days += 1;
      if (days % 10 === 0) await tandem.jobs.runNow("vacuum");
    },
    expireToken: async (metaDatasetId) => {
      const dataset = await datasetOf(metaDatasetId);
      const opened = tandem.secretBox.open(
        dataset.sealedToken ?? "",
        tokenPurpose(dataset.storeId, metaDatasetId),
      );
      if (!opened.ok) throw new Error("the token cannot be opened");
      world.meta.addToken({ token: opened.plain, state: "expired" });
    },
    renewToken: async (metaDatasetId) => {
      const dataset = await datasetOf(metaDatasetId);
      const replaced = await replaceToken(tandem, {
        storeId: dataset.storeId,
        datasetId: dataset.id,
        token: world.meta.addToken({ datasets: [metaDatasetId] }),
      });
      wake = undefined;
      if (replaced.kind !== "replaced") throw new Error(`the new token was answered with ${replaced.kind}`);
    },
    close: async () => {
      await tandem.jobs.runNow("fold-tallies");
      await tandem.jobs.runNow("audit-stores");
      await tandem.close();
      world.meta.bendClock({ offsetMs: 0, rate: 1 });
      await world.app.start();
    },
  };
}

/** The store has only just signed in and connected its datasets, through the real endpoints; in its history it did so then. */
async function beginThen({ database }: Tandem, storeId: bigint, at: number): Promise<void> {
  const { prisma } = database;
  const then = new Date(at);
  await prisma.store.update({ where: { id: storeId }, data: { installedAt: then } });
  await prisma.storeChange.updateMany({ where: { storeId }, data: { at: then } });
  await prisma.dataset.updateMany({ where: { storeId }, data: { createdAt: then, checkedAt: then } });
}
