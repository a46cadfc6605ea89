import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

import { startWorld } from "#sandbox/start-world.ts";
import { residentMb } from "#tests/security/resident-memory.ts";

const [BODIES, BYTES] = [300, 2_000_000];
/** As long as a body that never ends may be held, with some air. Milliseconds. */
const WATCH_MS = 13_000;
/** MB that the process may take more: 64 of bodies (docs/decisions/0714), twice for a moment, and connections. */
const MOST_MB = 200;

/** Of the app's process, in MB. */
interface Held {
  readonly beforeMb: number;
  readonly mostMb: number;
  readonly isHealthy: boolean;
}

/**
 * 300 bodies of 2 MB whose last byte never comes, without a signature and with something in a signature's place: what the
 * process takes. The database has no part in it, so it is measured once.
 */
export async function run({ databaseKind }: { databaseKind: "embedded" | "server" }) {
  if (databaseKind === "server") return undefined;
  const unsigned = await hold({});
  const signedLooking = await hold({ "X-Shopify-Hmac-Sha256": Buffer.alloc(32, 7).toString("base64") });
  const isBounded = ({ beforeMb, mostMb, isHealthy }: Held) => isHealthy && mostMb - beforeMb < MOST_MB;
  return { databaseKind, ok: isBounded(unsigned) && isBounded(signedLooking), unsigned, signedLooking };
}

async function hold(headers: Readonly<Record<string, string>>): Promise<Held> {
  const world = await startWorld();
  const sockets: Socket[] = [];
  try {
    const { hostname, port } = new URL(world.app.url);
    // What the start took is given back first.
    await sleep(5_000);
    const beforeMb = residentMb();
    const head = Object.entries({
      Host: hostname,
      "Content-Type": "application/json",
      "Content-Length": String(BYTES),
      "X-Shopify-Topic": "orders/paid",
      "X-Shopify-Shop-Domain": "tandem-demo.myshopify.com",
      ...headers,
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    const body = Buffer.alloc(BYTES - 1, 0x20);
    for (let count = 0; count < BODIES; count += 1) {
      const socket = connect(Number(port), hostname);
      socket.on("error", () => undefined).resume();
      socket.write(`POST /webhooks/orders/paid HTTP/1.1\r\n${head.join("")}\r\n`);
      socket.write(body);
      sockets.push(socket);
    }
    let mostMb = beforeMb;
    for (const started = performance.now(); performance.now() - started < WATCH_MS;) {
      mostMb = Math.max(mostMb, residentMb());
      await sleep(50);
    }
    const isHealthy = (await fetch(`${world.app.url}/readyz`)).ok;
    return { beforeMb, mostMb, isHealthy };
  } finally {
    for (const socket of sockets) socket.destroy();
    await world.close();
  }
}
