import { z } from "zod";

import type { Database } from "../platform/database/database.server.ts";
import { seenSchema } from "./sightings/reported-senders.ts";

const SENDERS = ["shopify_meta_channel", "gtm", "other_fbq"] as const;

/** Version 1 came from embeds that did not read the page's list of web pixels. */
const schema = z.object({
  v: z.union([z.literal(1), z.literal(2)]),
  version: z.string().regex(/^[\w.+-]{1,20}$/),
  theme: z
    .union([z.number().int().positive(), z.string().regex(/^\d{1,20}$/)])
    .nullish()
    .catch(undefined),
  pixels: z
    .array(z.string().regex(/^\d{1,20}$/))
    .max(10)
    .catch([])
    .default([]),
  senders: z.array(z.enum(SENDERS).catch("other_fbq")).max(10).catch([]).default([]),
  blocked: z.boolean().optional().catch(undefined),
  seen: seenSchema.optional().catch(undefined),
});

/** What the storefront embed says of itself and its neighbours; nothing about the visitor. */
export type HeartbeatReport = z.infer<typeof schema>;

export function parseHeartbeat(value: unknown): HeartbeatReport | undefined {
  return schema.safeParse(value).data;
}

/** A shop has a handful of themes. */
const MOST_THEMES = 20;
/** The embed reports daily from each browser: a theme that said nothing for so long is not the one that buyers see. */
const SILENT_MS = 2 * 86_400_000;

/** The theme that a beat speaks of: its numeric ID, as a string. */
export function themeOf(beat: HeartbeatReport): string {
  return String(beat.theme ?? "unknown");
}

/**
 * One row per theme: when it was last seen, its version, who else sends from its pages. The neighbours are those of the
 * last beat, so that a Pixel that was removed disappears.
 *
 * Any visitor can name themes that do not exist, as often as they like. So `beats` counts the hours in which a theme was
 * seen, and where the store has its number of themes, one of the others goes: silent ones first, then the one of the
 * fewest hours, and of these the one that came last, so that made-up ones displace one another. A theme that has been
 * published for a while has the most and stays.
 *
 * The first beat, and the first after a silence, stand in the log of changes (docs/decisions/0762).
 *
 * @param now Unix milliseconds
 * @returns whether this is the theme that the store shows, as far as hours tell: seen in half as many as the one of the most
 */
export async function recordHeartbeat(
  { direct }: Database,
  storeId: bigint,
  beat: HeartbeatReport,
  now: number,
): Promise<{ readonly isShown: boolean }> {
  const theme = themeOf(beat);
  const blocked = beat.blocked === true ? 1 : 0;
  const [row] = await direct.$queryRaw<{ beats: bigint; most: bigint | null }[]>`
    WITH others AS (
      SELECT k.theme, row_number() OVER (
        ORDER BY k.last_seen_at > ${new Date(now - SILENT_MS)}::timestamptz DESC, k.beats DESC, k.last_seen_at, k.theme) AS place
      FROM heartbeat k WHERE k.store_id = ${storeId}::bigint AND k.theme <> ${theme}
    ), gone AS (
      DELETE FROM heartbeat k USING others o
      WHERE k.store_id = ${storeId}::bigint AND k.theme = o.theme AND o.place >= ${MOST_THEMES}::int
    ), last AS (
      SELECT max(k.last_seen_at) AS at FROM heartbeat k WHERE k.store_id = ${storeId}::bigint
    ), noted AS (
      INSERT INTO store_change (store_id, at, kind, by)
      SELECT ${storeId}::bigint, c.at, c.kind, 'app'
      FROM last l CROSS JOIN LATERAL (VALUES
        (l.at, 'embed_silent'), (${new Date(now)}::timestamptz, 'embed_reports')) AS c(at, kind)
      WHERE c.at IS NOT NULL AND coalesce(l.at, '-infinity') < ${new Date(now - SILENT_MS)}::timestamptz
    )
    INSERT INTO heartbeat AS h (store_id, theme, version, last_seen_at, beats, pixels, senders, blocked)
    VALUES (${storeId}::bigint, ${theme}, ${beat.version}, ${new Date(now)}::timestamptz, 1,
           ${JSON.stringify([...new Set(beat.pixels)])}::jsonb, ${JSON.stringify([...new Set(beat.senders)])}::jsonb, ${blocked}::bigint)
    ON CONFLICT (store_id, theme) DO UPDATE SET
      version = excluded.version, last_seen_at = excluded.last_seen_at, beats = h.beats + CASE
        WHEN floor(extract(epoch FROM h.last_seen_at) / 3600) < floor(extract(epoch FROM excluded.last_seen_at) / 3600) THEN 1 ELSE 0 END,
      pixels = excluded.pixels, senders = excluded.senders, blocked = h.blocked + excluded.blocked
    RETURNING h.beats, (
      SELECT max(k.beats) FROM heartbeat k
      WHERE k.store_id = ${storeId}::bigint AND k.last_seen_at > ${new Date(now - SILENT_MS)}::timestamptz) AS most`;
  return { isShown: row !== undefined && row.beats * 2n >= (row.most ?? 0n) };
}
