import type { Database } from "../platform/database/database.server.ts";
import type { Log } from "../platform/process/log.server.ts";
import { ORDER_STORED_CHANNEL } from "../platform/database/wake-channels.ts";

/**
 * Browser reports that wait for their order. One listener for the whole process and a map in memory: a waiting report is
 * a timer and an entry, and costs the database nothing. Notifications can be lost while a connection is being renewed,
 * so whoever waits looks once more by itself at the end.
 */
export interface OrderWaiters {
  /** Begins to listen for one order; what comes from now on is not missed. */
  open(order: AwaitedOrder): Promise<OrderWaiter>;
  /** How many wait now. */
  readonly size: number;
  /** Ends every wait, and every later one at once. */
  stop(): void;
}

export interface AwaitedOrder {
  readonly storeId: bigint;
  /** Undefined where the browser knows the checkout only; then its token's hash tells. */
  readonly orderId: string | undefined;
  readonly tokenHash: string;
}

export type Wake = "stored" | "time" | "stopped" | "gone";

export interface OrderWaiter {
  /**
   * Waits for the order, at most so many milliseconds; `gone` when `signal` is aborted because nobody waits any more.
   * A notification that came since the last wait ends the next one at once.
   */
  wait(milliseconds: number, signal: AbortSignal): Promise<Wake>;
  close(): void;
}

/** Reports that know no order ID are looked up together, at most so often per store. Milliseconds. */
const TOKEN_LOOK_MS = 150;

export function createOrderWaiters(deps: { readonly database: Database; readonly log: Log }): OrderWaiters {
  const byKey = new Map<string, Set<() => void>>();
  /** Token hashes that are waited for, by store. */
  const tokens = new Map<string, Set<string>>();
  const looking = new Set<string>();
  const stopping = new AbortController();
  let listening: Promise<unknown> | undefined;
  let size = 0;

  const wake = (key: string): void => {
    for (const callback of byKey.get(key) ?? []) callback();
  };
  const lookForTokens = (storeId: string): void => {
    if (looking.has(storeId) || !tokens.has(storeId)) return;
    looking.add(storeId);
    setTimeout(() => {
      looking.delete(storeId);
      const hashes = [...(tokens.get(storeId) ?? [])];
      findByTokens(deps.database, storeId, hashes).then(
        (found) => found.forEach((hash) => wake(tokenKey(storeId, hash))),
        (error: unknown) => deps.log.warn({ err: error }, "waiting checkouts could not be looked up"),
      );
    }, TOKEN_LOOK_MS).unref();
  };
  const ensureListening = async (): Promise<void> => {
    listening ??= deps.database.listen(ORDER_STORED_CHANNEL, (payload) => {
      wake(payload);
      lookForTokens(payload.slice(0, payload.indexOf(":")));
    });
    try {
      await listening;
    } catch (error) {
      listening = undefined;
      deps.log.warn({ err: error }, "LISTEN for orders failed; waiting reports poll instead");
    }
  };

  return {
    get size() {
      return size;
    },
    stop: () => stopping.abort(),
    open: async ({ storeId, orderId, tokenHash }) => {
      const store = String(storeId);
      const key = orderId === undefined ? tokenKey(store, tokenHash) : `${store}:${orderId}`;
      let stored = false;
      let notice: (() => void) | undefined;
      const onStored = () => {
        stored = true;
        notice?.();
      };
      addTo(byKey, key, onStored);
      if (orderId === undefined) addTo(tokens, store, tokenHash);
      size += 1;
      await ensureListening();
      return {
        wait: (milliseconds, signal) =>
          new Promise<Wake>((resolve) => {
            const end = (result: Wake) => {
              clearTimeout(timer);
              notice = undefined;
              signal.removeEventListener("abort", onGone);
              stopping.signal.removeEventListener("abort", onStop);
              if (result === "stored") stored = false;
              resolve(result);
            };
            const onGone = () => end("gone");
            const onStop = () => end("stopped");
            const timer = setTimeout(() => end("time"), Math.max(0, milliseconds));
            if (stopping.signal.aborted) return onStop();
            if (signal.aborted) return onGone();
            if (stored) return end("stored");
            notice = () => end("stored");
            signal.addEventListener("abort", onGone);
            stopping.signal.addEventListener("abort", onStop);
          }),
        close: () => {
          size -= 1;
          removeFrom(byKey, key, onStored);
          if (orderId === undefined && !byKey.has(key)) removeFrom(tokens, store, tokenHash);
        },
      };
    },
  };
}

async function findByTokens(
  { prisma }: Database,
  storeId: string,
  hashes: readonly string[],
): Promise<readonly string[]> {
  if (hashes.length === 0) return [];
  const rows = await prisma.$queryRaw<{ hash: string }[]>`
    SELECT DISTINCT checkout_token_hash AS hash FROM conversion
    WHERE store_id = ${storeId}::bigint AND checkout_token_hash = ANY(${[...hashes]}::text[])`;
  return rows.map((row) => row.hash);
}

function tokenKey(storeId: string, hash: string): string {
  return `${storeId}:token:${hash}`;
}

function addTo<Value>(map: Map<string, Set<Value>>, key: string, value: Value): void {
  const set = map.get(key) ?? new Set<Value>();
  map.set(key, set.add(value));
}

function removeFrom<Value>(map: Map<string, Set<Value>>, key: string, value: Value): void {
  const set = map.get(key);
  set?.delete(value);
  if (set?.size === 0) map.delete(key);
}
