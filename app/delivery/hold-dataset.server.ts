import type { Rejection } from "../meta/classify-answer.ts";
import type { Database } from "../platform/database/database.server.ts";
import { DELIVERIES_DUE_CHANNEL } from "../platform/database/wake-channels.ts";
import { restUntil } from "./dataset-rest.ts";
import { nextProbe, throttleUntil } from "./retry-schedule.ts";

/**
 * A dataset whose token, rights or ID do not work is held as a whole: one row changes, its deliveries stay where they
 * are, in their order. A probe (one event, the most urgent) goes now and then; the first that succeeds releases it.
 */
export async function holdDataset(
  database: Database,
  datasetId: bigint,
  cause: Pick<Rejection, "class" | "code" | "subcode" | "message">,
  at: { readonly now: number; readonly random: number },
): Promise<void> {
  const now = new Date(at.now);
  const code = [cause.code, cause.subcode].filter((part) => part !== null).join("/");
  await database.prisma.$executeRaw`
    UPDATE dataset SET
      held_class = ${cause.class}, held_code = ${code}, held_message = ${cause.message},
      probe_at = CASE WHEN held_at IS NULL THEN ${new Date(nextProbe(0, at.now, at.random))}::timestamptz ELSE probe_at END,
      probe_attempts = CASE WHEN held_at IS NULL THEN 0 ELSE probe_attempts END,
      held_at = coalesce(held_at, ${now}::timestamptz)
    WHERE id = ${datasetId}::bigint`;
}

/** Datasets whose probe is due, each taken for this process: the next probe is set before this one goes. */
export async function takeProbes(
  database: Database,
  at: { readonly now: number; readonly random: number; readonly limit: number },
): Promise<
  readonly {
    readonly id: bigint;
    readonly storeId: bigint;
    readonly metaDatasetId: string;
    readonly sealedToken: string | null;
  }[]
> {
  const now = new Date(at.now);
  const waits = [0, 1, 2, 3, 4].map((probes) => (nextProbe(probes, at.now, at.random) - at.now) / 1000);
  return database.prisma.$queryRaw`
    UPDATE dataset SET
      probe_attempts = probe_attempts + 1,
      probe_at = ${now}::timestamptz + make_interval(secs => (${waits}::float8[])[least(probe_attempts + 2, 5)])
    WHERE id IN (
      SELECT ds.id FROM dataset ds JOIN store s ON s.id = ds.store_id
      WHERE ds.held_at IS NOT NULL AND ds.state = 'active' AND s.state = 'installed'
        AND coalesce(ds.probe_at <= ${now}::timestamptz, true)
      ORDER BY ds.probe_at LIMIT ${at.limit}::int FOR UPDATE OF ds SKIP LOCKED)
    RETURNING id, store_id AS "storeId", dataset_id AS "metaDatasetId", sealed_token AS "sealedToken"`;
}

/** Lets one throttled dataset rest; the others go on. */
export async function throttleDataset(
  database: Database,
  dataset: { readonly id: bigint; readonly throttles: number },
  at: { readonly now: number; readonly random: number; readonly retryAfterMs: number | null },
): Promise<void> {
  const throttles = dataset.throttles + 1;
  const until = new Date(throttleUntil({ ...at, throttles }));
  await database.prisma.$executeRaw`
    UPDATE dataset SET throttled_until = greatest(throttled_until, ${until}::timestamptz), throttles = ${throttles}::int
    WHERE id = ${dataset.id}::bigint AND throttles <= ${throttles}::int`;
}

export async function endThrottle(database: Database, datasetId: bigint): Promise<void> {
  await database.prisma.$executeRaw`
    UPDATE dataset SET throttles = 0, throttled_until = NULL WHERE id = ${datasetId}::bigint AND throttles > 0`;
}

/**
 * One more request of this dataset failed in a way that passes: from the third in a row on it rests.
 * @returns failures in a row, this one included
 */
export async function noteFailure(
  database: Database,
  datasetId: bigint,
  at: { readonly now: number; readonly random: number },
): Promise<number> {
  const [row] = await database.prisma.$queryRaw<{ failures: number }[]>`
    UPDATE dataset SET failures = least(failures, 1000) + 1,
                       failing_since = coalesce(failing_since, ${new Date(at.now)}::timestamptz)
    WHERE id = ${datasetId}::bigint RETURNING failures`;
  const failures = row?.failures ?? 0;
  const until = restUntil(failures, at.now, at.random);
  if (until !== null)
    await database.prisma.$executeRaw`
      UPDATE dataset SET rests_until = ${new Date(until)}::timestamptz
      WHERE id = ${datasetId}::bigint AND failures = ${failures}::int`;
  return failures;
}

/** Meta answered for this dataset: whatever failed before is over. */
export async function endFailures(database: Database, datasetId: bigint): Promise<void> {
  const ended = await database.prisma.$executeRaw`
    UPDATE dataset SET failures = 0, failing_since = NULL, rests_until = NULL
    WHERE id = ${datasetId}::bigint AND failures > 0`;
  if (ended > 0) await database.notify(DELIVERIES_DUE_CHANNEL, "");
}
