import type { Database } from "../../platform/database/database.server.ts";

/** Longer than a refresh can take: Shopify's answer is waited for 15 s at most (platform/bounded-fetch.server.ts). Seconds. */
const CLAIM_SECONDS = 30;

export interface RefreshClaim {
  /** Lets the next one refresh. A claim that cannot be released ends by its time. */
  release(): Promise<void>;
}

/**
 * Claims the right to refresh a session's token, for 30 seconds by the database's clock, which all processes share. Two
 * short statements and no transaction: nothing of the database is held while Shopify is asked (docs/decisions/0302).
 *
 * @returns undefined while somebody else has the claim, or when there is no such session
 */
export async function claimRefresh(
  { prisma }: Database,
  sessionId: string,
): Promise<RefreshClaim | undefined> {
  const [row] = await prisma.$queryRaw<{ until: Date }[]>`
    UPDATE session SET refreshing_until = now() + make_interval(secs => ${CLAIM_SECONDS}::int)
    WHERE id = ${sessionId} AND (refreshing_until IS NULL OR refreshing_until <= now())
    RETURNING refreshing_until AS until`;
  if (!row) return undefined;
  return {
    release: async () => {
      // Only our own claim: after its time another process may have made a later one.
      await prisma.$executeRaw`
        UPDATE session SET refreshing_until = NULL
        WHERE id = ${sessionId} AND refreshing_until = ${row.until}::timestamptz`.catch(() => undefined);
    },
  };
}
