/** Connections of one process to a PostgreSQL server, where nothing else is set (DATABASE_POOL). */
export const DEFAULT_POOL_SIZE = 10;

/** What one part of the app may use at the same time, so that as much is left to all others. At least one connection. */
export function halfOfPool(poolSize: number): number {
  return Math.max(1, Math.floor(poolSize / 2));
}
