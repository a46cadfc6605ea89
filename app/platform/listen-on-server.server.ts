import pg from "pg";

import type { Log } from "./log.server.ts";

type OnNotify = (payload: string) => void;

/**
 * LISTEN on one connection of its own, opened at the first use and reopened when it breaks. A notification sent while
 * it is broken is lost: whoever waits must also look again by themselves.
 */
export function listenOnServer(url: string, log: Log) {
  const callbacks = new Map<string, Set<OnNotify>>();
  let client: pg.Client | undefined;
  let connecting: Promise<pg.Client> | undefined;
  let closed = false;

  const connect = async (): Promise<pg.Client> => {
    const fresh = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 5_000 });
    fresh.on("notification", ({ channel, payload }) => {
      for (const callback of callbacks.get(channel) ?? []) callback(payload ?? "");
    });
    fresh.on("error", (error) => log.warn({ err: error }, "the listening connection broke"));
    fresh.on("end", () => {
      if (client === fresh) client = undefined;
      if (!closed) setTimeout(() => void reconnect(), 1_000).unref();
    });
    await fresh.connect();
    for (const channel of callbacks.keys()) await fresh.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    client = fresh;
    return fresh;
  };
  const ensure = (): Promise<pg.Client> => {
    if (client) return Promise.resolve(client);
    connecting ??= connect().finally(() => {
      connecting = undefined;
    });
    return connecting;
  };
  const reconnect = async (): Promise<void> => {
    if (closed || callbacks.size === 0 || client) return;
    try {
      await ensure();
    } catch {
      if (!closed) setTimeout(() => void reconnect(), 1_000).unref();
    }
  };

  return {
    listen: async (channel: string, onNotify: OnNotify): Promise<() => Promise<void>> => {
      const known = callbacks.get(channel);
      const set = known ?? new Set<OnNotify>();
      set.add(onNotify);
      callbacks.set(channel, set);
      const open = await ensure();
      if (!known) await open.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      return async () => {
        set.delete(onNotify);
      };
    },
    close: async (): Promise<void> => {
      closed = true;
      const open = client ?? (await connecting?.catch(() => undefined));
      await open?.end().catch(() => undefined);
    },
  };
}
