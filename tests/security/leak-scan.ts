import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { PrismaSessionStorage } from "@shopify/shopify-app-session-storage-prisma";

import { openDatabase } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { createSecretBox } from "#app/platform/process/secret-box.server.ts";
import { sealSessions } from "#app/stores/shopify/sealed-session-storage.server.ts";
import { API_SECRET, startWorld, type World } from "#sandbox/start-world.ts";
import { addressOf, readEndpoints } from "./endpoints.ts";
import { asMerchant, live, PLANTED, SHOP, WHILE_SENDING } from "./leak-plant.ts";

const DATASET = "1234567890123456";
const METRICS_TOKEN = "leak-scan-metrics";
/** Of the planted orders: in rows, files and pages by right, so whoever searches them must come upon it. */
const CONTROL = "77001";

export interface LeakScanResult {
  readonly ok: boolean;
  readonly delivered: number;
  /** Where something was found, by what: never the value. */
  readonly leaks: readonly string[];
  /** Rows and bytes that were looked through. */
  readonly looked: {
    readonly logLines: number;
    readonly rows: number;
    readonly fileBytes: number;
    readonly answers: number;
    /** Lines of the database server's own log. */
    readonly serverLogLines: number;
  };
  /** Where the planted order's number was not found, though it belongs there: a search that cannot find proves nothing. */
  readonly blind: readonly string[];
  /** Times that the erased address and browser still lie in free space of the database's files (docs/decisions/0502). */
  readonly residueInFiles: number;
}

export interface LeakScanOptions {
  /** postgresql://…; absent: the embedded database, whose files are looked through as well */
  readonly databaseUrl?: string;
  /** The database server's own: folder of its files (tables, write-ahead log) and the lines of its log so far. */
  readonly server?: { readonly folder: string; readonly log: readonly string[] };
}

/** A full run with planted data, errors included; then everything that is left is searched. */
export async function leakScan(options: LeakScanOptions): Promise<LeakScanResult> {
  const dataDirectory = mkdtempSync(path.join(tmpdir(), "tandem-leak-scan-"));
  try {
    return await liveAndLook(options, dataDirectory);
  } finally {
    rmSync(dataDirectory, { recursive: true, force: true });
  }
}

async function liveAndLook(options: LeakScanOptions, dataDirectory: string): Promise<LeakScanResult> {
  const { databaseUrl } = options;
  const world = await startWorld({
    dataDirectory,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    environment: { LOG_LEVEL: "debug", METRICS_TOKEN },
  });
  let answers: string[];
  let secrets: Record<string, string>;
  let delivered: number;
  try {
    await world.signIn(SHOP);
    const { token } = await world.connectDataset(SHOP, DATASET);
    secrets = {
      ...PLANTED,
      metaToken: token,
      apiSecret: API_SECRET,
      encryptionKey: world.app.environment["APP_ENCRYPTION_KEY"] ?? "?",
    };
    await live(world);
    delivered = await arrivals(world, 2);
    answers = await lookAsMerchant(world);
    await sleep(500);
  } finally {
    await world.close();
  }
  const { rows, tokens } = await dump(world, databaseUrl);
  secrets = { ...secrets, ...tokens };
  const files = readAll(options.server?.folder ?? world.dataDirectory);
  const serverLog = options.server?.log ?? [];
  const logs = world.app.lines.join("\n");
  const leaks = [
    ...find("log", logs, { ...secrets, ...WHILE_SENDING }),
    ...find("answer", answers.join("\n"), { ...secrets, ...WHILE_SENDING }),
    ...find("database server's log", serverLog.join("\n"), { ...secrets, ...WHILE_SENDING }),
    ...Object.entries(rows).flatMap(([table, text]) =>
      find(`table ${table}`, text, { ...secrets, ...WHILE_SENDING }),
    ),
    ...files.flatMap(([name, bytes]) => find(`file ${name}`, bytes.toString("latin1"), secrets)),
    ...(/\bshp(?:at|rt|ua|ca)_\w{8}|\beyJ[\w-]{20,}\.[\w-]{20,}/.test(`${logs}${Object.values(rows).join()}`)
      ? ["a Shopify token in a log or a row"]
      : []),
  ];
  const searched = {
    rows: Object.values(rows),
    files: files.map(([, bytes]) => bytes.toString("latin1")),
    answers,
  };
  const blind = Object.entries(searched).flatMap(([place, texts]) =>
    texts.some((text) => text.includes(CONTROL)) ? [] : [place],
  );
  const residue = files.flatMap(([name, bytes]) => find(name, bytes.toString("latin1"), WHILE_SENDING));
  return {
    ok: leaks.length === 0 && blind.length === 0 && delivered >= 2,
    delivered,
    leaks,
    looked: {
      logLines: world.app.lines.length,
      rows: Object.values(rows).join("\n").split("\n").length,
      fileBytes: files.reduce((sum, [, bytes]) => sum + bytes.length, 0),
      answers: answers.length,
      serverLogLines: serverLog.length,
    },
    blind,
    residueInFiles: residue.length,
  };
}

/** Waits until Meta has so many events; as many as came in a minute. */
async function arrivals(world: World, wanted: number): Promise<number> {
  for (let waited = 0; waited < 60_000 && world.meta.events().length < wanted; waited += 250)
    await sleep(250);
  return world.meta.events().length;
}

/** What the pages, files and metrics give away: each admin address, as HTML and as loader data. */
async function lookAsMerchant(world: World): Promise<string[]> {
  const answers: string[] = [];
  for (const [file, kind] of readEndpoints()) {
    if (kind !== "admin" || file === "auth.$.ts") continue;
    const route = `_data=${encodeURIComponent(`routes/${file.replace(/\.tsx?$/, "")}`)}`;
    for (const query of ["", `?${route}`])
      answers.push(await (await asMerchant(world, addressOf(file) + query)).text());
  }
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
  answers.push(await (await fetch(`${world.app.url}/metrics`, { headers })).text());
  return answers;
}

/** Every row as text, and Shopify's tokens as only the key opens them. What is still in memory goes to the files first. */
async function dump(world: World, databaseUrl: string | undefined) {
  const log = createLog("silent");
  const { dataDirectory } = world;
  const { prisma, close } = await openDatabase({ databaseUrl, dataDirectory, log });
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = 'public'`;
  const rows: Record<string, string> = {};
  for (const { name } of tables) {
    const found = await prisma.$queryRawUnsafe<{ row: string }[]>(`SELECT t::text AS row FROM "${name}" t`);
    rows[name] = found.map(({ row }) => row).join("\n");
  }
  const box = createSecretBox(world.app.environment["APP_ENCRYPTION_KEY"] ?? "");
  if (!box.ok) throw new Error(box.problem);
  const session = await sealSessions(new PrismaSessionStorage(prisma), box.box, log).loadSession(
    `offline_${SHOP}`,
  );
  if (!session?.accessToken || !session.refreshToken) throw new Error("there is no session to look for");
  await prisma.$executeRawUnsafe("CHECKPOINT");
  await close();
  const tokens = { shopifyToken: session.accessToken, shopifyRefreshToken: session.refreshToken };
  return { rows, tokens };
}

function readAll(folder: string): (readonly [string, Buffer])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => [entry.name, readFileSync(path.join(entry.parentPath, entry.name))] as const);
}

/** The names of the planted values that occur in a text, whatever their case. */
function find(place: string, text: string, wanted: Readonly<Record<string, string>>): string[] {
  const lower = text.toLowerCase();
  return Object.entries(wanted).flatMap(([name, value]) =>
    lower.includes(value.toLowerCase()) ? [`${name} in ${place}`] : [],
  );
}
