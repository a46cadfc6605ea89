import type { Database } from "../platform/database/database.server.ts";

/**
 * Erases address and browser of those conversions of which nothing can be sent any more. A dead delivery keeps them: a
 * person may send it again while Meta takes it, and it should be as good as it was. The settling statement does this
 * itself; but two deliveries of one conversion that settle at the same moment each see the other as open, and whoever
 * commits last sees both settled here.
 */
export async function eraseClients(database: Database, conversionIds: readonly bigint[]): Promise<void> {
  if (conversionIds.length === 0) return;
  const ids = [...new Set(conversionIds)].map(String);
  await database.prisma.$executeRaw`
    WITH finished AS (
      SELECT c.id FROM conversion c WHERE c.id = ANY(${ids}::bigint[]) AND NOT EXISTS (
        SELECT 1 FROM delivery d WHERE d.conversion_id = c.id AND d.state NOT IN ('delivered', 'skipped'))
    ), forgotten AS (
      UPDATE browser_report r SET client_ip = NULL, client_user_agent = NULL FROM finished
      WHERE r.conversion_id = finished.id AND (r.client_ip IS NOT NULL OR r.client_user_agent IS NOT NULL)
    )
    UPDATE conversion c SET client_ip = NULL, client_user_agent = NULL FROM finished
    WHERE c.id = finished.id AND (c.client_ip IS NOT NULL OR c.client_user_agent IS NOT NULL)`;
}
