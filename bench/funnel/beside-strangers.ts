import { spawn } from "node:child_process";
import path from "node:path";
import process from "node:process";

const PROCESSES = 3;
/** About what a statement about a group of events takes. Milliseconds. */
const PIECE_MS = 10;

/** Does something while other processes, which have nothing to do with it, keep so many cores busy. */
export async function besideStrangers<T>(cores: number, work: () => Promise<T>): Promise<T> {
  const share = Math.min(cores / PROCESSES, 0.95);
  const strangers = Array.from({ length: PROCESSES }, () =>
    spawn(
      process.execPath,
      [path.resolve("bench/funnel/use-processor.ts"), String(share), String(PIECE_MS)],
      { stdio: "ignore" },
    ),
  );
  try {
    return await work();
  } finally {
    for (const stranger of strangers) stranger.kill("SIGKILL");
  }
}
