import { askShopifyDays } from "./audit/reconcile/ask-shopify-days.server.ts";
import { addAlertJobs } from "./alerts/add-alert-jobs.server.ts";
import { createAlertSenders } from "./alerts/send/create-senders.server.ts";
import type { AlertSenders } from "./alerts/send/send-message.server.ts";
import { addAuditJobs } from "./audit/add-audit-jobs.server.ts";
import { createDeliveryWorker, type DeliveryWorker } from "./delivery/delivery-worker.server.ts";
import { createFunnel, type Funnel } from "./funnel/funnel.server.ts";
import { createIntake, type Intake } from "./intake/take-in-order.server.ts";
import { closePairings } from "./pairing/close-pairings.server.ts";
import { createPairing, type Pairing } from "./pairing/pairing.server.ts";
import { createVerifyProxy } from "./pairing/verify-proxy.server.ts";
import { createGraphClient, type GraphClient } from "./meta/graph-client.server.ts";
import { createBodyBudget } from "./platform/http/body-budget.server.ts";
import { systemClock, type Clock } from "./platform/process/clock.ts";
import { openDatabase, type Database } from "./platform/database/database.server.ts";
import { statementFailureOf } from "./platform/database/watch-failures.server.ts";
import type { Environment } from "./platform/process/environment.server.ts";
import { createLog, type Log } from "./platform/process/log.server.ts";
import { createMetrics, type Metrics } from "./platform/process/metrics.server.ts";
import { createPeriodicJobs, type PeriodicJobs } from "./platform/process/periodic-jobs.server.ts";
import { createSecretBox, type SecretBox } from "./platform/process/secret-box.server.ts";
import { createInstallationCheck, createOfflineAdmin, openAdminOf } from "./offline-admin.server.ts";
import { addPrivacyJobs } from "./privacy/add-privacy-jobs.server.ts";
import { addQualityJobs } from "./quality/add-quality-jobs.server.ts";
import { ADMIN_API_VERSION, createShopify, type Shopify } from "./shopify.server.ts";
import { askAdmin, type CallAdmin } from "./stores/shopify/call-admin.server.ts";
import {
  createStorefrontKeeper,
  mendStorefronts,
  type StorefrontKeeper,
} from "./stores/shopify/keep-storefronts.server.ts";
import { readConsentPolicies } from "./stores/shopify/read-consent-policy.server.ts";
import { readPixelSharings } from "./stores/shopify/read-pixel-sharing.server.ts";
import type { CheckInstallation } from "./stores/shopify/check-installation.server.ts";
import { createRefuseWebhook, type RefuseWebhook } from "./stores/shopify/refuse-webhook.server.ts";
import { confirmUninstalls } from "./stores/shopify/take-uninstall.server.ts";
import { checkEncryptionKey } from "./stores/keys/check-encryption-key.server.ts";
import { sweepAgain, sweepPeriod, sweepStores, type PeriodOutcome } from "./intake/sweep-stores.server.ts";
import { setUpStore } from "./stores/shopify/sync-storefront.server.ts";
import { createVerifyWebhook, type VerifyWebhook } from "./stores/shopify/verify-webhook.server.ts";

/**
 * The whole app, put together: every part that holds state or talks to somebody, made once per process and handed to
 * the routes through Remix's load context. Nothing in the app is a module-level singleton.
 */
/** A merchant who signs in waits no longer for orders that were missed. */
const SIGN_IN_PATIENCE_MS = 5_000;

export interface Tandem {
  readonly environment: Environment;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly database: Database;
  readonly secretBox: SecretBox;
  readonly shopify: Shopify;
  readonly verifyWebhook: VerifyWebhook;
  readonly refuseWebhook: RefuseWebhook;
  /** Asks Shopify whether the app is installed in a store. */
  readonly checkInstallation: CheckInstallation;
  readonly intake: Intake;
  /** Shopify's Admin API, outside of a request. */
  readonly callAdmin: CallAdmin;
  readonly pairing: Pairing;
  /** To be told of every saved change that the storefront must know: settings and datasets. */
  readonly storefronts: StorefrontKeeper;
  /** Takes in the orders paid in a period (unix milliseconds, at most seven days) that no webhook brought. */
  sweepPeriod(
    shop: string,
    period: { readonly from: number; readonly to: number },
    signal?: AbortSignal,
  ): Promise<PeriodOutcome>;
  readonly graph: GraphClient;
  /** The ways by which merchants are told of findings. */
  readonly alertSenders: AlertSenders;
  readonly deliveryWorker: DeliveryWorker;
  /** The events before the order. */
  readonly funnel: Funnel;
  /** Retention, sweeps and the like: each added where this object is put together, run by one process at a time. */
  readonly jobs: PeriodicJobs;
  /** Starts the inline worker and the periodic jobs. */
  start(): void;
  /** Answers every waiting long poll now, so that the HTTP server can close. */
  stopWaiting(): void;
  /** Ends what this process holds: waits for running writes, then closes the database. */
  close(): Promise<void>;
}

export class StartProblem extends Error {
  override readonly name = "StartProblem";
}

/** @throws StartProblem, FolderInUse, MigrationProblem: each with one line that says what to do */
export async function createTandem(
  environment: Environment,
  options: { readonly clock?: Clock; readonly log?: Log } = {},
): Promise<Tandem> {
  const clock = options.clock ?? systemClock;
  const log = options.log ?? createLog(environment.LOG_LEVEL);
  const metrics = createMetrics();
  const box = createSecretBox(environment.APP_ENCRYPTION_KEY, environment.APP_ENCRYPTION_KEYS_OLD);
  if (!box.ok) throw new StartProblem(box.problem);
  const database = await openDatabase({
    databaseUrl: environment.DATABASE_URL,
    dataDirectory: environment.TANDEM_DATA_DIR,
    poolSize: environment.DATABASE_POOL,
    log,
    onFailure: (error) => metrics.databaseErrors.inc({ kind: statementFailureOf(error) }),
  });
  const secretBox = box.box;
  const keyProblem = await checkEncryptionKey({ database, secretBox, clock });
  if (keyProblem !== undefined) {
    await database.close();
    throw new StartProblem(keyProblem);
  }
  const jobs = createPeriodicJobs({ database, clock, log });
  const intake = createIntake({ database, clock, log, metrics, poolSize: environment.DATABASE_POOL });
  const graph = createGraphClient({ graphUrl: environment.META_GRAPH_URL, log, metrics });
  addQualityJobs(jobs, {
    database,
    clock,
    graph,
    secretBox,
  });
  const alertSenders = createAlertSenders(environment, secretBox);
  addAlertJobs(jobs, { ...alertSenders, database, clock, log, metrics });
  addAuditJobs(jobs, { database, clock, log });
  const deliveryWorker = createDeliveryWorker({ database, graph, secretBox, clock, log, metrics });
  const funnel = await createFunnel(
    { database, graph, secretBox, clock, log, metrics, isMetaAway: deliveryWorker.isMetaAway },
    jobs,
  );
  const shopify = createShopify({
    environment,
    database,
    secretBox,
    log,
    onSignedIn: async (shop, scopes, admin) => {
      await setUpStore(
        { database, clock, log, environment },
        { shop, scopes, ask: (document, ...variables) => askAdmin(admin, document, ...variables) },
      );
      await sweepAgain(sweepDeps, shop, AbortSignal.timeout(SIGN_IN_PATIENCE_MS));
    },
  });
  const callAdmin = createOfflineAdmin({ shopify, database, log });
  const sweepDeps = { database, clock, log, callAdmin, takeInOrder: intake.takeIn };
  const checkInstallation = createInstallationCheck({ environment, shopify, database, log });
  addPrivacyJobs(jobs, { database, secretBox, clock, log, checkInstallation });
  jobs.add({
    name: "confirm-uninstalls",
    everyMs: 60_000,
    run: (signal) => confirmUninstalls({ database, clock, log, checkInstallation }, signal),
  });
  const bodies = createBodyBudget();
  const pairing = createPairing({
    bodies,
    database,
    poolSize: environment.DATABASE_POOL,
    clock,
    log,
    metrics,
    callAdmin,
    takeInOrder: intake.takeIn,
    verifyProxy: createVerifyProxy(environment, ADMIN_API_VERSION),
    keys: [environment.APP_ENCRYPTION_KEY, ...environment.APP_ENCRYPTION_KEYS_OLD.split(",").filter(Boolean)],
  });
  const storefrontDeps = { database, clock, log, environment, callAdmin };
  const storefronts = createStorefrontKeeper(storefrontDeps);
  jobs.add({
    name: "mend-storefronts",
    everyMs: 15 * 60_000,
    run: (signal) => mendStorefronts(storefrontDeps, signal),
  });
  const sharingDeps = { database, clock, log, openAdmin: openAdminOf({ shopify, database, log }) };
  jobs.add({
    name: "pixel-sharing",
    everyMs: 15 * 60_000,
    run: (signal) => readPixelSharings(sharingDeps, signal),
  });
  jobs.add({
    name: "consent-policies",
    everyMs: 15 * 60_000,
    run: (signal) => readConsentPolicies(sharingDeps, signal),
  });
  jobs.add({ name: "sweep-orders", everyMs: 10 * 60_000, run: (signal) => sweepStores(sweepDeps, signal) });
  jobs.add({
    name: "shopify-days",
    everyMs: 60 * 60_000,
    run: (signal) => askShopifyDays({ database, clock, log, callAdmin }, signal),
  });
  jobs.add({
    name: "close-pairings",
    everyMs: 5 * 60_000,
    run: (signal) => closePairings({ database, clock, metrics }, signal),
  });
  return {
    environment,
    clock,
    log,
    metrics,
    database,
    secretBox,
    shopify,
    verifyWebhook: createVerifyWebhook(environment, bodies),
    refuseWebhook: createRefuseWebhook({ log, metrics }),
    checkInstallation,
    intake,
    callAdmin,
    pairing,
    storefronts,
    sweepPeriod: (shop, period, signal = new AbortController().signal) =>
      sweepPeriod(sweepDeps, shop, period, signal),
    graph,
    alertSenders,
    deliveryWorker,
    funnel,
    jobs,
    start: () => {
      jobs.start();
      deliveryWorker.start();
      funnel.worker.start();
    },
    stopWaiting: () => pairing.stopWaiting(),
    close: async () => {
      await jobs.stop();
      await storefronts.idle();
      await intake.idle();
      await funnel.stop();
      await Promise.all([deliveryWorker.stop(), funnel.worker.stop()]);
      await graph.close();
      await database.close();
    },
  };
}

declare module "@remix-run/node" {
  interface AppLoadContext {
    readonly tandem: Tandem;
    /** The caller's address as seen behind the trusted proxies. */
    readonly clientAddress: string;
    /** Aborted when nobody waits for the answer any more. Not `request.signal`: that one may never abort. */
    readonly callerGone: AbortSignal;
    /** The request's ID, as the answer's `x-request-id` has it. */
    readonly requestId: string;
  }
}
