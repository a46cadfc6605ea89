import { foldTallies } from "#app/quality/fold-tallies.server.ts";
import type { Database } from "#app/platform/database/database.server.ts";

import { EXAMPLE } from "./examples.ts";

/** A store that lives within one transaction. */
const SCRATCH = "examples-being-removed.invalid";

/**
 * Takes every example of a store away, and leaves what came beside them: real orders, settings, the storefront. Findings
 * that opened since the examples were written go with them; the next audit writes down anew what is still so.
 *
 * Counts are kept by triggers and never taken back by a deletion (docs/decisions/0400). So the examples are stored once
 * more, in a store of their own: what the triggers count there is what has to be taken off here.
 */
export async function removeExamples(
  database: Database,
  storeId: bigint,
): Promise<{ readonly orders: number }> {
  const { via, datasetId: metaId } = EXAMPLE;
  const orders = await database.prisma.$transaction(
    async (tx) => {
      const dataset = await tx.dataset.findUnique({
        where: { storeId_datasetId: { storeId, datasetId: metaId } },
      });
      const scratch = await tx.store.create({ data: { shop: SCRATCH, state: "uninstalled" } });
      await tx.$executeRaw`
        INSERT INTO conversion (store_id, event_name, source_key, event_id, event_time, paid_at, paid_day, received_at, via, source,
          action_source, shop_value, shop_currency, customer_kind, test, pairing)
        SELECT ${scratch.id}::bigint, event_name, source_key, event_id, event_time, paid_at, paid_day, received_at, via, source,
          action_source, shop_value, shop_currency, customer_kind, test, pairing
        FROM conversion WHERE store_id = ${storeId}::bigint AND via = ${via}`;
      await tx.$executeRaw`
        INSERT INTO tally_delta (store_id, dataset_id, day, metric, label, currency, count, amount)
        SELECT ${storeId}::bigint, dataset_id, day, metric, label, currency, -sum(count), -sum(amount)
        FROM tally_delta WHERE store_id = ${scratch.id}::bigint GROUP BY 2, 3, 4, 5, 6`;
      await tx.tallyDelta.deleteMany({ where: { storeId: scratch.id } });
      await tx.store.delete({ where: { id: scratch.id } });

      await tx.$executeRaw`
        DELETE FROM browser_report r USING conversion c
        WHERE c.store_id = ${storeId}::bigint AND c.via = ${via} AND r.conversion_id = c.id`;
      const { count } = await tx.conversion.deleteMany({ where: { storeId, via } });
      if (dataset) {
        const ofDataset = { storeId, datasetId: dataset.id };
        await tx.funnelEvent.deleteMany({ where: ofDataset });
        await tx.tally.deleteMany({ where: ofDataset });
        await tx.tallyDelta.deleteMany({ where: ofDataset });
        await tx.dataset.delete({ where: { id: dataset.id } });
        const since = { gte: dataset.createdAt };
        await tx.finding.deleteMany({ where: { storeId, openedAt: since } });
        await tx.findingChange.deleteMany({ where: { storeId, at: since } });
        await tx.auditRun.deleteMany({ where: { storeId, ranAt: since } });
      }
      return count;
    },
    { timeout: 60_000 },
  );
  await foldTallies(database);
  await database.prisma.tally.deleteMany({ where: { storeId, count: 0, amount: 0 } });
  return { orders };
}
