import { takeInMissing, type SweepDependencies, type SweepWindow } from "./sweep-orders.server.ts";
import {
  MOST_SET_ASIDE,
  readSetAside,
  setAside,
  stillWanted,
  without,
  type SetAsideOrder,
} from "./set-aside-orders.ts";

/** The orders of one store that are set aside, for the length of one sweep; every change is written down at once. */
export interface OrderShelf {
  has(orderId: string): boolean;
  /** @returns false when it is full */
  add(orderId: string): Promise<boolean>;
  /** Asks again for those whose time has come. @returns how many were taken in */
  tryAgain(
    window: Pick<SweepWindow, "shop" | "paidFrom" | "paidBefore">,
    signal: AbortSignal,
  ): Promise<number>;
  readonly size: number;
}

/** In a row; then the rest wait for the next sweep, because Shopify itself may be away. */
const MOST_FAILURES = 3;

export function openShelf(
  deps: SweepDependencies,
  store: { readonly id: bigint; readonly sweepSetAside: unknown },
): OrderShelf {
  let list = stillWanted(readSetAside(store.sweepSetAside), deps.clock());
  const keep = async (next: readonly SetAsideOrder[]): Promise<void> => {
    await deps.database.prisma.store.updateMany({
      where: { id: store.id },
      data: { sweepSetAside: next.map((each) => ({ ...each })) },
    });
    list = next;
  };
  return {
    get size() {
      return list.length;
    },
    has: (orderId) => list.some((each) => each.orderId === orderId),
    add: async (orderId) => {
      if (list.length >= MOST_SET_ASIDE) return false;
      await keep(setAside(list, orderId, deps.clock()));
      return true;
    },
    tryAgain: async (window, signal) => {
      let [taken, failures] = [0, 0];
      const due = list.filter((each) => each.nextAt <= deps.clock()).sort((a, b) => a.nextAt - b.nextAt);
      for (const { orderId } of due) {
        if (signal.aborted || failures >= MOST_FAILURES) break;
        const outcome = await takeInMissing(deps, window, orderId, signal);
        if (outcome.kind === "failed") {
          failures += 1;
          await keep(setAside(list, orderId, deps.clock()));
        } else {
          failures = 0;
          await keep(without(list, orderId));
          if (outcome.isNew) taken += 1;
        }
      }
      return taken;
    },
  };
}
