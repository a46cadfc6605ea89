import { purchase } from "../../extensions/contract/events/purchase.ts";
import { Prisma } from "@prisma/client";

import { asList } from "../conversions/read-json.ts";
import type { Database } from "../platform/database/database.server.ts";
import type { Subject } from "./compliance-request.ts";

/** Rows looked at in one statement. */
const STEP = 2_000;

/** Where a search stands; stored between steps, so that any process can go on. */
export interface Search {
  /** Conversions up to this ID have been looked at. */
  readonly throughId: bigint;
  readonly conversionIds: readonly bigint[];
  readonly finished: boolean;
}

/**
 * The next step of the search for the conversions of one customer: those of the orders that were named, then every one
 * whose hashed customer information holds one of the hashes. Details that retention has erased hold nothing to find; those that
 * it has kept because they can still be sent are looked at first.
 */
export async function searchOneStep(
  { prisma }: Database,
  store: { readonly id: bigint; readonly erasedThrough: bigint },
  subject: Subject,
  search: Search | undefined,
): Promise<Search> {
  if (!search) {
    const named = await prisma.conversion.findMany({
      where: { storeId: store.id, eventName: purchase.name, sourceKey: { in: [...subject.orderIds] } },
      select: { id: true },
    });
    const kept = await prisma.$queryRaw<{ id: bigint }[]>`
      SELECT c.id FROM retention_kept k JOIN conversion c ON c.id = k.conversion_id
      WHERE c.store_id = ${store.id}::bigint AND ${holdsOneOf(subject, Prisma.sql`c.document->'customer'`)}`;
    const byHash = subject.em !== undefined || subject.ph !== undefined || subject.externalId !== undefined;
    const conversionIds = [...new Set([...named, ...kept].map(({ id }) => id))];
    return { throughId: store.erasedThrough, conversionIds, finished: !byHash };
  }
  const [row] = await prisma.$queryRaw<{ through: bigint | null; ids: string[] | null }[]>`
    WITH step AS (
      SELECT id, document->'customer' AS customer FROM conversion
      WHERE store_id = ${store.id}::bigint AND id > ${search.throughId}::bigint ORDER BY id LIMIT ${STEP}::int
    )
    SELECT max(id) AS through,
           array_agg(id::text ORDER BY id) FILTER (
             WHERE ${holdsOneOf(subject, Prisma.sql`customer`)}) AS ids
    FROM step`;
  const found = (row?.ids ?? []).map(BigInt);
  return {
    throughId: row?.through ?? search.throughId,
    conversionIds: [...new Set([...search.conversionIds, ...found])],
    finished: row?.through === null || row?.through === undefined,
  };
}

function holdsOneOf({ em, ph, externalId }: Subject, customer: Prisma.Sql): Prisma.Sql {
  const hashes = (value: string | undefined) => (value === undefined ? [] : [value]);
  return Prisma.sql`(jsonb_exists_any(${customer}->'em', ${hashes(em)}::text[])
    OR jsonb_exists_any(${customer}->'ph', ${hashes(ph)}::text[])
    OR jsonb_exists_any(${customer}->'external_id', ${hashes(externalId)}::text[]))`;
}

/** For the row's `progress` column. */
export function writeSearch(search: Search): object {
  return {
    throughId: String(search.throughId),
    conversionIds: search.conversionIds.map(String),
    finished: search.finished,
  };
}

export function readSearch(stored: unknown): Search | undefined {
  if (typeof stored !== "object" || stored === null || !("throughId" in stored)) return undefined;
  const throughId = readNumber(stored.throughId);
  if (throughId === undefined) return undefined;
  const ids = "conversionIds" in stored ? asList(stored.conversionIds).map(readNumber) : [];
  return {
    throughId,
    conversionIds: ids.filter((id) => id !== undefined),
    finished: "finished" in stored && stored.finished === true,
  };
}

function readNumber(value: unknown): bigint | undefined {
  return typeof value === "string" && /^[0-9]{1,19}$/.test(value) ? BigInt(value) : undefined;
}
