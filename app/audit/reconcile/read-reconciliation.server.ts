import type { Store } from "@prisma/client";

import type { Database } from "../../platform/database/database.server.ts";
import { readDatasets } from "../../quality/read-datasets.server.ts";
import { readTallies } from "../../quality/read-tallies.server.ts";
import { dayIn, shift } from "../../quality/store-period.ts";
import { daysFromTallies } from "../facts/days-from-tallies.ts";
import { DAYS_COMPARED } from "./choose-shopify-days.ts";
import { readReceivedDays, readShopifyDays } from "./read-outside-days.server.ts";
import { reconcileDays, type ReconciledDay } from "./reconcile-days.ts";

/** The last 30 days of a store, by Shopify's count, by Tandem's and by Meta's. */
export interface Reconciliation {
  readonly today: string;
  /** Connected datasets to choose from. */
  readonly datasets: readonly { readonly id: string; readonly datasetId: string; readonly label: string }[];
  /** Our row of the one that is shown; null while none is connected. */
  readonly dataset: string | null;
  /** Oldest first, today included; from the installation on. */
  readonly days: readonly ReconciledDay[];
  /** When Shopify was asked last, unix milliseconds; null = never. */
  readonly askedAt: number | null;
  /** Whether Shopify counted by the day of the order and without amounts (docs/decisions/0830). */
  readonly isCounted: boolean;
  /** When a file of this dataset was uploaded last, unix milliseconds. */
  readonly uploadedAt: number | null;
}

/** @param input.dataset row ID from the address; one of another store counts as not given */
export async function readReconciliation(
  database: Database,
  input: { readonly store: Store; readonly dataset: string | null; readonly now: number },
): Promise<Reconciliation> {
  const { store, now } = input;
  const today = dayIn(store.timeZone, now);
  const installed = dayIn(store.timeZone, store.installedAt.getTime());
  const earliest = shift(today, 1 - DAYS_COMPARED);
  const from = installed > earliest ? installed : earliest;
  const datasets = (await readDatasets(database, { storeId: store.id, now })).filter(
    ({ state }) => state !== "disconnected",
  );
  const chosen = datasets.find(({ id }) => id === input.dataset) ?? datasets[0];
  const [tallies, shopify, received, uploaded] = await Promise.all([
    readTallies(database, { storeId: store.id, from, to: today }),
    readShopifyDays(database, store.id, from),
    readReceivedDays(database, store.id, from),
    database.prisma.receivedDay.aggregate({
      where: { storeId: store.id, datasetId: BigInt(chosen?.id ?? 0) },
      _max: { uploadedAt: true },
    }),
  ]);
  const all: string[] = [];
  for (let day = from; day <= today; day = shift(day, 1)) all.push(day);
  return {
    today,
    datasets: datasets.map(({ id, datasetId, label }) => ({ id, datasetId, label })),
    dataset: chosen?.id ?? null,
    days: reconcileDays({
      days: daysFromTallies(tallies, all),
      today,
      dataset: chosen?.id ?? null,
      shopify: shopify ?? [],
      received: (received ?? []).filter(({ datasetId }) => datasetId === chosen?.datasetId),
    }),
    askedAt: shopify?.at(-1)?.askedAt ?? null,
    isCounted: shopify?.some(({ orders, worth }) => orders > 0 && worth === null) ?? false,
    uploadedAt: uploaded._max.uploadedAt?.getTime() ?? null,
  };
}
