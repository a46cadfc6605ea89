import type { Hashed } from "../conversions/model.ts";
import type { Database } from "../platform/database/database.server.ts";

/** The hashes by which a customer's events are found. */
export interface FunnelCustomer {
  readonly externalId?: Hashed;
  readonly em?: Hashed;
  readonly ph?: Hashed;
}

/** Rows looked at in one statement: a store's events of a week may be millions. */
const LOOKED_AT = 20_000;
/** Rows deleted in one statement. */
const STEP = 5_000;

/**
 * Deletes every event that carries one of the customer's hashes, whether it was sent or not. Counts stay. One that is on
 * its way to Meta in this moment arrives and leaves nothing here. May be cut and begun again.
 *
 * @returns events that were deleted
 */
export async function deleteCustomerEvents(
  { prisma }: Database,
  storeId: bigint,
  customer: FunnelCustomer,
): Promise<number> {
  const { externalId, em, ph } = listsOf(customer);
  if (externalId.length + em.length + ph.length === 0) return 0;
  let deleted = 0;
  for await (const { eventName, after, through } of stepsOf({ prisma }, storeId))
    deleted += await prisma.$executeRaw`
      DELETE FROM funnel_event
      WHERE store_id = ${storeId}::bigint AND event_name = ${eventName} AND id > ${after}::bigint AND id <= ${through}::bigint
        AND (jsonb_exists_any(payload#>'{user_data,external_id}', ${externalId}::text[])
             OR jsonb_exists_any(payload#>'{user_data,em}', ${em}::text[])
             OR jsonb_exists_any(payload#>'{user_data,ph}', ${ph}::text[]))`;
  return deleted;
}

/** An event as a customer gets it. */
export interface ExportedEvent {
  readonly dataset: string;
  readonly eventName: string;
  readonly eventId: string;
  readonly eventTime: Date;
  readonly receivedAt: Date;
  readonly outcome: string;
  readonly state: string;
  readonly payload: unknown;
}

/** Every event that carries one of the customer's hashes, as it is kept. */
export async function exportCustomerEvents(
  { prisma }: Database,
  storeId: bigint,
  customer: FunnelCustomer,
): Promise<readonly ExportedEvent[]> {
  const { externalId, em, ph } = listsOf(customer);
  const events: ExportedEvent[] = [];
  if (externalId.length + em.length + ph.length === 0) return events;
  for await (const { eventName, after, through } of stepsOf({ prisma }, storeId)) {
    const found: readonly ExportedEvent[] = await prisma.$queryRaw`
      SELECT d.dataset_id AS dataset, e.event_name AS "eventName", e.event_id AS "eventId", e.event_time AS "eventTime",
             e.received_at AS "receivedAt", e.outcome, e.state, e.payload
      FROM funnel_event e JOIN dataset d ON d.id = e.dataset_id
      WHERE e.store_id = ${storeId}::bigint AND e.event_name = ${eventName} AND e.id > ${after}::bigint
        AND e.id <= ${through}::bigint
        AND (jsonb_exists_any(e.payload#>'{user_data,external_id}', ${externalId}::text[])
             OR jsonb_exists_any(e.payload#>'{user_data,em}', ${em}::text[])
             OR jsonb_exists_any(e.payload#>'{user_data,ph}', ${ph}::text[]))
      ORDER BY e.id`;
    events.push(...found);
  }
  return events;
}

interface Step {
  readonly eventName: string;
  /** Row IDs: past the first, up to the last. */
  readonly after: bigint;
  readonly through: bigint;
}

/** A store's events in steps of so many, by the index of its log: each of its rows is looked at once. */
async function* stepsOf({ prisma }: Pick<Database, "prisma">, storeId: bigint): AsyncGenerator<Step> {
  for (let eventName: string | null = "" as string; ;) {
    const [next]: { name: string | null }[] = await prisma.$queryRaw`
      SELECT min(event_name) AS name FROM funnel_event WHERE store_id = ${storeId}::bigint AND event_name > ${eventName}`;
    eventName = next?.name ?? null;
    if (eventName === null) return;
    for (let after = 0n; ;) {
      const [step]: { through: bigint | null }[] = await prisma.$queryRaw`
        SELECT max(id) AS through FROM (
          SELECT id FROM funnel_event
          WHERE store_id = ${storeId}::bigint AND event_name = ${eventName} AND id > ${after}::bigint
          ORDER BY id LIMIT ${LOOKED_AT}::int) AS step`;
      if (step?.through == null) break;
      yield { eventName, after, through: step.through };
      after = step.through;
    }
  }
}

/**
 * Deletes a store's events that came before a moment, in one step.
 * @returns whether there may be more
 */
export async function deleteStoreEvents(
  { prisma }: Database,
  storeId: bigint,
  before: Date | null,
): Promise<boolean> {
  const deleted = await prisma.$executeRaw`
    DELETE FROM funnel_event WHERE (day, dataset_id, event_name, event_id) IN (
      SELECT day, dataset_id, event_name, event_id FROM funnel_event
      WHERE store_id = ${storeId}::bigint AND received_at < coalesce(${before}::timestamptz, 'infinity')
      LIMIT ${STEP}::int)`;
  return deleted === STEP;
}

function listsOf({ externalId, em, ph }: FunnelCustomer) {
  const listOf = (hash: Hashed | undefined): string[] => (hash === undefined ? [] : [hash]);
  return { externalId: listOf(externalId), em: listOf(em), ph: listOf(ph) };
}
