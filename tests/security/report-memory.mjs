// Loaded into the app's process by the fuzz (node --expose-gc --import …): every few seconds, what is still held after a
// collection. Resident memory alone says little: the engine keeps what it once had.
import process from "node:process";

const EVERY_MS = 5_000;

setInterval(() => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  process.stdout.write(`held ${heapUsed + external}\n`);
}, EVERY_MS).unref();
