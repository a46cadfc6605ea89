import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";

import { parseOrder } from "#app/conversions/order/parse-order.ts";
import { createIntake, type Intake } from "#app/intake/take-in-order.server.ts";
import { createPairing, type Pairing, type PairingOptions } from "#app/pairing/pairing.server.ts";
import { createVerifyProxy } from "#app/pairing/verify-proxy.server.ts";
import { systemClock } from "#app/platform/process/clock.ts";
import type { Database } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { createMetrics } from "#app/platform/process/metrics.server.ts";
import { ADMIN_API_VERSION } from "#app/shopify.server.ts";
import type { CallAdmin } from "#app/stores/shopify/call-admin.server.ts";
import { answerAdmin } from "#tests/setup/answer-admin.ts";

export const SHOP = "pairing.myshopify.com";
export const SECRET = "proxy-secret";
const APP_URL = "https://tandem.example.com";
const FIXTURE = readFileSync("tests/orders/01_web_usd_discount_fbp_noteattrs.json", "utf8");
/** The checkout token that the fixture carries. */
export const TOKEN = "00000000000000000000000000000001";

/** For questions that get an answer before the time is up, however busy the machine is. */
export const PATIENT = { answerMs: 230_000, lookUpMs: 220_000, lastLookMs: 150 };
/** For questions whose time runs out. */
export const SHORT = { answerMs: 900, lookUpMs: 250, lastLookMs: 150 };

/** A Shopify that knows no order. */
export const emptyAdmin: CallAdmin = answerAdmin(() => ({ data: { order: null } }));

export interface PairingSetup {
  readonly pairing: Pairing;
  readonly intake: Intake;
  /** Asks as the web pixel does and reads the answer. */
  ask(
    report: object,
    address?: string,
  ): Promise<{ status: number; body: Record<string, unknown>; ms: number }>;
  tell(fired: object): Promise<number>;
  /** Takes the order in as its webhook would. */
  pay(id: string, more?: Record<string, unknown>): Promise<void>;
}

/** Pairing and intake on one database, with waits short enough for a test. */
export function openPairing(database: Database, options: Partial<PairingOptions> = {}): PairingSetup {
  const log = createLog("silent");
  const clock = options.clock ?? systemClock;
  const metrics = options.metrics ?? createMetrics();
  const intake = createIntake({ database, clock, log, metrics });
  const pairing = createPairing({
    database,
    clock,
    log,
    metrics,
    callAdmin: emptyAdmin,
    takeInOrder: (arrival) => intake.takeIn(arrival),
    verifyProxy: createVerifyProxy(
      { SHOPIFY_API_KEY: "key", SHOPIFY_API_SECRET: SECRET, SHOPIFY_APP_URL: APP_URL },
      ADMIN_API_VERSION,
    ),
    keys: [Buffer.alloc(32, 3).toString("base64")],
    times: PATIENT,
    limits: {
      perAddress: { burst: 10_000, perSecond: 1_000 },
      perNetwork: { burst: 10_000, perSecond: 1_000 },
      waitingPerAddress: 10_000,
    },
    ...options,
  });
  return {
    pairing,
    intake,
    ask: async (report, address = "203.0.113.7") => {
      const started = performance.now();
      const response = await pairing.checkout(pixelRequest("/pixel/checkout", report), address);
      const text = await response.text();
      const ms = performance.now() - started;
      return { status: response.status, body: text ? (JSON.parse(text) as Record<string, unknown>) : {}, ms };
    },
    tell: async (fired) =>
      (await pairing.fired(pixelRequest("/pixel/checkout/fired", fired), "203.0.113.7")).status,
    pay: async (id, more) => {
      const parsed = parseOrder(freshOrder(id, more));
      if (!parsed.ok) throw new Error(parsed.problem.message);
      await intake.takeIn({ shop: SHOP, order: parsed.order, via: "webhook" });
    },
  };
}

export function pixelRequest(
  path: string,
  body: object | string,
  headers: Record<string, string> = {},
): Request {
  return new Request(APP_URL + path, {
    method: "POST",
    headers: { "content-type": "text/plain;charset=UTF-8", origin: "null", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

/** A report of the web pixel for an order, consenting unless told otherwise. */
export function report(orderId: string | null, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    v: 1,
    shop: SHOP,
    orderId,
    checkoutToken: TOKEN,
    fbp: "fb.1.1596403881668.1116446470",
    consent: { marketing: true, analytics: true, preferences: true, saleOfData: true },
    userAgent: "Mozilla/5.0 (iPhone)",
    clientTime: Date.now(),
    eventId: `sh-${orderId}`,
    ...more,
  };
}

/** The fixture as an order paid just now, under another ID. */
export function freshOrder(id: string, more: Record<string, unknown> = {}): string {
  const now = new Date().toISOString();
  const order: Record<string, unknown> = {
    ...(JSON.parse(FIXTURE) as object),
    processed_at: now,
    created_at: now,
    updated_at: now,
    ...more,
  };
  return JSON.stringify({ ...order, id: "ID" }).replace('"ID"', id);
}

/** Shopify's app proxy: the query is signed with the parameters sorted and joined without a separator. */
export function proxyRequest(
  path: string,
  body: object,
  query: Record<string, string> = {},
  secret = SECRET,
): Request {
  const signed: Record<string, string> = {
    shop: SHOP,
    path_prefix: "/apps/tandem",
    timestamp: String(Math.floor(Date.now() / 1000)),
    logged_in_customer_id: "",
    ...query,
  };
  const message = Object.keys(signed)
    .sort()
    .map((key) => `${key}=${signed[key] ?? ""}`)
    .join("");
  const signature = createHmac("sha256", secret).update(message).digest("hex");
  const search = new URLSearchParams({ ...signed, signature });
  return new Request(`${APP_URL}${path}?${search}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

export async function seedStore({ prisma }: Database): Promise<bigint> {
  await prisma.store.deleteMany();
  const store = await prisma.store.create({
    data: {
      shop: SHOP,
      webPixelState: "connected",
      datasets: { create: [{ datasetId: "1110001" }, { datasetId: "1110002", state: "paused" }] },
    },
  });
  return store.id;
}
