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
  const run = (statement: string) => database.prisma.$executeRawUnsafe(statement);
  const tables = ["delivery", "conversion", "dataset"];
  // One by one, and from a smaller sample: nobody's statement runs meanwhile.
  for (const table of tables) await run(`VACUUM ${table}`);
  await run("SET default_statistics_target = 10");
  for (const table of tables) await run(`ANALYZE ${table}`);
  await run("RESET default_statistics_target");
  return true;
}
