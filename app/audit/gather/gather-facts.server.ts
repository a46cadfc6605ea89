import type { Store } from "@prisma/client";

import type { Database } from "../../platform/database/database.server.ts";
import { API_VERSION_ENDS } from "../../meta/version.ts";
import { readFunnelTallies, readTallies } from "../../quality/read-tallies.server.ts";
import { dayIn, shift } from "../../quality/store-period.ts";
import { listDatasetCollisions } from "../../stores/datasets/find-dataset-collision.server.ts";
import { DAYS_COMPARED } from "../reconcile/choose-shopify-days.ts";
import { readReceivedDays, readShopifyDays } from "../reconcile/read-outside-days.server.ts";
import type { AuditFacts } from "../facts/audit-facts.ts";
import { eventsFromTallies } from "../facts/events-from-tallies.ts";
import { daysFromTallies } from "../facts/days-from-tallies.ts";
import { readAuditedDatasets } from "./read-audited-datasets.server.ts";
import { readAuditedOrders } from "./read-audited-orders.server.ts";
import { readAuditedStore, readAuditedStorefront, readStrayReports } from "./read-audited-store.server.ts";

/** Days of counts that the audit compares, today included. */
const COUNTED_DAYS = 91;
/** Days of the funnel's counts that it looks at, today included. */
const FUNNEL_DAYS = 8;
const DAY_MS = 86_400_000;

/**
 * Everything that the checks decide from, of one store: counts by day, the newest orders, and a handful of rows. What it
 * costs does not grow with the store.
 *
 * @param now Unix milliseconds
 */
export async function gatherFacts(database: Database, store: Store, now: number): Promise<AuditFacts> {
  const today = dayIn(store.timeZone, now);
  const from = later(shift(today, 1 - COUNTED_DAYS), dayIn(store.timeZone, store.installedAt.getTime()));
  const days = daysBetween(from, today);
  const funnelFrom = later(shift(today, 1 - FUNNEL_DAYS), from);
  const [
    tallies,
    funnel,
    orders,
    datasets,
    collisions,
    audited,
    storefront,
    strayReports,
    shopify,
    received,
  ] = await Promise.all([
    readTallies(database, { storeId: store.id, from, to: today }),
    readFunnelTallies(database, { storeId: store.id, from: funnelFrom, to: today }),
    readAuditedOrders(database, store, now),
    readAuditedDatasets(database, store.id, now),
    listDatasetCollisions(database, store.id),
    readAuditedStore(database, store),
    readAuditedStorefront(database, store.id, now),
    readStrayReports(database, store, now),
    readShopifyDays(database, store.id, shift(today, -DAYS_COMPARED)),
    readReceivedDays(database, store.id, shift(today, -DAYS_COMPARED)),
  ]);
  return {
    now,
    today,
    store: audited,
    datasets,
    sharedDatasets: collisions,
    storefront,
    days: daysFromTallies(tallies, days),
    funnel: eventsFromTallies(funnel, store.events, daysBetween(funnelFrom, today)),
    orders,
    strayReports,
    shopify,
    received,
    apiDaysLeft: Math.floor((API_VERSION_ENDS - now) / DAY_MS),
  };
}

const later = (one: string, other: string): string => (one > other ? one : other);

function daysBetween(from: string, to: string): readonly string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = shift(day, 1)) days.push(day);
  return days;
}
