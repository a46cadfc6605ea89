import type { Database } from "../platform/database/database.server.ts";
import { judgeSightings, type JudgedSightings } from "../pairing/sightings/judge-sighting.ts";
import { keptSightings } from "../pairing/sightings/record-sightings.server.ts";

/**
 * What pages of the store say of others that send to Meta, weighed, by kind and sender.
 * @param now unix milliseconds
 */
export async function readSightings(
  database: Database,
  storeId: bigint,
  now: number,
): Promise<JudgedSightings> {
  return judgeSightings(await keptSightings(database, storeId), now);
}
