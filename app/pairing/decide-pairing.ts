import type { BrowserOutcome } from "./browser-outcome.ts";
import { countAtMeta, type SentCopy } from "./count-at-meta.ts";

/**
 * How the two copies of one conversion stand to each other. `paired`: both were sent and Meta counts them as one sale,
 * even where their figures differ; `mismatched`: both were sent and Meta may count two.
 */
export type Pairing = "pending" | "paired" | "server_only" | "browser_only" | "mismatched";

/** What is known of both copies to one dataset. */
export interface DatasetCopies {
  /** What the browser said became of its copy; null = it was not told to fire, or has not said. */
  readonly browser: BrowserOutcome | null;
  /** `ended`: no server copy went and none will (skipped or dead). */
  readonly server: "pending" | "delivered" | "ended";
  readonly browserCopy: SentCopy;
  readonly serverCopy: SentCopy;
  /** Whether a browser may still say that it fired. */
  readonly mayStillFire: boolean;
}

export interface PairingDecision {
  readonly pairing: Pairing;
  /** Nothing more is expected; `pending` and closed: neither side sent anything. */
  readonly isClosed: boolean;
}

/** Pure. A browser copy that comes late still turns `server_only` into `paired`. */
export function decideDatasetPairing(copies: DatasetCopies): PairingDecision {
  const { browser, server } = copies;
  if (browser === "sent") {
    if (server === "pending") return { pairing: "pending", isClosed: false };
    if (server === "ended") return { pairing: "browser_only", isClosed: true };
    const { kind } = countAtMeta(copies.browserCopy, copies.serverCopy);
    return { pairing: kind === "once" ? "paired" : "mismatched", isClosed: true };
  }
  if (server === "pending" || (browser === null && copies.mayStillFire))
    return { pairing: "pending", isClosed: false };
  return { pairing: server === "delivered" ? "server_only" : "pending", isClosed: true };
}

/** What stands for the whole store, the first that holds at any dataset. */
const ORDER: readonly PairingDecision[] = [
  { pairing: "mismatched", isClosed: true },
  { pairing: "paired", isClosed: true },
  { pairing: "server_only", isClosed: true },
  { pairing: "pending", isClosed: false },
  { pairing: "browser_only", isClosed: true },
];

/** The pairing of a conversion over all of its datasets, as the store's figures count it. */
export function decidePairing(datasets: readonly DatasetCopies[]): PairingDecision {
  const decisions = datasets.map(decideDatasetPairing);
  const found = ORDER.find(({ pairing, isClosed }) =>
    decisions.some((each) => each.pairing === pairing && each.isClosed === isClosed),
  );
  // One dataset may have been none of the browser's, while at another its copy may still come.
  const mayCome = datasets.some((each) => each.browser === null && each.mayStillFire);
  if (found?.pairing === "server_only" && mayCome) return { pairing: "pending", isClosed: false };
  return found ?? { pairing: "pending", isClosed: true };
}
