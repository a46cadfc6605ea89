import type { Database } from "#app/platform/database/database.server.ts";

import { HEALTHY_QUALITY, NOW, type SeededStore } from "./seed-audit-history.ts";

const HOUR_MS = 3_600_000;

/** Changes of a healthy store's rows: `orders` by number from 1 to 560, both ends included. */
export interface Plant {
  conversions(from: number, to: number, set: string): Promise<void>;
  deliveries(from: number, to: number, set: string): Promise<void>;
  reports(from: number, to: number, set: string): Promise<void>;
  quality(quality: object): Promise<void>;
  /** Senders that all reports of the newest `hours` named: kind, sender, Pixel ID, sharing. Pages could be read. */
  sightings(hours: number, ...senders: readonly (readonly string[])[]): Promise<void>;
}

/** To plant faults in the rows of one seeded store. */
export function plantIn({ prisma }: Database, { storeId, datasetRow }: SeededStore): Plant {
  const change = async (sql: string, from: number, to: number) => {
    await prisma.$executeRawUnsafe(sql, storeId, from, to);
  };
  const ids = `SELECT id FROM conversion WHERE store_id = $1 AND order_number::int BETWEEN $2 AND $3`;
  return {
    conversions: (from, to, set) => change(`UPDATE conversion SET ${set} WHERE id IN (${ids})`, from, to),
    deliveries: (from, to, set) =>
      change(`UPDATE delivery SET ${set} WHERE conversion_id IN (${ids})`, from, to),
    reports: (from, to, set) =>
      change(`UPDATE browser_report SET ${set} WHERE conversion_id IN (${ids})`, from, to),
    sightings: async (hours, ...senders) => {
      const hour = Math.floor(NOW / HOUR_MS);
      const told = ["list", "server", "page"].map((part) => ["told", part]);
      await prisma.sighting.createMany({
        skipDuplicates: true,
        data: [...told, ...senders].map(([kind = "", sender = "", pixelId = "", sharing = ""]) => ({
          ...{ storeId, kind, sender, pixelId, sharing },
          firstSeenAt: new Date(NOW - hours * HOUR_MS),
          lastSeenAt: new Date(NOW),
          marks: Array.from({ length: hours }, (_, index) => [hour - hours + 1 + index, 3, 3]),
        })),
      });
    },
    quality: async (quality) => {
      await prisma.scoreSnapshot.updateMany({
        where: { datasetId: datasetRow, day: new Date(NOW - (NOW % 86_400_000)) },
        data: { quality: { ...HEALTHY_QUALITY, ...quality } },
      });
    },
  };
}

/** The event as it was sent, changed: `path` within it, and the new value as JSON. */
export const sent = (path: string, value: string) =>
  `sent_payload = jsonb_set(sent_payload, '{${path}}', '${value}')`;
/** Sent without these keys of customer information. */
export const keysWithout = (...keys: readonly string[]) =>
  `sent_keys = ARRAY(SELECT k FROM unnest(sent_keys) k WHERE k <> ALL('{${keys.join(",")}}'))`;
/** A value that was there and could not be used. */
export const dropped = (key: string, reason: string) =>
  `document = jsonb_set(document, '{dropped}', '[{"key":"${key}","from":"order","reason":"${reason}"}]')`;
