import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";

import { receiveOrdersPaid } from "#app/intake/receive-orders-paid.server.ts";
import { createIntake } from "#app/intake/take-in-order.server.ts";
import type { Database } from "#app/platform/database/database.server.ts";
import { readEnvironment, type Environment } from "#app/platform/process/environment.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { createMetrics } from "#app/platform/process/metrics.server.ts";
import { createPeriodicJobs } from "#app/platform/process/periodic-jobs.server.ts";
import { createSecretBox, type SecretBox } from "#app/platform/process/secret-box.server.ts";
import { addPrivacyJobs } from "#app/privacy/add-privacy-jobs.server.ts";
import type { ComplianceTopic } from "#app/privacy/compliance-request.ts";
import { COMPLIANCE_JOB, receiveComplianceRequest } from "#app/privacy/receive-compliance-request.server.ts";
import type { InstallationAnswer } from "#app/stores/shopify/check-installation.server.ts";
import { createRefuseWebhook } from "#app/stores/shopify/refuse-webhook.server.ts";
import { createVerifyWebhook } from "#app/stores/shopify/verify-webhook.server.ts";
import { signWebhook } from "#sandbox/shopify/auth/sign-request.ts";

export const SECRET = "webhook-secret";
const FIXTURE = readFileSync("tests/orders/01_web_usd_discount_fbp_noteattrs.json", "utf8");

/** What the fixture's buyer is: nothing of this may be found on a disk. */
export const PLANTED = {
  email: "buyer@example.com",
  otherEmail: "OTHER.BUYER@EXAMPLE.COM",
  phone: "5555550100",
  name: "Jane Doe",
  street: "1 Example St",
  city: "Arlington",
  checkoutToken: "00000000000000000000000000000001",
} as const;

export function testEnvironment(more: Record<string, string> = {}): Environment {
  const read = readEnvironment({
    SHOPIFY_API_KEY: "key",
    SHOPIFY_API_SECRET: SECRET,
    SHOPIFY_APP_URL: "https://tandem.example.com",
    APP_ENCRYPTION_KEY: testKey(7),
    ...more,
  });
  if (!read.ok) throw new Error(read.problems.join());
  return read.environment;
}

export function testKey(seed: number): string {
  return createHash("sha256").update(`test key ${seed}`).digest("base64");
}

export function testBox(current: string, old = ""): SecretBox {
  const made = createSecretBox(current, old);
  if (!made.ok) throw new Error(made.problem);
  return made.box;
}

const DESK = { origin: "https://tandem.example.com", secret: SECRET };

/** A signed webhook as Shopify posts it: to the desk below, or to a process that listens at `to.origin`. */
export function webhookRequest(
  topic: string,
  shop: string,
  body: string,
  headers: Record<string, string> = {},
  to: { readonly origin: string; readonly secret: string } = DESK,
): Request {
  return new Request(`${to.origin}/webhooks/${topic}`, {
    method: "POST",
    body,
    headers: {
      "x-shopify-topic": topic,
      "x-shopify-shop-domain": shop,
      "x-shopify-api-version": "2026-10",
      "x-shopify-webhook-id": randomUUID(),
      "x-shopify-hmac-sha256": signWebhook(body, to.secret),
      ...headers,
    },
  });
}

/** The fixture as an order paid at `at` (Unix milliseconds), under another ID. Longer numbers keep their digits. */
export function orderBody(id: string, at: number, more: Record<string, unknown> = {}): string {
  const time = new Date(at).toISOString();
  const order: Record<string, unknown> = {
    ...(JSON.parse(FIXTURE) as object),
    processed_at: time,
    created_at: time,
    updated_at: time,
    ...more,
  };
  return JSON.stringify({ ...order, id: "ID" }).replace('"ID"', id);
}

/** The app's endpoints for webhooks on a database, with a clock that the test turns. */
export function openWebhookDesk(database: Database, start: number) {
  const time = { now: start };
  const clock = () => time.now;
  const log = createLog("silent");
  const secretBox = testBox(testKey(7));
  const verifyWebhook = createVerifyWebhook(testEnvironment());
  const metrics = createMetrics();
  const refuseWebhook = createRefuseWebhook({ log, metrics });
  const jobs = createPeriodicJobs({ database, clock, log });
  const shopify: { answer: InstallationAnswer; asked: number } = { answer: "installed", asked: 0 };
  const checkInstallation = async () => {
    shopify.asked += 1;
    return shopify.answer;
  };
  addPrivacyJobs(jobs, { database, secretBox, clock, log, checkInstallation });
  // A busy machine is slow; what these tests ask for is not.
  const intake = createIntake({ database, clock, log, webhookMs: 60_000 });
  const receive = async (shop: string, body: string): Promise<number> =>
    (
      await receiveOrdersPaid(
        { verifyWebhook, refuseWebhook, intake, log, metrics },
        webhookRequest("orders/paid", shop, body),
      )
    ).status;
  return {
    time,
    clock,
    log,
    secretBox,
    jobs,
    metrics,
    verifyWebhook,
    refuseWebhook,
    /** What Shopify says when it is asked whether the app is installed. */
    shopify,
    checkInstallation,
    /** An order's webhook with the body as given. */
    receive,
    pay: (shop: string, id: string, more: Record<string, unknown> = {}): Promise<number> =>
      receive(shop, orderBody(id, time.now, more)),
    /** Posts a compliance webhook and waits until the work that it started has ended. */
    comply: async (topic: ComplianceTopic, request: Request): Promise<number> => {
      let begun: Promise<unknown> = Promise.resolve();
      const runNow = (name: string) => {
        const run = jobs.runNow(name);
        begun = run;
        return run;
      };
      const deps = { verifyWebhook, refuseWebhook, database, jobs: { runNow }, clock, log, metrics };
      const { status } = await receiveComplianceRequest(deps, topic, request);
      await begun;
      return status;
    },
    process: () => jobs.runNow(COMPLIANCE_JOB),
    retain: () => jobs.runNow("retention"),
  };
}
