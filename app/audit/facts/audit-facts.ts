import type { Copies } from "../../../extensions/contract/events/event-declaration.ts";
import type { PagePart, Sighting } from "../../pairing/sightings/sighting.ts";
import type { DatasetScore } from "../../quality/dataset-score.ts";
import type { Money, Sum } from "../../quality/sum-tallies.ts";
import type { AuditedOrder } from "./audited-order.ts";

/**
 * Everything that the checks decide from. Gathered apart (`gather-facts.server.ts`, or from files), so that a check is a pure
 * function of it. A part that nobody could gather is null: the check then answers "not known", never "holds".
 *
 * Times are unix milliseconds, days the store's calendar days as YYYY-MM-DD, shares 0 to 1.
 */
export interface AuditFacts {
  readonly now: number;
  readonly today: string;
  /** Null where only files are looked at. */
  readonly store: AuditedStore | null;
  /** Connected datasets, paused ones too. */
  readonly datasets: readonly AuditedDataset[];
  /** Our datasets, by Meta's ID, to which another store sends with order numbers as event IDs too; null where not known. */
  readonly sharedDatasets: readonly string[] | null;
  readonly storefront: AuditedStorefront | null;
  /** The last 91 days on which Tandem was there, oldest first, today included; days without an order too. */
  readonly days: readonly AuditedDay[];
  /** Events of a visit that the store sends, those worth most first; null where only files are looked at. */
  readonly funnel: readonly AuditedEvent[] | null;
  /** The newest orders, at most 28 days old. */
  readonly orders: LookedOrders;
  /** Browsers that say they sent a purchase of which no paid order is known; null where not known. */
  readonly strayReports: { readonly count: number; readonly since: string | null } | null;
  /** What Shopify counts, by day; null while it could not be asked. */
  readonly shopify: readonly ShopifyDay[] | null;
  /** What Meta says that it received, by day; null while nobody told. */
  readonly received: readonly ReceivedDay[] | null;
  /** Days until our version of Meta's API is withdrawn. */
  readonly apiDaysLeft: number;
}

export interface LookedOrders {
  /** Newest first. */
  readonly list: readonly AuditedOrder[];
  /** False where the store has more of these days than were looked at. */
  readonly isAll: boolean;
  /** Day of the oldest one; null where there is none. */
  readonly from: string | null;
}

export interface AuditedStore {
  readonly shop: string;
  readonly country: string | null;
  readonly currency: string | null;
  readonly eventIdRule: string;
  readonly valueBasis: string;
  readonly contentId: string;
  readonly consentPolicy: string;
  readonly installedAt: number;
  /** Kinds of order that are switched on. */
  readonly sourcesOn: readonly string[];
  readonly hasTestCode: boolean;
  /** Null where no code is set, or none that ends. */
  readonly testCodeUntil: number | null;
  readonly sweepProblem: string | null;
  readonly sweptThrough: number | null;
  /** Orders that Shopify listed and would not give. */
  readonly setAside: number;
  readonly webPixel: {
    readonly state: string | null;
    readonly problem: string | null;
    readonly at: number | null;
  };
  /**
   * What Shopify says of our web pixel: `ALWAYS_ON`, `OPTIMIZED_ALLOW_ALL_EVENTS`, `OPTIMIZED_ALLOW_LIMITED_EVENTS`,
   * `OPTIMIZED_PAUSE_ALL_EVENTS`, `PAUSED`; null where Shopify was not asked or did not tell.
   */
  readonly webPixelSharing: { readonly state: string; readonly at: number } | null;
  /** Countries where Shopify's settings ask buyers for consent; null where they could not be read. */
  readonly consentCountries: readonly string[] | null;
  /** Newest change of the event ID rule. */
  readonly ruleChangedAt: number | null;
}

export interface AuditedDataset {
  /** Our row. */
  readonly row: string;
  readonly datasetId: string;
  readonly label: string;
  readonly state: string;
  readonly hasToken: boolean;
  readonly checkResult: string | null;
  readonly checkedAt: number | null;
  /** When Meta last took something; null = never. */
  readonly lastSentAt: number | null;
  readonly held: { readonly class: string; readonly since: number } | null;
  /** Null where Meta did not say; 0 = never. */
  readonly tokenExpiresAt: number | null;
  readonly connectedAt: number;
  /** Deliveries that Meta stops taking within 24 hours. */
  readonly expiringSoon: number;
  readonly snapshots: readonly AuditedSnapshot[];
}

/** Meta's answer of one day. */
export interface AuditedSnapshot {
  readonly day: string;
  readonly takenAt: number;
  /** Class of the refusal; null where Meta answered. */
  readonly problem: string | null;
  /** By event name; empty where Meta knows none. */
  readonly events: Readonly<Record<string, DatasetScore>>;
  /** The same of what Tandem sent alone; null where Meta was not asked or did not tell. */
  readonly ours: Readonly<Record<string, DatasetScore>> | null;
}

export interface AuditedStorefront {
  /** Null while no page reported. */
  readonly lastHeartbeat: number | null;
  readonly version: string | null;
  readonly newestVersion: string;
  /** What pages said of other senders, each with how often: hearsay until `isKnown`. */
  readonly sightings: readonly Sighting[];
  /** Parts of the page that are read often enough to be silent about something; what is not in it clears nobody. */
  readonly told?: readonly PagePart[];
}

export interface AuditedDay {
  readonly day: string;
  /** Every paid order but tests. */
  readonly orders: Sum;
  /** Web orders by what became of their two copies. */
  readonly pairing: Readonly<
    Record<"paired" | "server_only" | "browser_only" | "mismatched" | "pending", Sum>
  >;
  /** By our row of the dataset. */
  readonly datasets: Readonly<Record<string, AuditedDatasetDay>>;
}

export interface AuditedDatasetDay {
  readonly delivered: Sum;
  readonly open: Sum;
  readonly failed: Sum;
  /** By reason. */
  readonly skipped: Readonly<Record<string, Sum>>;
  /** Delivered events that carried a key of customer information. */
  readonly keys: Readonly<Record<string, number>>;
  /** Requests by result, `ok` or the class of the failure. */
  readonly requests: Readonly<Record<string, number>>;
}

/** One event of a visit, over all datasets. */
export interface AuditedEvent {
  /** Meta's name. */
  readonly event: string;
  readonly copies: Exclude<Copies, "off">;
  /** The last eight days, today included, oldest first. */
  readonly days: readonly AuditedEventDay[];
}

export interface AuditedEventDay {
  readonly day: string;
  /** Reported by browsers. */
  readonly taken: number;
  /** Once settled: which copies Meta has. */
  readonly paired: number;
  readonly serverOnly: number;
  readonly browserOnly: number;
  readonly neither: number;
  /** Server copies refused for good, by class. */
  readonly refused: Readonly<Record<string, number>>;
  /** Given up for want of room. */
  readonly shed: number;
  /** Server copies that Meta took and that carried a key of customer information. */
  readonly keys: Readonly<Record<string, number>>;
}

export interface ShopifyDay {
  readonly day: string;
  readonly orders: number;
  /** What they are worth; null where only the number is known. */
  readonly worth: Money | null;
  /** What of that was given back since, in the same currency; null where not known. */
  readonly refunded: number | null;
  readonly askedAt: number;
}

export interface ReceivedDay {
  readonly day: string;
  readonly datasetId: string;
  readonly eventName: string;
  readonly browser: number | null;
  readonly server: number | null;
  /** Both together where Meta does not tell them apart. */
  readonly total: number;
  readonly worth: Money | null;
}
