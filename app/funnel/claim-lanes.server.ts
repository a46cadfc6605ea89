import type { Database } from "../platform/database/database.server.ts";

/** The part of the database that a worker uses. */
export type Statements = Pick<Database, "direct" | "kind">;

/** A dataset's lane, leased to one worker, with what decides whether it is served. */
export interface FunnelLane {
  readonly datasetId: bigint;
  readonly storeId: bigint;
  readonly leaseToken: string;
  /** Requests in a row that failed. */
  readonly failures: number;
  readonly emptyLooks: number;
  /** Meta's own dataset ID. */
  readonly metaDatasetId: string;
  readonly sealedToken: string | null;
  /** active | paused | disconnected */
  readonly datasetState: string;
  readonly storeState: string;
  readonly isHeld: boolean;
  /** Until when the orders of this dataset rest, because Meta throttles it or does not answer for it. */
  readonly restsUntil: Date | null;
}

/** Lanes of one claim. */
const MOST_LANES = 50;
/** Longer than a request can take. Renewed before each further one. Milliseconds. */
export const LANE_LEASE_MS = 60_000;

/**
 * Takes lanes that are due, those that are due for longest first. Leases run by the database's clock; a worker that died
 * leaves one that ends by itself.
 */
export async function claimLanes(
  { direct }: Statements,
  claim: { readonly token: string; readonly now: number; readonly limit: number },
): Promise<readonly FunnelLane[]> {
  return direct.$queryRaw<FunnelLane[]>`
    WITH leased AS (
      UPDATE funnel_lane l SET lease_token = ${claim.token}::text,
        lease_until = now() + make_interval(secs => ${LANE_LEASE_MS / 1000}::float8)
      WHERE l.dataset_id IN (
        SELECT due.dataset_id FROM funnel_lane due
        WHERE due.due_at <= ${new Date(claim.now)}::timestamptz AND coalesce(due.lease_until < now(), true)
        ORDER BY due.due_at LIMIT ${Math.min(claim.limit, MOST_LANES)}::int FOR UPDATE SKIP LOCKED)
      RETURNING l.dataset_id, l.store_id, l.failures, l.empty_looks
    )
    SELECT leased.dataset_id AS "datasetId", leased.store_id AS "storeId", ${claim.token}::text AS "leaseToken",
           leased.failures, leased.empty_looks AS "emptyLooks", d.dataset_id AS "metaDatasetId",
           d.sealed_token AS "sealedToken", d.state AS "datasetState", s.state AS "storeState",
           d.held_at IS NOT NULL AS "isHeld", greatest(d.throttled_until, d.rests_until) AS "restsUntil"
    FROM leased JOIN dataset d ON d.id = leased.dataset_id JOIN store s ON s.id = d.store_id`;
}

/** @returns false where the lease ran out and somebody else has the lane */
export async function renewLane({ direct }: Statements, lane: FunnelLane): Promise<boolean> {
  const renewed = await direct.$executeRaw`
    UPDATE funnel_lane SET lease_until = now() + make_interval(secs => ${LANE_LEASE_MS / 1000}::float8)
    WHERE dataset_id = ${lane.datasetId}::bigint AND lease_token = ${lane.leaseToken}::text`;
  return renewed > 0;
}

/** Gives a lane back, and says when it is looked at again. @param next `dueAt` in Unix milliseconds */
export async function releaseLane(
  { direct }: Statements,
  lane: FunnelLane,
  next: { readonly dueAt: number; readonly failures: number; readonly emptyLooks: number },
): Promise<void> {
  await direct.$executeRaw`
    UPDATE funnel_lane SET lease_token = NULL, lease_until = NULL, due_at = ${new Date(next.dueAt)}::timestamptz,
      failures = ${next.failures}::int, empty_looks = ${next.emptyLooks}::int
    WHERE dataset_id = ${lane.datasetId}::bigint AND lease_token = ${lane.leaseToken}::text`;
}
