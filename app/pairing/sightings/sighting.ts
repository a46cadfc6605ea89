/** What pages of a storefront say of others that send to Meta (docs/decisions/0820). Times are unix milliseconds. */

export const SIGHTING_KINDS = [
  "app_pixel",
  "custom_pixel",
  "server_side",
  "page_pixel",
  "own_pixel",
] as const;
export type SightingKind = (typeof SIGHTING_KINDS)[number];

/** Parts of a page; one that cannot be read says nothing of its kinds. */
export const PAGE_PARTS = ["list", "server", "page"] as const;
export type PagePart = (typeof PAGE_PARTS)[number];

/** Which part of a page can name a kind of sender. */
export const PART_OF: Readonly<Record<SightingKind, PagePart>> = {
  app_pixel: "list",
  custom_pixel: "list",
  own_pixel: "list",
  server_side: "server",
  page_pixel: "page",
};

/** What tells one sighting from another. `told`, sender = a part of the page: that the part could be read. */
export interface SightingKey {
  readonly kind: SightingKind | "told";
  readonly sender: string;
  /** Empty where none is named. */
  readonly pixelId: string;
  /** Of our own pixel alone; else empty. */
  readonly sharing: string;
}

/** An hour since 1970 with reports: how many named it, of how many that could have. */
export type HourMark = readonly [hour: number, named: number, reports: number];

export interface KeptSighting extends SightingKey {
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** Oldest first. */
  readonly marks: readonly HourMark[];
}

/** Something that pages of the storefront said of themselves, weighed. Any visitor can make a page say it. */
export interface Sighting {
  readonly kind: SightingKind;
  /** Meta's dataset (Pixel) ID where the page names one. */
  readonly pixelId: string | null;
  /**
   * Who: `channel` (Shopify's own Facebook & Instagram app), an app's number, a custom pixel's name, `theme`, `gtm`, `page`
   * (not known by what), `tandem`.
   */
  readonly sender: string;
  /** Of our own pixel: `optimized`, `unrestricted`, or as the page has it. */
  readonly sharing: string | null;
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** Hours with reports that named it, of the newest 48. */
  readonly hours: number;
  /** Hours with reports since the first of these. */
  readonly ofHours?: number;
  readonly isCredible: boolean;
  /** Credible, and no page says it any more: what was there has gone. */
  readonly isGone: boolean;
  /** Neither believed yet nor contradicted: nobody can say that all is well. */
  readonly isPending?: boolean;
}

export const hourOf = (time: number): number => Math.floor(time / 3_600_000);
