import pg from "pg";

import type { Log } from "../process/log.server.ts";
import { reconnectDelayMs } from "./reconnect-delay.ts";

type OnNotify = (payload: string) => void;

export interface ServerListener {
  /**
   * Calls back for each notification on the channel, from the moment that the server knows of it until the returned
   * function is called. Resolves when the server knows, or when the attempt that is under way has failed: the channel is
   * then listened to as soon as the server is back, and nobody needs to ask again. Rejects only after `close`.
   */
  listen(channel: string, onNotify: OnNotify): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** A connection that lived so long worked: the count of failures begins anew. Milliseconds. */
const STEADY_MS = 10_000;
const CONNECT_MS = 5_000;
/** A peer that vanished without a word is noticed by a question now and then. Milliseconds. */
const PROBE_EVERY_MS = 30_000;
const PROBE_MS = 10_000;

/**
 * LISTEN on one connection of its own, opened at the first use. There is one connection or one attempt or one timer,
 * never two of them, however many callers there are; each failure makes the pause before the next attempt longer
 * (`reconnectDelayMs`). A notification sent while the connection is broken is lost: whoever waits must also look again.
 */
export function listenOnServer(url: string, log: Log): ServerListener {
  const callbacks = new Map<string, Set<OnNotify>>();
  let state: "idle" | "connecting" | "open" | "pausing" | "closed" = "idle";
  let client: pg.Client | undefined;
  let pause: NodeJS.Timeout | undefined;
  let attempt: Promise<void> = Promise.resolve();
  let failures = 0;
  let isAway = false;

  const connect = async (): Promise<void> => {
    state = "connecting";
    const fresh = new pg.Client({
      connectionString: url,
      application_name: "tandem listener",
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: PROBE_MS,
    });
    client = fresh;
    let openedAt: number | undefined;
    let probe: NodeJS.Timeout | undefined;
    let isOver = false;
    /** A broken connection reports itself in several ways; the first of them counts. */
    const over = (error?: unknown): void => {
      if (isOver) return;
      isOver = true;
      clearInterval(probe);
      void fresh.end().catch(() => undefined);
      if (state === "closed") return;
      const wasSteady = openedAt !== undefined && performance.now() - openedAt >= STEADY_MS;
      failures = wasSteady ? 0 : failures + 1;
      client = undefined;
      state = "pausing";
      const pauseMs = reconnectDelayMs(failures, Math.random());
      if (!isAway) log.warn({ err: error, pauseMs }, "LISTEN connection lost; reconnecting");
      isAway = true;
      pause = setTimeout(() => {
        attempt = connect();
      }, pauseMs).unref();
    };
    fresh.on("notification", ({ channel, payload }) => {
      for (const callback of [...(callbacks.get(channel) ?? [])]) callback(payload ?? "");
    });
    fresh.on("error", over);
    fresh.on("end", () => over());
    try {
      await fresh.connect();
      const known = [...callbacks.keys()];
      for (const channel of known) await fresh.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      if (isOver || isClosed()) return;
      state = "open";
      openedAt = performance.now();
      if (isAway) log.info({ attempts: failures }, "LISTEN connection restored");
      isAway = false;
      probe = setInterval(() => void fresh.query("SELECT 1").catch(over), PROBE_EVERY_MS).unref();
      // Channels that came up, or were given up, while the known ones were told to the server.
      for (const channel of callbacks.keys())
        if (!known.includes(channel)) await fresh.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      over(error);
    }
  };
  const isClosed = (): boolean => state === "closed";

  return {
    listen: async (channel, onNotify) => {
      if (isClosed()) throw new Error("the database is closed");
      // One entry a call, also where two callers hand in the same function.
      const entry: OnNotify = (payload) => onNotify(payload);
      const known = callbacks.get(channel);
      const set = known ?? new Set<OnNotify>();
      callbacks.set(channel, set.add(entry));
      if (state === "idle") attempt = connect();
      if (state === "open" && !known)
        await client?.query(`LISTEN ${pg.escapeIdentifier(channel)}`).catch(() => undefined);
      else if (state === "connecting") await attempt;
      return async () => {
        if (!set.delete(entry) || set.size > 0 || callbacks.get(channel) !== set) return;
        callbacks.delete(channel);
        if (state === "open")
          await client?.query(`UNLISTEN ${pg.escapeIdentifier(channel)}`).catch(() => undefined);
      };
    },
    close: async () => {
      state = "closed";
      clearTimeout(pause);
      const open = client;
      client = undefined;
      if (open) await Promise.race([open.end().catch(() => undefined), sleepUnref(2_000)]);
    },
  };
}

function sleepUnref(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
