import type { Database } from "../../platform/database/database.server.ts";
import type { ReceivedDay, ShopifyDay } from "../facts/audit-facts.ts";

/**
 * What Shopify counted as paid, oldest day first; only days that are over.
 * @param from first day, YYYY-MM-DD, the store's calendar
 * @returns null while Shopify has never been asked
 */
export async function readShopifyDays(
  { prisma }: Database,
  storeId: bigint,
  from: string,
): Promise<readonly ShopifyDay[] | null> {
  const rows = await prisma.shopifyDay.findMany({
    where: { storeId, day: { gte: new Date(from) } },
    orderBy: { day: "asc" },
  });
  if (rows.length === 0) return null;
  return rows.map((row) => ({
    day: dayOf(row.day),
    orders: row.orders,
    worth:
      row.amount === null || row.currency === null
        ? null
        : { currency: row.currency, amount: row.amount.toNumber() },
    refunded: row.refunded?.toNumber() ?? null,
    askedAt: row.askedAt.getTime(),
  }));
}

/**
 * What Meta said that it received, from uploaded exports, oldest day first; every event name.
 * @param from first day, YYYY-MM-DD
 * @returns null while nothing was uploaded for these days
 */
export async function readReceivedDays(
  { prisma }: Database,
  storeId: bigint,
  from: string,
): Promise<readonly ReceivedDay[] | null> {
  const rows = await prisma.receivedDay.findMany({
    where: { storeId, day: { gte: new Date(from) } },
    include: { dataset: { select: { datasetId: true } } },
    orderBy: [{ day: "asc" }, { datasetId: "asc" }, { eventName: "asc" }],
  });
  if (rows.length === 0) return null;
  return rows.map((row) => ({
    day: dayOf(row.day),
    datasetId: row.dataset.datasetId,
    eventName: row.eventName,
    browser: row.browser,
    server: row.server,
    total: row.total,
    worth:
      row.amount === null || row.currency === null
        ? null
        : { currency: row.currency, amount: row.amount.toNumber() },
  }));
}

/** A date column comes as midnight UTC. */
function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
