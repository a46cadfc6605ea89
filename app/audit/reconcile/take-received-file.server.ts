import type { Database } from "../../platform/database/database.server.ts";
import type { Clock } from "../../platform/process/clock.ts";
import { ReceivedDays, type ReceivedSum } from "../files/add-received-days.ts";
import { PURCHASE } from "../files/file-event.ts";
import { FileProblem } from "../files/file-problem.ts";
import { readEvents } from "../files/read-events.server.ts";
import "../../texts/areas/files.ts";

/** Years of daily totals, or some 40,000 events. */
export const MOST_UPLOADED = 5 * 1024 * 1024;
const MEGABYTE = 1024 * 1024;

export type FileTaken =
  | {
      readonly kind: "taken";
      /** Days of the file, YYYY-MM-DD. */
      readonly from: string;
      readonly to: string;
      readonly days: number;
      /** Purchases in it. */
      readonly purchases: number;
    }
  /** In words for beside the field. */
  | { readonly kind: "problem"; readonly words: string }
  | { readonly kind: "not_found" };

/**
 * Reads an export of Meta's Events Manager and keeps its counts by day and event; what was there of a day and event is
 * replaced. The file itself is not kept, and no event of it.
 *
 * @param file.bytes read no further than MOST_UPLOADED
 * @param file.dataset row ID; one of another store is not found
 */
export async function takeReceivedFile(
  deps: { readonly database: Database; readonly clock: Clock },
  storeId: bigint,
  file: { readonly dataset: string; readonly name: string; readonly bytes: AsyncIterable<Uint8Array> },
): Promise<FileTaken> {
  const { prisma } = deps.database;
  const dataset = /^\d{1,18}$/.test(file.dataset)
    ? await prisma.dataset.findFirst({
        where: { id: BigInt(file.dataset), storeId, state: { not: "disconnected" } },
        select: { id: true },
      })
    : null;
  if (!dataset) return { kind: "not_found" };
  const now = deps.clock();
  let sums: readonly ReceivedSum[];
  try {
    const days = new ReceivedDays(file.name);
    for await (const row of readEvents(noMoreThan(file), file.name, now)) days.add(row);
    sums = days.sums();
    if (sums.length === 0) throw new FileProblem({ file: file.name }, "noRows");
  } catch (error) {
    if (error instanceof FileProblem) return { kind: "problem", words: error.message };
    throw error;
  }
  await storeSums(deps.database, { storeId, datasetId: dataset.id, now }, sums);
  const days = new Set(sums.map(({ day }) => day));
  return {
    kind: "taken",
    from: sums[0]?.day ?? "",
    to: sums.at(-1)?.day ?? "",
    days: days.size,
    purchases: sums
      .filter(({ eventName }) => eventName === PURCHASE)
      .reduce((all, { total }) => all + total, 0),
  };
}

async function* noMoreThan(file: {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of file.bytes) {
    size += chunk.length;
    if (size > MOST_UPLOADED)
      throw new FileProblem({ file: file.name }, "size", { megabytes: MOST_UPLOADED / MEGABYTE });
    yield chunk;
  }
}

async function storeSums(
  { prisma }: Database,
  to: { readonly storeId: bigint; readonly datasetId: bigint; readonly now: number },
  sums: readonly ReceivedSum[],
): Promise<void> {
  await prisma.$executeRaw`
    INSERT INTO received_day (store_id, dataset_id, day, event_name, browser, server, total, amount, currency, uploaded_at)
    SELECT ${to.storeId}::bigint, ${to.datasetId}::bigint, w.day::date, w.event_name, w.browser, w.server, w.total,
           w.amount::numeric, w.currency, ${new Date(to.now)}::timestamptz
    FROM unnest(${sums.map(({ day }) => day)}::text[], ${sums.map(({ eventName }) => eventName)}::text[],
                ${sums.map(({ browser }) => browser)}::int[], ${sums.map(({ server }) => server)}::int[],
                ${sums.map(({ total }) => total)}::int[],
                ${sums.map(({ amount }) => amount?.toFixed(4) ?? null)}::text[],
                ${sums.map(({ currency }) => currency)}::text[])
      AS w(day, event_name, browser, server, total, amount, currency)
    ON CONFLICT (dataset_id, day, event_name) DO UPDATE SET browser = excluded.browser, server = excluded.server,
      total = excluded.total, amount = excluded.amount, currency = excluded.currency, uploaded_at = excluded.uploaded_at`;
}
