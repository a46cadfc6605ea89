/** What Meta sees of one copy of a purchase when it looks for its twin. */
export interface SentCopy {
  readonly eventName: string;
  readonly eventId: string;
  /** The time that the copy names; unix seconds. */
  readonly eventTime: number;
  /** When it was sent; unix milliseconds, null = not known. */
  readonly sentAt: number | null;
}

/** What makes two copies two sales. */
export type Difference = "event_name" | "event_id" | "time";

export type Counting =
  | {
      readonly kind: "once";
      /** Whose figures Meta most likely holds; null = not known. */
      readonly holds: "browser" | "server" | null;
      readonly because: "browser_preferred" | "first" | null;
    }
  | { readonly kind: "twice"; readonly because: readonly Difference[] };

/** Meta looks for a second copy this long. Milliseconds. */
const SAME_SALE_MS = 48 * 3_600_000;

/** Of two copies that arrive within this Meta prefers the browser's. Milliseconds. */
const BROWSER_PREFERRED_MS = 5 * 60_000;

/**
 * Whether Meta counts a browser's and a server's copy, sent to one dataset, as one sale. Pure, and the only place where
 * this is decided. Meta's rule: the same event name and event ID within 48 hours is one event, whatever else differs; of
 * copies within five minutes the browser's is preferred, else generally the first to arrive
 * (https://developers.facebook.com/docs/marketing-api/conversions-api/deduplicate-pixel-and-server-events). The page
 * does not say which clock counts, so either one that shows more than 48 hours makes two of them.
 */
export function countAtMeta(browser: SentCopy, server: SentCopy): Counting {
  const named = Math.abs(browser.eventTime - server.eventTime) * 1000;
  const sent =
    browser.sentAt === null || server.sentAt === null ? null : Math.abs(browser.sentAt - server.sentAt);
  const because: Difference[] = [
    ...(browser.eventName === server.eventName ? [] : ["event_name" as const]),
    ...(browser.eventId === server.eventId ? [] : ["event_id" as const]),
    ...(Math.max(named, sent ?? 0) > SAME_SALE_MS ? ["time" as const] : []),
  ];
  if (because.length > 0) return { kind: "twice", because };
  if (browser.sentAt === null || server.sentAt === null || sent === null)
    return { kind: "once", holds: null, because: null };
  if (sent <= BROWSER_PREFERRED_MS) return { kind: "once", holds: "browser", because: "browser_preferred" };
  return { kind: "once", holds: browser.sentAt < server.sentAt ? "browser" : "server", because: "first" };
}
