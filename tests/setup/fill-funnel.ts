import type { Database } from "#app/platform/database/database.server.ts";
import { fillInSlices } from "#tests/setup/fill-in-slices.ts";

const DAY_MS = 86_400_000;

export interface FunnelRows {
  readonly storeId: bigint;
  readonly datasetId: bigint;
  readonly event: string;
  readonly count: number;
  /** Unix milliseconds of the newest; each before it is `everyMs` older. */
  readonly newest: number;
  readonly everyMs?: number;
  readonly outcome?: "sent" | "blocked" | "failed";
  readonly state?: "waiting" | "delivered" | "dead";
  readonly lastClass?: string;
  /** Before the running number of the event's ID. */
  readonly idPrefix?: string;
  readonly keys?: readonly string[];
}

/** The partition of a day (UTC), where it is not there yet. @param day YYYY-MM-DD */
export async function makePartition({ prisma }: Database, day: string): Promise<void> {
  const end = new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
  await prisma.$executeRawUnsafe(
    `CREATE TABLE IF NOT EXISTS funnel_event_${day.replaceAll("-", "")} PARTITION OF funnel_event
       FOR VALUES FROM ('${day}') TO ('${end}')`,
  );
}

/** Writes events as the app does once Meta has answered, with the partitions that they need. */
export async function fillFunnel(database: Database, rows: FunnelRows): Promise<void> {
  const { storeId, datasetId, event, count, newest, everyMs = 1_000, outcome = "sent" } = rows;
  const {
    state = "delivered",
    lastClass = null,
    idPrefix = "sh-",
    keys = ["fbp", "client_ip_address"],
  } = rows;
  const oldest = newest - (count - 1) * everyMs;
  for (let at = Date.parse(dayOf(oldest)); at <= newest; at += DAY_MS)
    await makePartition(database, dayOf(at));
  await fillInSlices(
    { from: 1, count },
    (first, last) => database.prisma.$executeRaw`
    INSERT INTO funnel_event (day, store_id, dataset_id, event_name, event_id, event_time, received_at, outcome, state,
                              value, currency, keys, payload, last_class, last_code, last_message, settled_at)
    SELECT (at AT TIME ZONE 'UTC')::date, ${storeId}::bigint, ${datasetId}::bigint, ${event}, ${idPrefix} || n, at,
           at + interval '2 seconds', ${outcome}, ${state}, 19.9, 'EUR', ${[...keys]}::text[],
           jsonb_build_object('event_name', ${event}::text, 'event_id', ${idPrefix} || n, 'event_source_url',
             'https://shop.example/products/mug', 'custom_data', jsonb_build_object('value', 19.9, 'currency', 'EUR')),
           ${lastClass}::text, CASE WHEN ${state}::text = 'dead' THEN 100 END,
           CASE WHEN ${state}::text = 'dead' THEN 'Invalid parameter' END,
           CASE WHEN ${state}::text <> 'waiting' THEN at + interval '9 seconds' END
    FROM generate_series(${first}::int, ${last}::int) AS n
    CROSS JOIN LATERAL (SELECT to_timestamp((${oldest}::float8 + (n - 1) * ${everyMs}::float8) / 1000) AS at) AS placed
    ORDER BY n`,
  );
}

/** Keys of customer information, which have a metric of their own. */
const KEYS = /:(em|ph|fn|ln|ct|st|zp|country|external_id|fbp|fbc|client_\w+)$/;

/** Counts as the app keeps them. @param labels by label, `ViewContent:paired` or `ViewContent:fbp` */
export async function countFunnel(
  { prisma }: Pick<Database, "prisma">,
  of: { readonly storeId: bigint; readonly datasetId: bigint; readonly day: string },
  labels: Readonly<Record<string, number>>,
): Promise<void> {
  await prisma.tally.createMany({
    data: Object.entries(labels).map(([label, count]) => ({
      storeId: of.storeId,
      datasetId: of.datasetId,
      day: new Date(of.day),
      metric: KEYS.test(label) ? "funnel_key" : "funnel",
      label,
      currency: label.endsWith(":taken") ? "EUR" : "",
      count,
      amount: label.endsWith(":taken") ? count * 10 : 0,
    })),
  });
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
