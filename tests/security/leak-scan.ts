import { randomUUID } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { openDatabase } from "#app/platform/database.server.ts";
import { createLog } from "#app/platform/log.server.ts";
import { signWebhook } from "#sandbox/shopify/auth/sign-request.ts";
import { API_SECRET, BROWSER_AGENT, startWorld, type World } from "#sandbox/start-world.ts";
import { orderBody } from "./webhook-desk.ts";

const SHOP = "tandem-demo.myshopify.com";
const DATASET = "1234567890123456";

/** A buyer who exists nowhere else: nothing of them may be found anywhere. */
const PLANTED = {
  email: "zygmunthia.quillfeather@leak-example.org",
  phone: "2025550143",
  firstName: "Zygmunthia",
  lastName: "Quillfeather",
  street: "77 Plantedlane",
  city: "Leaktonville",
  company: "Unspeakable Goods Ltd",
  note: "ring twice, says the plantednote",
  checkoutToken: "plantedcheckouttoken00000000cafe",
  wrongToken: "EAAplantedwrongtoken0000000000000000000000",
} as const;

/** Raw by need, for as long as something is left to send: gone from every row once Meta has the event. */
const WHILE_SENDING = { ip: "203.0.113.177", userAgent: "PlantedBrowser/9.9" } as const;

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
  };
  /** Times that the erased address and browser still lie in free space of the database's files (docs/decisions/0502). */
  readonly residueInFiles: number;
}

export interface LeakScanOptions {
  /** postgresql://…; absent: the embedded database, whose files are looked through as well */
  readonly databaseUrl?: string;
  /** Folder of the database server's files, where there is one. */
  readonly files?: string;
}

/** A full run with planted data, errors included; then everything that is left is searched. */
export async function leakScan(options: LeakScanOptions): Promise<LeakScanResult> {
  const { databaseUrl } = options;
  const world = await startWorld({
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    environment: { LOG_LEVEL: "debug" },
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
  const rows = await dump(world.dataDirectory, databaseUrl);
  const files = readAll(options.files ?? world.dataDirectory);
  const logs = world.app.lines.join("\n");
  const leaks = [
    ...find("log", logs, { ...secrets, ...WHILE_SENDING }),
    ...find("answer", answers.join("\n"), secrets),
    ...Object.entries(rows).flatMap(([table, text]) =>
      find(`table ${table}`, text, { ...secrets, ...WHILE_SENDING }),
    ),
    ...files.flatMap(([name, bytes]) => find(`file ${name}`, bytes.toString("latin1"), secrets)),
    ...(/\bshp(?:at|rt|ua|ca)_\w{8}|\beyJ[\w-]{20,}\.[\w-]{20,}/.test(`${logs}${Object.values(rows).join()}`)
      ? ["a Shopify token in a log or a row"]
      : []),
  ];
  const residue = files.flatMap(([name, bytes]) => find(name, bytes.toString("latin1"), WHILE_SENDING));
  return {
    ok: leaks.length === 0 && delivered >= 2,
    delivered,
    leaks,
    looked: {
      logLines: world.app.lines.length,
      rows: Object.values(rows).join("\n").split("\n").length,
      fileBytes: files.reduce((sum, [, bytes]) => sum + bytes.length, 0),
      answers: answers.length,
    },
    residueInFiles: residue.length,
  };
}

/** Orders, reports and requests of the planted buyer: good ones, and those that end in every kind of error. */
async function live(world: World): Promise<void> {
  const buyer = {
    email: PLANTED.email,
    contact_email: PLANTED.email.toUpperCase(),
    phone: `+1${PLANTED.phone}`,
    note: PLANTED.note,
    checkout_token: PLANTED.checkoutToken,
    client_details: {
      browser_ip: WHILE_SENDING.ip,
      user_agent: WHILE_SENDING.userAgent,
      accept_language: "en",
    },
    browser_ip: WHILE_SENDING.ip,
    landing_site: `/?email=${PLANTED.email}&fbclid=abc`,
    customer: {
      id: 8800000000077,
      email: PLANTED.email,
      first_name: PLANTED.firstName,
      last_name: PLANTED.lastName,
      phone: null,
    },
    ...Object.fromEntries(
      ["billing_address", "shipping_address"].map((place) => [
        place,
        {
          first_name: PLANTED.firstName,
          last_name: PLANTED.lastName,
          company: PLANTED.company,
          address1: PLANTED.street,
          city: PLANTED.city,
          zip: "10001",
          province_code: "NY",
          country_code: "US",
          phone: PLANTED.phone,
        },
      ]),
    ),
  };
  const at = Date.now() - 20 * 60_000;
  const order = (id: string, number: number) => orderBody(id, at, { ...buyer, order_number: number });
  const customer = { id: 8800000000077, email: PLANTED.email, phone: `+1${PLANTED.phone}` };
  await post(world, "orders/paid", order("6200000000001", 77001));
  await post(world, "orders/paid", order("6200000000001", 77001));
  await post(world, "orders/paid", order("6200000000002", 77002));
  await post(world, "orders/paid", order("6200000000003", 77003), "forged");
  await post(world, "orders/paid", `{"email":"${PLANTED.email}"`);
  await post(world, "orders/paid", JSON.stringify({ ...buyer, id: PLANTED.email }));
  const report = {
    v: 1,
    shop: SHOP,
    orderId: "6200000000001",
    checkoutToken: PLANTED.checkoutToken,
    consent: { marketing: true },
    userAgent: WHILE_SENDING.userAgent,
    pageUrl: `https://x.example/thank-you?email=${PLANTED.email}`,
    clientTime: at,
  };
  for (const body of [
    JSON.stringify(report),
    JSON.stringify({ ...report, orderId: PLANTED.email }),
    `{"email":"${PLANTED.email}"`,
  ])
    await fetch(`${world.app.url}/pixel/checkout`, {
      method: "POST",
      body,
      headers: { "content-type": "text/plain" },
    }).then((answer) => answer.text());
  await post(
    world,
    "customers/data_request",
    JSON.stringify({ shop_domain: SHOP, customer, orders_requested: [], data_request: { id: 77 } }),
  );
  await post(
    world,
    "customers/redact",
    JSON.stringify({ shop_domain: SHOP, customer: { email: `not ${PLANTED.email}` }, orders_to_redact: [] }),
  );
  await post(
    world,
    "customers/redact",
    JSON.stringify({ shop_domain: "another.myshopify.com", customer, orders_to_redact: [] }),
  );
  await asMerchant(world, "/app/datasets/new?_data=routes%2Fapp.datasets.new", {
    method: "POST",
    body: new URLSearchParams({ datasetId: "999888777666555", token: PLANTED.wrongToken, name: "Wrong" }),
  });
}

async function post(world: World, topic: string, body: string, forged?: "forged"): Promise<void> {
  await fetch(`${world.app.url}/webhooks/${topic}`, {
    method: "POST",
    body,
    headers: {
      "x-shopify-topic": topic,
      "x-shopify-shop-domain": SHOP,
      "x-shopify-api-version": "2026-10",
      "x-shopify-webhook-id": randomUUID(),
      "x-shopify-hmac-sha256": signWebhook(body, forged ?? API_SECRET),
    },
  });
}

function asMerchant(world: World, target: string, init: RequestInit = {}): Promise<Response> {
  return fetch(new URL(target, world.app.url), {
    ...init,
    redirect: "manual",
    headers: { "user-agent": BROWSER_AGENT, authorization: `Bearer ${world.shopify.idToken(SHOP)}` },
  });
}

/** Waits until Meta has so many events; as many as came in a minute. */
async function arrivals(world: World, wanted: number): Promise<number> {
  for (let waited = 0; waited < 60_000 && world.meta.events().length < wanted; waited += 250)
    await sleep(250);
  return world.meta.events().length;
}

/** What the pages give away: their HTML and their loader data. */
async function lookAsMerchant(world: World): Promise<string[]> {
  const pages = [
    "/app",
    "/app/datasets",
    "/app/datasets/1",
    "/app/events",
    "/app/events/1",
    "/app/settings",
    "/app/privacy",
  ];
  const answers: string[] = [];
  for (const page of pages) answers.push(await (await asMerchant(world, page)).text());
  return answers;
}

async function dump(dataDirectory: string, databaseUrl: string | undefined): Promise<Record<string, string>> {
  const { prisma, close } = await openDatabase({ databaseUrl, dataDirectory, log: createLog("silent") });
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = 'public'`;
  const texts: Record<string, string> = {};
  for (const { name } of tables) {
    const rows = await prisma.$queryRawUnsafe<{ row: string }[]>(`SELECT t::text AS row FROM "${name}" t`);
    texts[name] = rows.map(({ row }) => row).join("\n");
  }
  await close();
  return texts;
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
