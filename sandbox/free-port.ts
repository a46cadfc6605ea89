import { createServer } from "node:net";

/**
 * Below the ports that Linux, macOS and Windows give to outgoing connections (32768 or 49152 and up). A process that is
 * stopped and started again on its port would else find that port taken by somebody's connection.
 */
const LOWEST = 20_000;
const HIGHEST = 32_000;

/** A port of this machine that nothing listens on: the wanted one if it is free, else any. */
export async function freePort(wanted = 0): Promise<number> {
  const atRandom = (): number => LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
  for (let port = wanted || atRandom(), tries = 0; tries < 100; port = atRandom(), tries += 1) {
    if ((await isFree(port, "localhost")) && (await isFree(port, "127.0.0.1"))) return port;
  }
  throw new Error(`no free port between ${LOWEST} and ${HIGHEST}`);
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}
