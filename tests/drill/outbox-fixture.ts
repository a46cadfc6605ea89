import { createHash } from "node:crypto";

import { createDeliveryWorker, type DeliveryWorker } from "#app/delivery/delivery-worker.server.ts";
import type { WorkerOptions } from "#app/delivery/worker-options.ts";
import { createGraphClient, type GraphClient } from "#app/meta/graph-client.server.ts";
import type { Clock } from "#app/platform/process/clock.ts";
import type { Database } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { createMetrics } from "#app/platform/process/metrics.server.ts";
import { createSecretBox, type SecretBox } from "#app/platform/process/secret-box.server.ts";
import type { MetaSandbox } from "#sandbox/meta/start-meta.ts";
import { fillInSlices } from "#tests/setup/fill-in-slices.ts";

/** Stores, datasets and conversions put straight into the tables: the outbox without its intake. */

const HOUR = 3_600_000;
const box = createSecretBox(Buffer.alloc(32, 9).toString("base64"));
if (!box.ok) throw new Error(box.problem);
export const secretBox: SecretBox = box.box;

export interface FixtureDataset {
  readonly storeId: bigint;
  readonly id: bigint;
  readonly metaId: string;
  readonly token: string;
}

/** A store with one connected dataset, known to the sandbox's Meta too when one is given. */
export async function addDataset(
  database: Database,
  metaId: string,
  meta?: MetaSandbox,
): Promise<FixtureDataset> {
  const store = await database.prisma.store.create({ data: { shop: `store-${metaId}.myshopify.com` } });
  return addToStore(database, store.id, metaId, meta);
}

/** One more dataset for a store. */
export async function addToStore(
  database: Database,
  storeId: bigint,
  metaId: string,
  meta?: MetaSandbox,
): Promise<FixtureDataset> {
  meta?.addDataset({ id: metaId, name: "Web shop" });
  const token = meta?.addToken({ datasets: [metaId] }) ?? "EAAfixture";
  const sealedToken = secretBox.seal(token, `dataset:${storeId}:${metaId}`);
  const { id } = await database.prisma.dataset.create({ data: { storeId, datasetId: metaId, sealedToken } });
  return { storeId, id, metaId, token };
}

export interface FixtureOrders {
  readonly count: number;
  /** First order number; the event IDs are the numbers. */
  readonly from?: number;
  /** Unix milliseconds at which the first order was paid and taken in. */
  readonly paidAt: number;
  /** Milliseconds between one order and the next; default 0. */
  readonly apart?: number;
  readonly takenInAt?: number;
  readonly dueAt?: number;
  readonly state?: string;
  readonly fbc?: string;
  readonly expiresAt?: number;
  /** Without triggers and foreign key checks: for backlogs whose tallies nobody reads. */
  readonly bulk?: boolean;
  /** Default: all datasets of the store. */
  readonly datasets?: readonly FixtureDataset[];
}

/** Paid orders of one store, each with a delivery to each dataset, in one statement where they are not very many. */
export async function addOrders(
  database: Database,
  dataset: FixtureDataset,
  orders: FixtureOrders,
): Promise<readonly string[]> {
  const from = orders.from ?? 1001;
  const { paidAt } = orders;
  const takenInAt = orders.takenInAt ?? paidAt;
  const document = documentFor(Math.floor(paidAt / 1000), orders.fbc);
  const datasets = (orders.datasets ?? [dataset]).map(({ id }) => String(id));
  const apart = (orders.apart ?? 0) / 1000;
  const insert = (
    client: Pick<Database["prisma"], "$executeRaw">,
    first: number,
    last: number,
  ) => client.$executeRaw`
    WITH made AS (
      INSERT INTO conversion (store_id, event_name, source_key, order_id, order_number, event_id, event_time, paid_at,
        received_at, source, action_source, value, currency, shop_value, shop_currency, document, client_ip, client_user_agent, paid_day)
      SELECT ${dataset.storeId}::bigint, 'Purchase', n::text, n::text, n::text, n::text, t.paid, t.paid, t.taken, 'web',
        'website', 30, 'USD', 30, 'USD',
        ${JSON.stringify(document)}::jsonb || jsonb_build_object('orderId', n::text, 'eventId', n::text),
        '203.0.113.7', 'Mozilla/5.0', t.paid::date
      FROM generate_series(${first}::bigint, ${last}::bigint) AS n
      CROSS JOIN LATERAL (SELECT ${new Date(paidAt)}::timestamptz + make_interval(secs => (n - ${from}::bigint) * ${apart}::float8) AS paid,
                                 ${new Date(takenInAt)}::timestamptz + make_interval(secs => (n - ${from}::bigint) * ${apart}::float8) AS taken) t
      RETURNING id, store_id, event_time, received_at)
    INSERT INTO delivery (store_id, dataset_id, conversion_id, state, due_at, expires_at, created_at)
    SELECT made.store_id, ds.id, made.id, ${orders.state ?? "due"},
      coalesce(${orders.dueAt === undefined ? null : new Date(orders.dueAt)}::timestamptz, made.received_at),
      coalesce(${orders.expiresAt === undefined ? null : new Date(orders.expiresAt)}::timestamptz,
               made.event_time + make_interval(hours => ${(7 * 24 * HOUR - HOUR) / HOUR}::int)),
      made.received_at
    FROM made CROSS JOIN unnest(${datasets}::bigint[]) AS ds(id)`;
  await fillInSlices({ from, count: orders.count }, (first, last) =>
    orders.bulk
      ? database.prisma.$transaction(async (transaction) => {
          await transaction.$executeRaw`SET LOCAL session_replication_role = replica`;
          await insert(transaction, first, last);
        })
      : insert(database.prisma, first, last),
  );
  return Array.from({ length: orders.count }, (_, index) => String(from + index));
}

/** Deliveries without conversions or triggers, due after those that are claimed: only that they are there matters. */
export async function addBareDeliveries(
  database: Database,
  dataset: FixtureDataset,
  rows: { readonly state: string; readonly from: number; readonly count: number },
): Promise<void> {
  await fillInSlices(rows, (first, last) =>
    database.prisma.$transaction([
      database.prisma.$executeRaw`SET LOCAL session_replication_role = replica`,
      database.prisma.$executeRaw`
        INSERT INTO delivery (store_id, dataset_id, conversion_id, state, due_at, expires_at, created_at)
        SELECT ${dataset.storeId}::bigint, ${dataset.id}::bigint, -n, ${rows.state}, now(), now() + interval '6 days', now()
        FROM generate_series(${first}::bigint, ${last}::bigint) AS n`,
    ]),
  );
}

function documentFor(eventTime: number, fbc: string | undefined) {
  const hash = (text: string) => createHash("sha256").update(text).digest("hex");
  return {
    eventName: "Purchase",
    eventIdRule: "order_number",
    eventTime,
    paidAt: eventTime,
    source: "web",
    actionSource: "website",
    eventSourceUrl: "https://shop.example.com/",
    customer: { em: [hash("jane@example.com")], country: [hash("us")], external_id: [hash("7001")] },
    ...(fbc === undefined ? {} : { fbc }),
    purchase: {
      value: 30,
      currency: "USD",
      order_id: "1",
      contents: [{ id: "1", quantity: 1, item_price: 30 }],
    },
    shopValue: { amount: 30, currency: "USD" },
    consent: { policy: "merchant", flags: { marketing: true, saleOfData: true }, country: "US" },
    dropped: [],
  };
}

export interface TestClock {
  readonly clock: Clock;
  /** Moves on by so many milliseconds. */
  pass(ms: number): void;
}

/** Stands still unless it is moved. Begins at the real time, so that it agrees with the database's own clock. */
export function testClock(from = Date.now()): TestClock {
  let now = from;
  return {
    clock: () => now,
    pass: (ms) => {
      now += ms;
    },
  };
}

/** A worker and the parts it hangs on; `close` also closes its connections. */
export function createTestWorker(
  database: Database,
  graphUrl: string,
  clock: Clock,
  options: Partial<WorkerOptions> & { readonly timeoutMs?: number } = {},
): { readonly worker: DeliveryWorker; readonly graph: GraphClient; close(): Promise<void> } {
  const log = createLog("silent");
  const metrics = createMetrics();
  const graph = createGraphClient({
    graphUrl,
    log,
    metrics,
    timeouts: { base: options.timeoutMs ?? 60_000, perEvent: 5 },
  });
  const worker = createDeliveryWorker({
    database,
    graph,
    secretBox,
    clock,
    log,
    metrics,
    random: () => 0.5,
    options,
  });
  return {
    worker,
    graph,
    close: async () => {
      await worker.stop();
      await graph.close();
    },
  };
}

/** Turns the wheel until a turn finds nothing. */
export async function drain(worker: DeliveryWorker, turns = 500): Promise<number> {
  let claimed = 0;
  for (let turn = 0; turn < turns; turn += 1) {
    const summary = await worker.runOnce();
    if (summary.claimed === 0 && summary.probed === 0) return claimed;
    claimed += summary.claimed;
  }
  throw new Error(`still not drained after ${turns} turns`);
}

/** Deliveries by state. */
export async function countStates(database: Database): Promise<Record<string, number>> {
  const rows = await database.prisma.delivery.groupBy({ by: ["state"], _count: true });
  return Object.fromEntries(rows.map((row) => [row.state, row._count]));
}
