import { readFileSync } from "node:fs";
import { Agent, request as httpRequest } from "node:http";
import { connect } from "node:net";

import { openDatabase } from "#app/platform/database.server.ts";
import { createLog } from "#app/platform/log.server.ts";
import { API_SECRET, startWorld, type World } from "#sandbox/start-world.ts";
import { createFuzz, type FuzzRequest } from "./fuzz-requests.ts";

const SHOP = "tandem-demo.myshopify.com";
/** Longer than a long poll (10 s) with some air. */
const HANG_MS = 20_000;

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
  /** Resident memory of the app's process after a fifth of the requests and at the end, in MB. */
  readonly memoryMb: readonly [number, number];
  /** Tables whose number of rows changed. */
  readonly stored: Readonly<Record<string, number>>;
  readonly healthyAfter: boolean;
  /** Distinct messages that the app logged as errors. */
  readonly complaints: readonly string[];
}

/** Memory that a process under fire may gain between a fifth of the way and the end, in MB. */
const GROWTH_MB = 120;

/** Fires rubbish at the real process on loopback and looks at what it did to it. */
export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const { requests, concurrency = 32, seed = 20261122 } = options;
  const world = await startWorld({
    ...(options.databaseUrl === undefined ? {} : { databaseUrl: options.databaseUrl }),
    // One trusted proxy, so that callers can have many addresses and the limits do not hide what is behind them.
    environment: { TRUSTED_PROXIES: "1", LOG_LEVEL: "error", WORKER: "on" },
  });
  try {
    await world.signIn(SHOP);
    const before = await countRows(world, options.databaseUrl);
    const next = createFuzz({ shop: SHOP, secret: API_SECRET }, seed);
    const tally = await fire(world, next, requests, concurrency);
    const healthyAfter = (await fetch(`${world.app.url}/healthz`)).ok;
    const stored = difference(before, await countRows(world, options.databaseUrl));
    const [early, late] = tally.memoryMb;
    const ok =
      tally.serverErrors.length === 0 &&
      tally.hangs.length === 0 &&
      healthyAfter &&
      late - early < GROWTH_MB &&
      Object.keys(stored).length === 0;
    return { ok, requests, ...tally, stored, healthyAfter, complaints: complaintsOf(world.app.lines) };
  } finally {
    await world.close();
  }
}

function complaintsOf(lines: readonly string[]): readonly string[] {
  return [...new Set(lines.map((line) => /"msg":"([^"]*)"/.exec(line)?.[1] ?? line.slice(0, 100)))].slice(
    0,
    10,
  );
}

async function fire(world: World, next: () => FuzzRequest, requests: number, concurrency: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const byStatus: Record<string, number> = {};
  const [serverErrors, hangs]: [string[], string[]] = [[], []];
  const started = performance.now();
  let [sent, slowestMs, earlyMemory] = [0, 0, 0];
  const one = async (): Promise<void> => {
    while (sent < requests) {
      sent += 1;
      if (sent === Math.ceil(requests / 5)) earlyMemory = memoryOfChildren();
      if (sent % 50 === 0) await sendRaw(world.app.url, Math.floor(sent / 50));
      const request = next();
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
  return {
    seconds: Math.round((performance.now() - started) / 100) / 10,
    byStatus,
    serverErrors: serverErrors.slice(0, 10),
    hangs: hangs.slice(0, 10),
    slowestMs: Math.round(slowestMs),
    memoryMb: [earlyMemory, memoryOfChildren()] as const,
  };
}

/** @returns the status; "cut" when the connection was closed on us (a body too large, a broken header); "hang" */
function send(base: string, { method, path, headers, body }: FuzzRequest, agent: Agent): Promise<string> {
  return new Promise((resolve) => {
    const url = new URL(base);
    const request = httpRequest(
      {
        host: url.hostname,
        port: url.port,
        method,
        path,
        headers: { ...headers, "content-length": String(body.length) },
        agent,
        timeout: HANG_MS,
      },
      (response) => {
        response.on("error", () => resolve("cut")).resume();
        response.on("end", () => resolve(String(response.statusCode)));
      },
    );
    request.on("timeout", () => {
      resolve("hang");
      request.destroy();
    });
    request.on("error", () => resolve("cut"));
    request.end(body);
  });
}

/** What an HTTP client would not send. */
const RAW: readonly string[] = [
  "GET / HTTP/1.1\r\n\r\n",
  "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
  "\u0000\u0001\u0002\r\n\r\n",
  "POST /pixel/checkout HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  "POST /pixel/checkout HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
  "POST /pixel/checkout HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{}",
  `GET / HTTP/1.1\r\nHost: x\r\n${Array.from({ length: 300 }, (_, n) => `X-${n}: ${"y".repeat(100)}\r\n`).join("")}\r\n`,
  `GET /${"a".repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
  "GET http://evil.example/app HTTP/1.1\r\nHost: evil.example\r\n\r\n",
];

async function sendRaw(base: string, turn: number): Promise<void> {
  const { hostname, port } = new URL(base);
  const socket = connect(Number(port), hostname);
  await new Promise<void>((resolve) => {
    socket.setTimeout(300, () => socket.destroy());
    socket.on("error", () => undefined).on("close", () => resolve());
    socket.resume();
    socket.end(RAW[turn % RAW.length] ?? "");
  });
}

/** Resident memory of the processes that this one started, in MB. The app is the only one of any size. */
function memoryOfChildren(): number {
  try {
    const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8")
      .trim()
      .split(" ");
    const sizes = children.map((pid) =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0),
    );
    return Math.round(Math.max(0, ...sizes) / 1024);
  } catch {
    return 0; // no /proc on this system: the other findings stand without it
  }
}

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
  const counts: Record<string, number> = {};
  for (const table of TABLES) {
    const [row] = await database.prisma.$queryRawUnsafe<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM "${table}"`,
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
