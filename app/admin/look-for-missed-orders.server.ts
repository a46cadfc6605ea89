import type { Store } from "@prisma/client";

import { MAX_EVENT_AGE } from "../conversions/decide-event-time.ts";
import type { Tandem } from "./tandem.ts";

/** As far back as Meta takes a sale. */
const SPAN_MS = MAX_EVENT_AGE.website * 1000;
/** A merchant is not kept longer; the periodic sweep goes on with the rest. */
const PATIENCE_MS = 20_000;

export interface MissedOrders {
  readonly kind: "swept";
  /** Paid orders that no webhook had brought; they are on their way now. */
  readonly taken: number;
  readonly isFinished: boolean;
  /** Why it is not finished, in words; null = it took too long. */
  readonly problem: string | null;
}

/**
 * Asks Shopify now for the paid orders of the last seven days that never came. Orders from before the installation are
 * left alone: whatever reported them then used event IDs of its own, so Meta would count them twice.
 */
export async function lookForMissedOrders(
  tandem: Pick<Tandem, "clock" | "sweepPeriod">,
  store: Pick<Store, "shop" | "installedAt">,
): Promise<MissedOrders> {
  const now = tandem.clock();
  const outcome = await tandem.sweepPeriod(
    store.shop,
    { from: Math.max(now - SPAN_MS, store.installedAt.getTime()), to: now },
    AbortSignal.timeout(PATIENCE_MS),
  );
  if (outcome.kind === "refused")
    return { kind: "swept", taken: 0, isFinished: false, problem: outcome.words };
  const { taken } = outcome;
  return outcome.kind === "swept"
    ? { kind: "swept", taken, isFinished: true, problem: null }
    : { kind: "swept", taken, isFinished: false, problem: outcome.problem };
}
