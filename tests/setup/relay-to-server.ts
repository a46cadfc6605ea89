import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export interface Relay {
  /** The server's address by way of the relay. */
  readonly url: string;
  /** Connections that anybody has tried since it began. */
  readonly attempts: number;
  /** Connections open now. */
  readonly open: number;
  /** From now on: cuts what is open and refuses what comes (false), or lets it through (true). */
  allow(isAllowed: boolean): void;
  /** Bytes are held back in both directions, as by a server that has stopped working; false lets them go. */
  hold(isHeld: boolean): void;
  close(): Promise<void>;
}

/** A way to a PostgreSQL server that counts the connections tried, and can be shut or blocked. */
export async function relayToServer(serverUrl: string): Promise<Relay> {
  const target = new URL(serverUrl);
  const sockets = new Set<Socket>();
  let attempts = 0;
  let isAllowed = true;
  let isHeld = false;
  const server = createServer((incoming) => {
    attempts += 1;
    if (!isAllowed) return void incoming.destroy();
    const outgoing = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      sockets.add(from);
      from.on("data", (bytes) => to.write(bytes));
      from.on("error", () => undefined);
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
      if (isHeld) from.pause();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(serverUrl);
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href.replace(/\/$/, ""),
    get attempts() {
      return attempts;
    },
    get open() {
      return sockets.size / 2;
    },
    allow: (allowed) => {
      isAllowed = allowed;
      if (!allowed) for (const socket of sockets) socket.destroy();
    },
    hold: (held) => {
      isHeld = held;
      for (const socket of sockets)
        if (held) socket.pause();
        else socket.resume();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
