import type { Database } from "../platform/database/database.server.ts";
import type { Subject } from "./compliance-request.ts";
import { writeSearch, type Search } from "./find-customer-conversions.server.ts";

/**
 * By what a sealed export is found again when the customer is redacted, kept in the request's `progress` for as long as
 * the export: its conversions, the orders that were named, and the hashes by which the customer was known. The
 * conversions alone would not do: retention may have erased, before the redaction, what leads from an e-mail address to
 * them. A redaction may also name the customer otherwise than the export did, so the hashes of the exported orders count.
 */
export async function leaveTrail(
  { prisma }: Database,
  storeId: bigint,
  subject: Subject,
  search: Search,
): Promise<object> {
  const rows = await prisma.$queryRaw<{ hash: string }[]>`
    SELECT DISTINCT h.hash FROM conversion c
    CROSS JOIN LATERAL jsonb_array_elements_text(
      coalesce(c.document->'customer'->'em', '[]'::jsonb) || coalesce(c.document->'customer'->'ph', '[]'::jsonb)
      || coalesce(c.document->'customer'->'external_id', '[]'::jsonb)) AS h(hash)
    WHERE c.store_id = ${storeId}::bigint AND c.id = ANY(${search.conversionIds.map(String)}::bigint[])`;
  return {
    ...writeSearch(search),
    hashes: [...new Set([...hashesOf(subject), ...rows.map(({ hash }) => hash)])],
    orderIds: [...subject.orderIds],
  };
}

/** What was exported of a customer before must not outlive the redaction. */
export async function destroyExportsOf(
  { prisma }: Database,
  shop: string,
  subject: Subject,
  conversionIds: readonly bigint[],
): Promise<void> {
  await prisma.$executeRaw`
    UPDATE compliance_request SET sealed_export = NULL, export_expires_at = NULL, progress = NULL
    WHERE shop = ${shop} AND sealed_export IS NOT NULL AND (
      jsonb_exists_any(progress->'conversionIds', ${conversionIds.map(String)}::text[])
      OR jsonb_exists_any(progress->'hashes', ${hashesOf(subject)}::text[])
      OR jsonb_exists_any(progress->'orderIds', ${[...subject.orderIds]}::text[]))`;
}

function hashesOf(subject: Subject): string[] {
  return [subject.em, subject.ph, subject.externalId].filter((hash) => hash !== undefined);
}
