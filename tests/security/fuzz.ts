import { Agent } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { openDatabase } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { foldTallies } from "#app/quality/fold-tallies.server.ts";
import { API_SECRET, startWorld, type World } from "#sandbox/start-world.ts";
import { createFuzz, type FuzzRequest } from "./fuzz-requests.ts";
import { send, sendRaw } from "./fuzz-wire.ts";
import { askCosts, findCostlyTexts, type LengthCosts } from "./length-cost.ts";
import { lengthPlaces } from "./length-places.ts";
import { residentMb } from "./resident-memory.ts";

const SHOP = "tandem-demo.myshopify.com";
const DATASET = "1234567890123456";
/** Where well-formed requests may leave rows. */
const OPEN_SHOP = "kawa-goods.myshopify.com";

export interface FuzzOptions {
  readonly requests: number;
  readonly concurrency?: number;
  readonly seed?: number;
  /** postgresql://…; absent: the embedded database */
  readonly databaseUrl?: string;
}

export interface FuzzResult {
  readonly ok: boolean;
  readonly requests: number;
  readonly seconds: number;
  readonly byStatus: Readonly<Record<string, number>>;
  /** Answers of 500 and more, with what was asked. */
  readonly serverErrors: readonly string[];
  readonly hangs: readonly string[];
  readonly slowestMs: number;
  /** What the app's process held after a collection, when a fifth of the requests was sent and at the end, in MB. */
  readonly heldMb: readonly [number, number];
  /** Resident memory at the end, in MB. */
  readonly residentMb: number;
  /** Tables whose number of rows changed, the open store's aside. */
  readonly stored: Readonly<Record<string, number>>;
  readonly healthyAfter: boolean;
  /** What the texts that strangers choose cost by their length. */
  readonly lengths: LengthCosts;
  /** Distinct messages that the app logged as errors. */
  readonly complaints: readonly string[];
}

/** What a process under fire may hold more at the end than after a fifth of the way, in MB: the limits' own books fill. */
const GROWTH_MB = 40;

/** Fires rubbish at the real process on loopback and looks at what it did to it. */
export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const { requests, concurrency = 32, seed = 20261122 } = options;
  const socket = path.join(tmpdir(), `tandem-cost-${process.pid}.sock`);
  const world = await startWorld({
    ...(options.databaseUrl === undefined ? {} : { databaseUrl: options.databaseUrl }),
    // One trusted proxy, so that callers can have many addresses and the limits do not hide what is behind them.
    environment: {
      TRUSTED_PROXIES: "1",
      LOG_LEVEL: "error",
      COST_SOCKET: socket,
      NODE_OPTIONS: `--expose-gc ${["report-memory", "report-cost"]
        .map((name) => `--import=${new URL(`./${name}.mjs`, import.meta.url).href}`)
        .join(" ")}`,
    },
  });
  try {
    await furnish(world);
    const before = await countRows(world, options.databaseUrl);
    let token = "";
    const target = {
      shop: SHOP,
      open: OPEN_SHOP,
      openShopId: world.shopify.store(OPEN_SHOP).id,
      secret: API_SECRET,
      token: () => token,
    };
    const next = createFuzz(target, seed);
    const freshlySigned = async (): Promise<FuzzRequest> => {
      token = await world.shopify.idToken(SHOP);
      return next();
    };
    const tally = await fire(world, freshlySigned, requests, concurrency);
    const lengths = await findCostlyTexts(lengthPlaces(world.app.url, target), askCosts(socket));
    const healthyAfter = (await fetch(`${world.app.url}/readyz`)).ok;
    const stored = difference(before, await countRows(world, options.databaseUrl));
    const [early, late] = tally.heldMb;
    const ok =
      tally.serverErrors.length === 0 &&
      tally.hangs.length === 0 &&
      healthyAfter &&
      late - early < GROWTH_MB &&
      lengths.costly.length === 0 &&
      Object.keys(stored).length === 0;
    return {
      ok,
      requests,
      ...tally,
      lengths,
      stored,
      healthyAfter,
      complaints: complaintsOf(world.app.lines),
    };
  } finally {
    await world.close();
  }
}

/** A store with a dataset and an order that Meta has: pages with something on them. */
async function furnish(world: World): Promise<void> {
  await world.signIn(OPEN_SHOP);
  await world.signIn(SHOP);
  await world.connectDataset(SHOP, DATASET);
  const at = Date.now() - 20 * 60_000;
  const record = world.shopify.placeOrder(SHOP, { kind: "web", country: "US", noteAttributes: [], at });
  await world.shopify.sendPaid(SHOP, record);
  for (let waited = 0; waited < 30_000 && world.meta.events().length === 0; waited += 250) await sleep(250);
}

function complaintsOf(lines: readonly string[]): readonly string[] {
  const words = lines
    .filter((line) => !line.startsWith("held "))
    .map((line) => /"msg":"([^"]*)"/.exec(line)?.[1] ?? line.slice(0, 100));
  return [...new Set(words)].slice(0, 10);
}

/** The newest report of report-memory.mjs, in MB; 0 before the first. */
function heldMb(world: World): number {
  const line = world.app.lines.findLast((each) => each.startsWith("held "));
  return Math.round(Number(line?.slice(5) ?? 0) / 2 ** 20);
}

async function fire(world: World, next: () => Promise<FuzzRequest>, requests: number, concurrency: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const byStatus: Record<string, number> = {};
  const [serverErrors, hangs]: [string[], string[]] = [[], []];
  const started = performance.now();
  let [sent, slowestMs, earlyHeld] = [0, 0, 0];
  const one = async (): Promise<void> => {
    while (sent < requests) {
      sent += 1;
      if (sent === Math.ceil(requests / 5)) earlyHeld = heldMb(world);
      if (sent % 50 === 0) await sendRaw(world.app.url, Math.floor(sent / 50));
      const request = await next();
      const begun = performance.now();
      const status = await send(world.app.url, request, agent);
      slowestMs = Math.max(slowestMs, performance.now() - begun);
      byStatus[status] = (byStatus[status] ?? 0) + 1;
      const text = () =>
        `${status} ${request.method} ${request.path} ${request.body.subarray(0, 300).toString("latin1")}`;
      if (status === "hang") hangs.push(text());
      else if (Number(status) >= 500) serverErrors.push(text());
    }
  };
  await Promise.all(Array.from({ length: concurrency }, one));
  agent.destroy();
  await sleep(SETTLE_MS);
  return {
    seconds: Math.round((performance.now() - started) / 100) / 10,
    byStatus,
    serverErrors: serverErrors.slice(0, 10),
    hangs: hangs.slice(0, 10),
    slowestMs: Math.round(slowestMs),
    heldMb: [earlyHeld, heldMb(world)] as const,
    residentMb: residentMb(),
  };
}

/** Long enough for one more report of the memory, once nobody asks any more. */
const SETTLE_MS = 6_000;

/** Not compliance_request: what Shopify signed is written down, whoever it is about. */
const TABLES = [
  "store",
  "session",
  "dataset",
  "conversion",
  "delivery",
  "browser_report",
  "heartbeat",
  "tally",
  "tally_delta",
  "attempt",
] as const;

/** Rows by table. The embedded database is the app's alone, so the app stops for it. */
async function countRows(world: World, databaseUrl: string | undefined): Promise<Record<string, number>> {
  await world.app.stop();
  const database = await openDatabase({
    databaseUrl,
    dataDirectory: world.dataDirectory,
    log: createLog("silent"),
  });
  await foldTallies(database);
  const counts: Record<string, number> = {};
  for (const table of TABLES) {
    const [row] = await database.prisma.$queryRawUnsafe<{ n: number }[]>(
      table === "store" || table === "session"
        ? `SELECT count(*)::int AS n FROM "${table}"`
        : `SELECT count(*)::int AS n FROM "${table}" WHERE store_id NOT IN (SELECT id FROM store WHERE shop = '${OPEN_SHOP}')`,
    );
    counts[table] = row?.n ?? -1;
  }
  await database.close();
  await world.app.start();
  return counts;
}

function difference(before: Record<string, number>, after: Record<string, number>): Record<string, number> {
  const changes = Object.keys(after).map(
    (table) => [table, (after[table] ?? 0) - (before[table] ?? 0)] as const,
  );
  return Object.fromEntries(changes.filter(([, change]) => change !== 0));
}
