import { createHmac, randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { receiveOrdersPaid } from "#app/intake/receive-orders-paid.server.ts";
import { createIntake } from "#app/intake/take-in-order.server.ts";
import { systemClock } from "#app/platform/process/clock.ts";
import { openDatabase, type Database } from "#app/platform/database/database.server.ts";
import { readEnvironment } from "#app/platform/process/environment.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { createMetrics } from "#app/platform/process/metrics.server.ts";
import { createRefuseWebhook } from "#app/stores/shopify/refuse-webhook.server.ts";
import { createVerifyWebhook } from "#app/stores/shopify/verify-webhook.server.ts";
import { startPostgresServer } from "#tests/setup/start-postgres.ts";

const SECRET = "bench";
const SHOP = "bench.myshopify.com";
const ORDERS = 4_000;
const AT_ONCE = 50;

/**
 * Signed orders of 12 kB through the whole intake (signature, parse, mapping, hashes, commit), 50 at a time, without
 * HTTP, on both database kinds; and on the same kind one at a time: the ratio is what writing together gains.
 */
export async function run(): Promise<object> {
  const folder = mkdtempSync(path.join(tmpdir(), "tandem-bench-"));
  const log = createLog("silent");
  const embedded = await openDatabase({ dataDirectory: folder, log });
  const server = await startPostgresServer();
  const remote = await openDatabase({ databaseUrl: `${server.url}/postgres`, log });
  try {
    return {
      orders: ORDERS,
      atOnce: AT_ONCE,
      embedded: await measure(embedded),
      server: await measure(remote),
    };
  } finally {
    await embedded.close();
    await remote.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(database: Database): Promise<object> {
  await database.prisma.store.create({ data: { shop: SHOP, datasets: { create: { datasetId: "1" } } } });
  const environment = readEnvironment({
    SHOPIFY_API_KEY: "k",
    SHOPIFY_API_SECRET: SECRET,
    SHOPIFY_APP_URL: "https://x.example",
    APP_ENCRYPTION_KEY: "k",
  });
  if (!environment.ok) throw new Error(environment.problems.join());
  const log = createLog("silent");
  const metrics = createMetrics();
  const deps = {
    verifyWebhook: createVerifyWebhook(environment.environment),
    refuseWebhook: createRefuseWebhook({ log, metrics }),
    intake: createIntake({ database, clock: systemClock, log }),
    log,
    metrics,
  };
  await flood(deps, 0, 200, AT_ONCE);
  const together = await flood(deps, 10_000, ORDERS, AT_ONCE);
  const alone = await flood(deps, 100_000, ORDERS / 8, 1);
  return {
    ordersPerSecond: Math.round(together.perSecond),
    p50Ms: together.p50,
    p99Ms: together.p99,
    aloneOrdersPerSecond: Math.round(alone.perSecond),
    ratioTogetherToAlone: Number((together.perSecond / alone.perSecond).toFixed(2)),
  };
}

async function flood(
  deps: Parameters<typeof receiveOrdersPaid>[0],
  from: number,
  count: number,
  atOnce: number,
) {
  const template = readFileSync("tests/orders/01_web_usd_discount_fbp_noteattrs.json", "utf8").replaceAll(
    /2025-10-2\dT[^"]*/g,
    new Date().toISOString(),
  );
  const durations: number[] = [];
  let next = 0;
  const started = performance.now();
  const one = async (): Promise<void> => {
    while (next < count) {
      const body = template.replace("6100000000001", String(6_100_000_000_001 + from + next));
      next += 1;
      const begun = performance.now();
      const response = await receiveOrdersPaid(deps, signed(body));
      if (response.status !== 200) throw new Error(`answered ${response.status}`);
      durations.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  const perSecond = (count / (performance.now() - started)) * 1000;
  durations.sort((a, b) => a - b);
  const at = (share: number) => Number((durations[Math.floor(durations.length * share)] ?? 0).toFixed(1));
  return { perSecond, p50: at(0.5), p99: at(0.99) };
}

function signed(body: string): Request {
  return new Request("https://x.example/webhooks/orders/paid", {
    method: "POST",
    body,
    headers: {
      "x-shopify-topic": "orders/paid",
      "x-shopify-shop-domain": SHOP,
      "x-shopify-api-version": "2026-10",
      "x-shopify-webhook-id": randomUUID(),
      "x-shopify-hmac-sha256": createHmac("sha256", SECRET).update(body).digest("base64"),
    },
  });
}
