import { z } from "zod";

import type { Database } from "../platform/database.server.ts";

const SENDERS = ["shopify_meta_channel", "gtm", "other_fbq"] as const;

const schema = z.object({
  v: z.literal(1),
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
});

/** What the storefront embed says of itself and its neighbours; nothing about the visitor. */
export type HeartbeatReport = z.infer<typeof schema>;

export function parseHeartbeat(value: unknown): HeartbeatReport | undefined {
  return schema.safeParse(value).data;
}

/** A shop has a handful of themes; previews of more are not kept. */
const MOST_THEMES = 20;

/**
 * One row per theme: when it was last seen, its version, who else sends from its pages. The neighbours are those of the
 * last beat, so that a Pixel that was removed disappears.
 *
 * @param now Unix milliseconds
 */
export async function recordHeartbeat(
  { prisma }: Database,
  storeId: bigint,
  beat: HeartbeatReport,
  now: number,
): Promise<void> {
  const theme = String(beat.theme ?? "unknown");
  const blocked = beat.blocked === true ? 1 : 0;
  await prisma.$executeRaw`
    INSERT INTO heartbeat AS h (store_id, theme, version, last_seen_at, beats, pixels, senders, blocked)
    SELECT ${storeId}::bigint, ${theme}, ${beat.version}, ${new Date(now)}::timestamptz, 1,
           ${JSON.stringify([...new Set(beat.pixels)])}::jsonb, ${JSON.stringify([...new Set(beat.senders)])}::jsonb, ${blocked}::bigint
    WHERE EXISTS (SELECT 1 FROM heartbeat k WHERE k.store_id = ${storeId}::bigint AND k.theme = ${theme})
       OR (SELECT count(*) FROM heartbeat k WHERE k.store_id = ${storeId}::bigint) < ${MOST_THEMES}::int
    ON CONFLICT (store_id, theme) DO UPDATE SET
      version = excluded.version, last_seen_at = excluded.last_seen_at, beats = h.beats + 1,
      pixels = excluded.pixels, senders = excluded.senders, blocked = h.blocked + excluded.blocked`;
}
