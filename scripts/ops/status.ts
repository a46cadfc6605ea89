import type { OpsCommand } from "./command.ts";

interface Row {
  readonly shop: string;
  readonly dataset: string;
  readonly state: string;
  readonly held: string | null;
  readonly throttledUntil: Date | null;
  /** Meta has not answered for this dataset since then. */
  readonly failingSince: Date | null;
  readonly restsUntil: Date | null;
  readonly queued: Record<string, number> | null;
  readonly oldestDue: Date | null;
}

/** Alerts of the last seven days. */
interface AlertRow {
  /** Given up. */
  readonly failed: number;
  readonly retrying: number;
  readonly oldestDue: Date | null;
}

/** What is queued and what stands still, lane by lane; counts the queue only, never what is delivered. */
export const status: OpsCommand = {
  does: "what is queued, held, throttled and failing, and which settings look wrong",
  options: [],
  run: async ({ database }) => {
    const { readNotices } = await import("#app/platform/process/operator-notices.server.ts");
    const datasets = await database.prisma.$queryRaw<Row[]>`
      SELECT s.shop, ds.dataset_id AS dataset, ds.state, ds.held_class || ' ' || ds.held_code AS held,
             ds.throttled_until AS "throttledUntil", ds.failing_since AS "failingSince", ds.rests_until AS "restsUntil", q.queued, q.oldest AS "oldestDue"
      FROM dataset ds JOIN store s ON s.id = ds.store_id
      CROSS JOIN LATERAL (
        SELECT jsonb_object_agg(state, n) AS queued, min(oldest) AS oldest FROM (
          SELECT d.state, count(*)::int AS n, min(d.due_at) AS oldest FROM delivery d
          WHERE d.dataset_id = ds.id AND d.state IN ('waiting', 'due', 'retrying', 'held') GROUP BY d.state) counted) q
      ORDER BY s.shop, ds.dataset_id`;
    const leased = await database.prisma.delivery.count({ where: { state: "leased" } });
    const alerts = await database.prisma.$queryRaw<AlertRow[]>`
      SELECT count(*) FILTER (WHERE m.state = 'dead' AND m.problem <> 'superseded')::int AS failed, count(*) FILTER (WHERE m.state = 'retrying')::int AS retrying,
             min(m.due_at) FILTER (WHERE m.state IN ('due', 'retrying', 'leased')) AS "oldestDue"
      FROM alert_message m WHERE m.kind = 'findings' AND m.created_at > now() - interval '7 days'`;
    return { alerts: alerts[0], notices: await readNotices(database), leased, datasets };
  },
};
