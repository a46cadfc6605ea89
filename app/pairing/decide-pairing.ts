/** How the two copies of one conversion stand to each other. */
export type Pairing = "pending" | "paired" | "server_only" | "browser_only" | "mismatched";

/** What identifies a copy at Meta, and what both must agree in. */
export interface CopyFigures {
  readonly eventId: string;
  /** Unix seconds. */
  readonly eventTime: number;
  readonly value: number;
  readonly currency: string;
}

export interface PairingState {
  /** What the browser said became of its copy; null = it was not told to fire, or has not said. */
  readonly browser: "fired" | "blocked" | "failed" | null;
  /** `ended`: no server copy went and none will (skipped or dead). */
  readonly server: "pending" | "delivered" | "ended";
  readonly browserCopy: CopyFigures | null;
  /** One for each dataset that took the server copy. */
  readonly serverCopies: readonly CopyFigures[];
  /** Whether a browser may still say that it fired. */
  readonly mayStillFire: boolean;
}

export interface PairingDecision {
  readonly pairing: Pairing;
  /** Nothing more is expected; `pending` and closed: neither side sent anything. */
  readonly isClosed: boolean;
}

/** Meta compares ID and name, but reports of copies further apart than this as odd. Seconds. */
const SAME_TIME_S = 5 * 60;

/** Pure. A browser copy that comes late still turns `server_only` into `paired`. */
export function decidePairing(state: PairingState): PairingDecision {
  const { browser, server, browserCopy, serverCopies } = state;
  if (browser === "fired") {
    if (server === "pending") return { pairing: "pending", isClosed: false };
    if (server === "ended") return { pairing: "browser_only", isClosed: true };
    const agrees = serverCopies.every((copy) => browserCopy !== null && isSame(copy, browserCopy));
    return { pairing: agrees ? "paired" : "mismatched", isClosed: true };
  }
  if (server === "pending" || (browser === null && state.mayStillFire))
    return { pairing: "pending", isClosed: false };
  return { pairing: server === "delivered" ? "server_only" : "pending", isClosed: true };
}

function isSame(left: CopyFigures, right: CopyFigures): boolean {
  return (
    left.eventId === right.eventId &&
    left.currency === right.currency &&
    left.value === right.value &&
    Math.abs(left.eventTime - right.eventTime) <= SAME_TIME_S
  );
}
