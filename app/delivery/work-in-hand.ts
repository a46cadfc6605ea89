import type { WorkerOptions } from "./worker-options.ts";

/** What a worker has claimed and not settled yet: the bound on its requests to Meta and on its memory. */
export interface WorkInHand {
  add(work: Work): void;
  remove(work: Work): void;
  isEmpty(): boolean;
  /** Lanes and deliveries that may still be claimed; neither when either is used up. */
  room(): { readonly lanes: number; readonly deliveries: number };
  /** Datasets that have all the requests they may have. */
  busy(): readonly bigint[];
  leaseTokens(): readonly string[];
  /** Resolves when all that was in hand at the call is done. */
  done(): Promise<void>;
}

export interface Work {
  readonly datasetId: bigint;
  readonly leaseToken: string;
  readonly events: number;
  readonly done: Promise<void>;
}

export function createWorkInHand(
  limits: Pick<WorkerOptions, "concurrency" | "perDataset" | "eventsInFlight">,
): WorkInHand {
  const working = new Set<Work>();
  return {
    add: (work) => void working.add(work),
    remove: (work) => void working.delete(work),
    isEmpty: () => working.size === 0,
    room: () => {
      const lanes = limits.concurrency - working.size;
      const deliveries = limits.eventsInFlight - [...working].reduce((sum, { events }) => sum + events, 0);
      return lanes <= 0 || deliveries <= 0 ? { lanes: 0, deliveries: 0 } : { lanes, deliveries };
    },
    busy: () => {
      const counts = new Map<bigint, number>();
      for (const { datasetId } of working) counts.set(datasetId, (counts.get(datasetId) ?? 0) + 1);
      return [...counts].filter(([, count]) => count >= limits.perDataset).map(([id]) => id);
    },
    leaseTokens: () => [...working].map(({ leaseToken }) => leaseToken),
    done: async () => void (await Promise.all([...working].map(({ done }) => done))),
  };
}
