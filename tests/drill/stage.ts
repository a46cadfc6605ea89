import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

import { openDatabase, type Database } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { childEnvironment } from "#sandbox/child-environment.ts";
import type { WebhookOutcome } from "#sandbox/shopify/webhooks/send-webhooks.ts";
import type { SendOptions } from "#sandbox/shopify/webhooks/send-webhooks.ts";
import { startWorld, type World, type WorldOptions } from "#sandbox/start-world.ts";
import { startPostgresServer } from "#tests/setup/start-postgres.ts";

import { bendClock, type BentClock } from "./bent-clock.ts";
import { createWorkerProcess, type WorkerProcess } from "./worker-process.ts";

export type DatabaseKind = "embedded" | "server";

const SHOPS = [
  { shop: "tandem-demo.myshopify.com", dataset: "1234567890123456" },
  { shop: "kawa-goods.myshopify.com", dataset: "2234567890123456" },
] as const;

/** An order that went out, and what became of its webhook. The verifier's own book; the app never sees it. */
export interface SentOrder {
  readonly dataset: string;
  readonly eventId: string;
  readonly outcome: Promise<WebhookOutcome>;
  /** Unix milliseconds. */
  readonly sentAt: number;
  /** Answered with 2xx: from then on it must reach Meta. */
  accepted: boolean;
  /** When it was answered for good, unix milliseconds; null = not yet. */
  answeredAt: number | null;
  /** Not a sale that must arrive: something odd, sent to see whom it harms. */
  readonly isOdd: boolean;
}

/** The store that a drill makes sick, and the one beside it that must not notice. */
export type StagedStore = "sick" | "healthy";

export interface Stage {
  readonly databaseKind: DatabaseKind;
  readonly world: World;
  readonly workers: readonly WorkerProcess[];
  readonly clock: BentClock;
  readonly sent: readonly SentOrder[];
  /** Paid orders of two stores, spread over `overMs`. */
  send(count: number, options?: { readonly overMs?: number; readonly webhook?: SendOptions }): Promise<void>;
  /** One paid order of one store, at once. */
  sendTo(store: StagedStore): SentOrder;
  /** The same with a body made odd; `oddly` gets a paid order's payload and gives the text that is sent. */
  sendOdd(store: StagedStore, oddly: (payload: Readonly<Record<string, unknown>>) => string): SentOrder;
  /** Meta's dataset of a store. */
  datasetOf(store: StagedStore): string;
  /** The database server's address; undefined for the embedded one. */
  readonly databaseUrl: string | undefined;
  /** Resolves when every webhook is answered or given up. */
  settled(): Promise<void>;
  /** Answered with 2xx, or to be found by the sweep that has run since. */
  mustArrive(order: SentOrder): boolean;
  /** Waits until Meta has every order that must arrive; false when it does not come to that in `ms`. */
  arrived(ms: number): Promise<boolean>;
  /** The server's database, for looking on; undefined for the embedded one, which the app holds. */
  readonly database: Database | undefined;
  /**
   * What an operator does about webhooks that Shopify has given up: `npm run ops -- sweep` for each store. The app is
   * stopped for it where its database has room for one process.
   * @returns orders that the command took in
   */
  sweep(): Promise<number>;
  /** The database server's folder; undefined for the embedded one. */
  readonly databaseFolder: string | undefined;
  /** Stops the database server and starts it again, so many milliseconds later or when something is done. */
  restartDatabase(between: number | (() => Promise<void>)): Promise<void>;
  close(): Promise<void>;
}

export interface StageOptions {
  readonly databaseKind: DatabaseKind;
  /** Processes beside the one with web and inline worker; on the server only. */
  readonly workers?: number;
  /** Of the web process; default on. */
  readonly inlineWorker?: boolean;
  /** See WorldOptions. */
  readonly front?: WorldOptions["front"];
  /** See WorldOptions. */
  readonly webhookPatience?: number;
  /** Of the embedded database; default: a folder of the drill's own. */
  readonly dataDirectory?: string;
}

/** Both sandboxes, the app as processes, two stores with a dataset each. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const folder = mkdtempSync(path.join(tmpdir(), "tandem-drill-"));
  const clock = bendClock(folder);
  const postgres = options.databaseKind === "server" ? await startPostgresServer() : undefined;
  const databaseUrl = postgres && `${postgres.url}/postgres`;
  const world = await startWorld({
    dataDirectory: options.dataDirectory ?? path.join(folder, "data"),
    ...(databaseUrl ? { databaseUrl } : {}),
    ...(options.front ? { front: options.front } : {}),
    ...(options.webhookPatience === undefined ? {} : { webhookPatience: options.webhookPatience }),
    // Four hours of retries in a minute and a half, the first after a third of a second.
    webhookTimeScale: 0.006,
    environment: {
      ...clock.environment,
      LOG_LEVEL: "warn",
      DATABASE_POOL: "5",
      ...(options.inlineWorker === false ? { WORKER: "off" } : {}),
    },
  });
  clock.follow(world.meta);
  for (const { shop, dataset } of SHOPS) {
    await world.signIn(shop);
    await world.connectDataset(shop, dataset);
  }
  const workers = Array.from({ length: options.workers ?? 0 }, () =>
    createWorkerProcess({ ...world.app.environment, LOG_LEVEL: "info" }),
  );
  await Promise.all(workers.map((worker) => worker.start()));
  const database = databaseUrl
    ? await openDatabase({ databaseUrl, log: createLog("silent"), poolSize: 2 })
    : undefined;
  const sent: SentOrder[] = [];

  const sendOne = (
    index: number,
    webhook?: SendOptions,
    oddly?: (payload: Readonly<Record<string, unknown>>) => string,
  ): SentOrder => {
    const { shop, dataset } = SHOPS[index % SHOPS.length] ?? SHOPS[0];
    // Paid a while after it was placed: no browser is waited for. Nothing in it that a rule would skip.
    const record = world.shopify.placeOrder(shop, {
      kind: "web",
      country: "US",
      buyer: { provinceCode: "NY" },
      noteAttributes: [],
      at: Date.now() - 20 * 60_000,
    });
    const sentAt = Date.now();
    const payload: Readonly<Record<string, unknown>> = { ...record.payload };
    const outcome = oddly
      ? world.shopify.sendRaw(shop, "orders/paid", oddly(payload), webhook)
      : world.shopify.sendPaid(shop, record, webhook);
    const order: SentOrder = {
      dataset,
      eventId: String(record.payload.order_number),
      outcome,
      sentAt,
      accepted: false,
      answeredAt: null,
      isOdd: oddly !== undefined,
    };
    void outcome.then((result) => {
      order.accepted = result.kind === "delivered";
      order.answeredAt = Date.now();
    });
    sent.push(order);
    return order;
  };
  const indexOf = (store: StagedStore): number => (store === "sick" ? 0 : 1);

  let hasSwept = false;
  const stage: Stage = {
    databaseKind: options.databaseKind,
    world,
    workers,
    clock,
    sent,
    database,
    send: async (count, { overMs = 0, webhook } = {}) => {
      const started = performance.now();
      for (let index = 0; index < count; index += 1) {
        const behind = (index / count) * overMs - (performance.now() - started);
        if (behind > 5) await sleep(behind);
        sendOne(index, webhook);
      }
    },
    settled: async () => {
      await world.shopify.webhooks.idle();
      await Promise.all(sent.map(({ outcome }) => outcome));
    },
    sendTo: (store) => sendOne(indexOf(store)),
    sendOdd: (store, oddly) => sendOne(indexOf(store), undefined, oddly),
    datasetOf: (store) => SHOPS[indexOf(store)]?.dataset ?? "",
    databaseUrl,
    databaseFolder: postgres && path.join(postgres.folder, "data"),
    mustArrive: (order) => !order.isOdd && (order.accepted || hasSwept),
    arrived: async (ms) => {
      const deadline = performance.now() + ms;
      for (;;) {
        const seen = new Set(world.meta.events().map((event) => `${event.dataset}/${event.id ?? ""}`));
        if (sent.every((order) => !stage.mustArrive(order) || seen.has(`${order.dataset}/${order.eventId}`)))
          return true;
        if (performance.now() > deadline) return false;
        await sleep(200);
      }
    },
    sweep: async () => {
      if (options.databaseKind === "embedded") await world.app.stop();
      let taken = 0;
      for (const { shop } of SHOPS) taken += await sweepByHand(world.app.environment, shop);
      if (options.databaseKind === "embedded") await world.app.start();
      hasSwept = true;
      return taken;
    },
    restartDatabase: async (between) => {
      if (!postgres) throw new Error("the embedded database has no server");
      await postgres.restart(between);
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.stop()));
      await database?.close().catch(() => undefined);
      await world.close();
      await postgres?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return stage;
}

async function sweepByHand(environment: Readonly<Record<string, string>>, shop: string): Promise<number> {
  // A drill's stores are younger than its orders.
  const from = new Date(Date.now() - 6 * 3_600_000).toISOString();
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "./sandbox/shopify/reroute.mjs", "scripts/ops.ts", "sweep", "--shop", shop, "--from", from],
    { timeout: 300_000, env: { ...childEnvironment(), ...environment, NODE_ENV: "production" } },
  );
  return (JSON.parse(stdout) as { taken: number }).taken;
}
