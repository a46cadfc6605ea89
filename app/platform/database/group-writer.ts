import { outsideRequests } from "../process/request-context.server.ts";

/**
 * Writes what many callers bring in groups: while one group is being written, the next gathers. Under load the cost of a
 * commit is shared, at rest nothing waits.
 *
 * What must stay true:
 * - A caller is told only after the commit of its own item.
 * - One item that the database refuses never fails its neighbours: the group is halved until it stands alone.
 * - Nobody waits without end: an item that is not written in time is given up, and if its turn has not come, never
 *   written. Its caller may bring it again, so writing an item twice must be harmless.
 * - An item that comes at any moment, also just as the last group ends, is written: what ends a group looks for the next.
 */
export interface GroupWriter<Item, Result> {
  /**
   * @throws Refused when the database refuses this very item; Overloaded when it cannot be written in time; else what
   * the writing of its group threw (no connection, say): nothing is known of this item then
   */
  write(item: Item, options?: { readonly longestWaitMs?: number }): Promise<Result>;
  /** Resolves when nothing is being written or waits to be. */
  idle(): Promise<void>;
  /** Items that wait for their turn. */
  readonly waiting: number;
}

/** The database refuses this item, and will again: its values do not fit. */
export class Refused extends Error {
  override readonly name = "Refused";
}

/** Too much to do: try again later. Not written, or not known to be. */
export class Overloaded extends Error {
  override readonly name = "Overloaded";
}

export interface GroupWriterOptions<Item, Result> {
  /** Writes all or nothing of a group; gives a result for each item, in their order. */
  readonly writeGroup: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** Whether what `writeGroup` threw says that an item of the group is to blame. */
  readonly isRefusal: (error: unknown) => boolean;
  /** What a group may weigh at most; a heavier item goes alone. */
  readonly largestGroup: number;
  /** Default: each item weighs 1. */
  readonly weightOf?: (item: Item) => number;
  /** Groups under way at once; default 1. */
  readonly groupsAtOnce?: number;
  /** Items that may wait; more are turned away at once. */
  readonly mostWaiting: number;
  /**
   * Whether an item is turned away at once that could hardly be written in time: where the full groups before it take
   * longer than it may wait, at the pace of the last ones, and where groups fail and the next is full already.
   */
  readonly turnsAwayEarly?: boolean;
  /** How long an item waits, the writing included. Milliseconds. */
  readonly longestWaitMs: number;
  /**
   * Called after each group, before the next: a writer that works in this very thread lets others gather meanwhile.
   * @param tookMs how long the group took
   */
  readonly rest?: (tookMs: number) => Promise<void>;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
  /** Its caller was told that it takes too long. */
  isGivenUp: boolean;
}

export function createGroupWriter<Item, Result>(
  options: GroupWriterOptions<Item, Result>,
): GroupWriter<Item, Result> {
  const { writeGroup, isRefusal, largestGroup, mostWaiting, groupsAtOnce = 1 } = options;
  const weightOf = options.weightOf ?? (() => 1);
  let queue: Waiting<Item, Result>[] = [];
  let underWay = 0;
  let onIdle: (() => void)[] = [];
  /** How long the groups written last took, each from its start to the start of the next. Milliseconds. */
  let groupMs = 0;
  /** The last group failed, and not for an item's sake. */
  let isFailing = false;

  const nextGroup = (): Waiting<Item, Result>[] => {
    queue = queue.filter(({ isGivenUp }) => !isGivenUp);
    let weight = 0;
    let size = 0;
    for (const { item } of queue) {
      weight += weightOf(item);
      if (size > 0 && weight > largestGroup) break;
      size += 1;
    }
    return queue.splice(0, size);
  };

  /** All of a group, or after a refusal its halves, one after the other. Never throws. */
  const writeOrHalve = async (group: readonly Waiting<Item, Result>[]): Promise<void> => {
    try {
      const results = await writeGroup(group.map(({ item }) => item));
      isFailing = false;
      group.forEach(({ resolve, reject }, position) => {
        const result = results[position];
        if (position in results) resolve(result as Result);
        else reject(new Error("the group was written without a result for this item"));
      });
    } catch (error) {
      if (!isRefusal(error)) {
        isFailing = true;
        for (const { reject } of group) reject(error);
      } else if (group.length === 1) {
        group[0]?.reject(new Refused("the database refuses this item", { cause: error }));
      } else {
        const middle = Math.ceil(group.length / 2);
        await writeOrHalve(group.slice(0, middle));
        await writeOrHalve(group.slice(middle));
      }
    }
  };

  const writeNext = async (): Promise<void> => {
    const began = performance.now();
    const group = nextGroup();
    if (group.length > 0) {
      await writeOrHalve(group);
      await options.rest?.(performance.now() - began);
      groupMs += (performance.now() - began - groupMs) / 4;
    }
  };

  const pump = (): void => {
    while (underWay < groupsAtOnce && queue.length > 0) {
      underWay += 1;
      // A group is of many requests: what is logged of it names none of them.
      void outsideRequests(writeNext).finally(() => {
        underWay -= 1;
        pump();
      });
    }
    if (underWay === 0 && queue.length === 0) {
      for (const resolve of onIdle) resolve();
      onIdle = [];
    }
  };

  const isFull = (longestWaitMs: number): boolean => {
    if (queue.length >= mostWaiting) return true;
    if (!options.turnsAwayEarly) return false;
    const turnsBefore = Math.floor(queue.length / largestGroup) / groupsAtOnce;
    return turnsBefore * groupMs > longestWaitMs || (isFailing && queue.length >= largestGroup);
  };

  return {
    get waiting() {
      return queue.length;
    },
    write: (item, { longestWaitMs = options.longestWaitMs } = {}) =>
      new Promise((resolve, reject) => {
        if (isFull(longestWaitMs)) {
          reject(new Overloaded("too many items wait to be written"));
          return;
        }
        const waiting: Waiting<Item, Result> = {
          item,
          resolve: (result) => {
            clearTimeout(timer);
            resolve(result);
          },
          reject: (error) => {
            clearTimeout(timer);
            reject(error as Error);
          },
          isGivenUp: false,
        };
        const timer = setTimeout(() => {
          waiting.isGivenUp = true;
          reject(new Overloaded(`not written within ${longestWaitMs} ms`));
        }, longestWaitMs);
        queue.push(waiting);
        pump();
      }),
    idle: () =>
      underWay === 0 && queue.length === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            onIdle.push(resolve);
          }),
  };
}
