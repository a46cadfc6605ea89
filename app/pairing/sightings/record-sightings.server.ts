import { z } from "zod";

import type { Database } from "../../platform/database/database.server.ts";
import { foldSightings } from "./fold-sightings.ts";
import { nameOf, type ReportedSenders } from "./reported-senders.ts";
import { SIGHTING_KINDS, type KeptSighting } from "./sighting.ts";

const count = z.number().int().nonnegative();
const kindSchema = z.enum([...SIGHTING_KINDS, "told"]);
const marksSchema = z.array(z.tuple([count, count, count])).catch([]);

/**
 * Adds one report to what is kept of a store. The caller has made sure that it counts: of the theme that the store shows,
 * and not more often than once in ten minutes a theme. Two processes that do so at the same moment may lose one of two marks.
 */
export async function recordSightings(
  database: Database,
  storeId: bigint,
  reported: ReportedSenders,
  now: number,
): Promise<void> {
  const { direct } = database;
  const { write, remove } = foldSightings(await keptSightings(database, storeId), reported, now);
  if (write.length + remove.length === 0) return;
  const rows = write.map(({ kind, sender, pixelId, sharing, firstSeen, lastSeen, marks }) => ({
    kind,
    sender,
    pixel_id: pixelId,
    sharing,
    first_seen_at: new Date(firstSeen),
    last_seen_at: new Date(lastSeen),
    marks,
  }));
  await direct.$executeRaw`
    WITH gone AS (
      DELETE FROM sighting s WHERE s.store_id = ${storeId}::bigint
        AND jsonb_build_array(s.kind, s.sender, s.pixel_id, s.sharing) IN (
          SELECT value FROM jsonb_array_elements(${`[${remove.map(nameOf).join(",")}]`}::jsonb))
    )
    INSERT INTO sighting AS s (store_id, kind, sender, pixel_id, sharing, first_seen_at, last_seen_at, marks)
    SELECT ${storeId}::bigint, x.kind, x.sender, x.pixel_id, x.sharing, x.first_seen_at, x.last_seen_at, x.marks
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS x(
      kind text, sender text, pixel_id text, sharing text, first_seen_at timestamptz, last_seen_at timestamptz, marks jsonb)
    ON CONFLICT (store_id, kind, sender, pixel_id, sharing) DO UPDATE SET
      last_seen_at = excluded.last_seen_at, marks = excluded.marks`;
}

/** What is kept of a store, by its key. */
export async function keptSightings({ prisma }: Database, storeId: bigint): Promise<readonly KeptSighting[]> {
  const rows = await prisma.sighting.findMany({
    where: { storeId },
    orderBy: [{ kind: "asc" }, { sender: "asc" }, { pixelId: "asc" }, { sharing: "asc" }],
  });
  return rows.flatMap((row): readonly KeptSighting[] => {
    const kind = kindSchema.safeParse(row.kind).data;
    return kind === undefined
      ? []
      : [
          {
            kind,
            sender: row.sender,
            pixelId: row.pixelId,
            sharing: row.sharing,
            firstSeen: row.firstSeenAt.getTime(),
            lastSeen: row.lastSeenAt.getTime(),
            marks: marksSchema.parse(row.marks),
          },
        ];
  });
}
