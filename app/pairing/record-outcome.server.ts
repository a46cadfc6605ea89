import { z } from "zod";

import type { Clock } from "../platform/process/clock.ts";
import type { Database } from "../platform/database/database.server.ts";
import type { Metrics } from "../platform/process/metrics.server.ts";
import { BROWSER_OUTCOMES, OLD_NAME_OF_SENT } from "./browser-outcome.ts";
import type { FireTickets } from "./fire-ticket.server.ts";
import { settlePairing } from "./settle-pairing.server.ts";

const outcome = z
  .enum([...BROWSER_OUTCOMES, OLD_NAME_OF_SENT])
  .transform((said) => (said === OLD_NAME_OF_SENT ? "sent" : said));

const schema = z.object({
  v: z.literal(1),
  shop: z.string().min(1).max(255),
  ticket: z.string().min(1).max(200),
  outcome,
  datasets: z.array(z.object({ id: z.string().regex(/^\d{1,20}$/), outcome })).max(50),
  firedAt: z.number().finite(),
});

/** What a browser says became of its copy. */
export type FiredReport = z.infer<typeof schema>;

export function parseFiredReport(value: unknown): FiredReport | undefined {
  return schema.safeParse(value).data;
}

/**
 * Keeps what became of a browser copy, once: a repeated or contradicting report changes nothing, but that a copy left
 * after all outranks everything. A ticket that is not ours changes nothing either, and the caller does not say so.
 * @returns whether it was news
 */
export async function recordOutcome(
  deps: {
    readonly database: Database;
    readonly clock: Clock;
    readonly tickets: FireTickets;
    readonly metrics: Pick<Metrics, "pairings">;
  },
  fired: FiredReport,
): Promise<boolean> {
  const reportId = deps.tickets.read(fired.ticket);
  if (reportId === undefined) return false;
  const [row] = await deps.database.direct.$queryRaw<{ conversionId: bigint | null }[]>`
    UPDATE browser_report SET outcome = ${fired.outcome}, outcome_at = ${new Date(deps.clock())}::timestamptz,
           outcomes = ${JSON.stringify(fired.datasets)}::jsonb
    WHERE id = ${reportId}::bigint AND answer = 'fire'
      AND (outcome IS NULL OR (outcome NOT IN ('sent', 'fired') AND ${fired.outcome} = 'sent'))
    RETURNING conversion_id AS "conversionId"`;
  if (!row) return false;
  if (row.conversionId !== null)
    await settlePairing(deps.database, [row.conversionId], deps.clock(), deps.metrics);
  return true;
}
