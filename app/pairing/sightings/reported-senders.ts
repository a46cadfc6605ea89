import { z } from "zod";

import { PAGE_PARTS, type PagePart, type SightingKey, type SightingKind } from "./sighting.ts";

/** Shopify's number of the Facebook & Instagram channel. */
const CHANNEL_APP = "2329312";
const digits = z.string().regex(/^\d{1,20}$/);

/** A merchant's own text: one line, without what cannot be seen or stored. */
const name = z
  .string()
  .max(80)
  .transform((text) => [...text.toWellFormed().replace(/\p{C}|\s/gu, " ")].slice(0, 40).join("").trim());

const entry = z.object({
  app: z.union([digits, z.literal("tandem")]).optional(),
  custom: name.optional(),
  ids: z.array(digits).max(5),
  sharing: z
    .string()
    .regex(/^[\w-]{1,30}$/)
    .optional()
    .catch(undefined),
});

/** What a page says of itself. A part of another shape reads as not told. */
export const seenSchema = z.object({
  list: z.array(entry).max(12).optional().catch(undefined),
  capi: z.boolean().optional().catch(undefined),
  page: z
    .array(z.object({ id: digits, by: z.enum(["theme", "gtm", "page"]) }))
    .max(12)
    .optional()
    .catch(undefined),
});
export type SeenByPage = z.infer<typeof seenSchema>;

export interface ReportedSenders {
  /** Parts of the page that could be read. */
  readonly told: ReadonlySet<PagePart>;
  readonly named: readonly SightingKey[];
}

/** One report cannot name more: so many that a busy page has room, so few that a forged one costs little. */
const MOST_NAMED = 24;

/** Pure: what one report says, as sightings. */
export function reportedSenders({ list, capi, page }: SeenByPage): ReportedSenders {
  const named = [
    ...(list ?? []).flatMap(namedByEntry),
    ...(capi ? [key("server_side", "channel")] : []),
    ...(page ?? []).map(({ id, by }) => key("page_pixel", by, id)),
  ];
  const told = { list: list !== undefined, server: capi !== undefined, page: page !== undefined };
  return {
    told: new Set(PAGE_PARTS.filter((part) => told[part])),
    named: [...new Map(named.map((each) => [nameOf(each), each])).values()].slice(0, MOST_NAMED),
  };
}

function namedByEntry({ app, custom, ids, sharing }: z.infer<typeof entry>): readonly SightingKey[] {
  if (app === "tandem") return [key("own_pixel", "tandem", "", sharing)];
  if (app === CHANNEL_APP) return (ids.length > 0 ? ids : [""]).map((id) => key("app_pixel", "channel", id));
  if (app !== undefined) return ids.map((id) => key("app_pixel", app, id));
  return custom ? [key("custom_pixel", custom)] : [];
}

function key(kind: SightingKind, sender: string, pixelId = "", sharing = ""): SightingKey {
  return { kind, sender, pixelId, sharing };
}

/** One text for what tells a sighting from others. */
export function nameOf({ kind, sender, pixelId, sharing }: SightingKey): string {
  return JSON.stringify([kind, sender, pixelId, sharing]);
}
