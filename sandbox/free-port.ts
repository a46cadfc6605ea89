import { createServer } from "node:net";
import process from "node:process";

/**
 * Below the ports that Linux, macOS and Windows give to outgoing connections (32768 or 49152 and up). A process that is
 * stopped and started again on its port would else find that port taken by somebody's connection.
 */
const LOWEST = 20_000;
const HIGHEST = 32_000;
/**
 * Each process draws from a part of its own: what runs beside it, such as other files of a run of tests, does not take the
 * port of an app that is just being started again.
 */
const PARTS = 24;
const SIZE = (HIGHEST - LOWEST) / PARTS;
const OWN = LOWEST + (process.pid % PARTS) * SIZE;

/** A port of this machine that nothing listens on: the wanted one if it is free, else any. */
export async function freePort(wanted = 0): Promise<number> {
  const atRandom = (): number => OWN + Math.floor(Math.random() * SIZE);
  for (let port = wanted || atRandom(), tries = 0; tries < 100; port = atRandom(), tries += 1) {
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
