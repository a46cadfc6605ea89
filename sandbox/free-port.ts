import { createServer } from "node:net";
import process from "node:process";

/**
 * Below the ports that Linux, macOS and Windows give to outgoing connections (32768 or 49152 and up). A process that is
 * stopped and started again on its port would else find that port taken by somebody's connection.
 */
const LOWEST = 20_000;
const HIGHEST = 32_000;
/**
 * Each process walks through a part of its own: what runs beside it, such as other files of a run of tests, does not take
 * the port of an app that is just being started again.
 */
const PARTS = 24;
const SIZE = (HIGHEST - LOWEST) / PARTS;
const OWN = LOWEST + (process.pid % PARTS) * SIZE;

let step = Math.floor(Math.random() * SIZE);

/**
 * A port of this machine that nothing listens on: the wanted one if it is free, else any. A process is not given the same
 * one twice until it has walked through its part: a world names the app's port before the app listens on it.
 */
export async function freePort(wanted = 0): Promise<number> {
  const next = (): number => OWN + (step++ % SIZE);
  for (let port = wanted || next(), tries = 0; tries < 100; port = next(), tries += 1) {
    if ((await isFree(port, "localhost")) && (await isFree(port, "127.0.0.1"))) return port;
  }
  throw new Error(`no free port between ${OWN} and ${OWN + SIZE}`);
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}
