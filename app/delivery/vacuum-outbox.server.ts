import type { Database } from "../platform/database/database.server.ts";

/**
 * The embedded database has no autovacuum. Without one the outbox's indexes fill with what has long been delivered and
 * a claim slows down with every order ever sent. A server does this by itself.
 *
 * @param settled deliveries settled since the last time
 * @returns true when it was done
 */
export async function vacuumOutbox(database: Database, settled: number): Promise<boolean> {
  if (database.kind !== "embedded" || settled < 20_000) return false;
  const [size] = await database.prisma.$queryRaw<{ rows: number }[]>`
    SELECT reltuples::float8 AS rows FROM pg_class WHERE oid = 'delivery'::regclass`;
  if (settled < (size?.rows ?? 0) / 10) return false;
  for (const table of ["delivery", "conversion", "dataset"]) {
    await database.prisma.$executeRawUnsafe(`VACUUM (ANALYZE) ${table}`);
  }
  return true;
}
