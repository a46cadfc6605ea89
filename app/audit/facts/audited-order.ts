import type { Money } from "../../quality/sum-tallies.ts";

/**
 * A paid order with both of its copies, as the audit looks at it: names and figures, nothing of a person. What is not known
 * (erased, or not in a file) is null. Times are unix milliseconds.
 */
export interface AuditedOrder {
  /** Where it is found: our row of the conversion, or the line of a file. */
  readonly ref: string;
  readonly orderId: string | null;
  /** As the merchant calls it, such as "#1001". */
  readonly name: string | null;
  /** YYYY-MM-DD, the store's calendar. */
  readonly day: string;
  /** Kind of sale (`SaleKind`). */
  readonly source: string;
  readonly hasBrowserCopy: boolean;
  readonly isTest: boolean;
  readonly eventId: string | null;
  readonly eventTime: number | null;
  readonly paidAt: number;
  readonly receivedAt: number | null;
  /** webhook | sweep | lookup | file */
  readonly via: string;
  readonly value: number | null;
  readonly currency: string | null;
  /** In the shop's currency. */
  readonly worth: Money | null;
  readonly country: string | null;
  /** Names of customer information keys that the order itself brought; null where not known. */
  readonly keys: readonly string[] | null;
  readonly dropped: readonly { readonly key: string; readonly reason: string }[] | null;
  /** Whether its landing page carried Meta's click ID. */
  readonly landedByAd: boolean | null;
  readonly consent: "send" | "limit" | "skip" | null;
  readonly pairing: string;
  readonly server: readonly AuditedServerCopy[];
  readonly browser: AuditedBrowserCopy | null;
  /** How often browsers said that they sent its copy. */
  readonly browserSends: number;
}

/** One delivery; what was sent is null until it was, and once it is erased. */
export interface AuditedServerCopy {
  /** Our row of the dataset. */
  readonly dataset: string;
  /** waiting | due | leased | delivered | retrying | held | dead | skipped */
  readonly state: string;
  readonly skipReason: string | null;
  readonly failure: {
    readonly class: string;
    readonly code: number | null;
    readonly subcode: number | null;
  } | null;
  readonly firstSentAt: number | null;
  readonly askedAt: number | null;
  readonly expiresAt: number | null;
  readonly keys: readonly string[];
  readonly sent: SentCopy | null;
}

export interface SentCopy {
  readonly eventName: string | null;
  readonly eventId: string | null;
  readonly eventTime: number | null;
  readonly actionSource: string | null;
  readonly value: number | null;
  readonly currency: string | null;
  readonly contentIds: readonly string[] | null;
  /** Hashes of the customer's ID; null where the copy carries none. */
  readonly externalIds: readonly string[] | null;
}

export interface AuditedBrowserCopy {
  readonly receivedAt: number;
  /** fire, or the reason why not. */
  readonly answer: string | null;
  /** sent, or fired as older pixels say; blocked; failed */
  readonly outcome: string | null;
  readonly outcomeAt: number | null;
  /** How far the browser's clock is ahead of ours, milliseconds. */
  readonly clockAhead: number | null;
  /** What it was told to send. */
  readonly copy: SentCopy | null;
}
