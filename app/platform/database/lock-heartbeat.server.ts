import { readlinkSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { Worker } from "node:worker_threads";

/**
 * In a thread of its own: the embedded database works in the main thread for seconds at a time (its first start for more
 * than ten), and a silent owner would be taken for a dead one.
 */
const HEARTBEAT = `
  const { readFileSync, utimesSync } = require("node:fs");
  const { parentPort, workerData } = require("node:worker_threads");
  const { file, owner, everyMs } = workerData;
  const beat = setInterval(() => {
    let found;
    try {
      found = readFileSync(file, "utf8");
      if (found === owner) utimesSync(file, new Date(), new Date());
    } catch (error) {
      if (error.code !== "ENOENT") return;
    }
    if (found === owner) return;
    clearInterval(beat);
    parentPort.postMessage("lost");
  }, everyMs);
`;

export interface Heartbeat {
  readonly file: string;
  /** The file's content while the lock is ours. */
  readonly owner: string;
  readonly everyMs: number;
  /** Called once, when the file names somebody else or is gone. */
  readonly onLost: (() => void) | undefined;
}

/** Writes the file's time anew again and again; gives the way to stop. Does not keep the process running. */
export function startHeartbeat({ file, owner, everyMs, onLost }: Heartbeat): () => void {
  const thread = new Worker(HEARTBEAT, {
    eval: true,
    workerData: { file, owner, everyMs },
    // Nothing that the process was started with belongs in there.
    execArgv: [],
    env: {},
  });
  let isStopped = false;
  thread.on("message", () => {
    if (!isStopped) onLost?.();
  });
  // Without a thread the lock still holds on this machine, where the owner is looked up by its process ID.
  thread.on("error", () => undefined);
  thread.unref();
  return () => {
    isStopped = true;
    void thread.terminate();
  };
}

/**
 * Names the processes whose IDs this one sees: two containers have two names even where their hosts, and perhaps their
 * process IDs, are the same.
 */
export function processSpace(): string {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const space = readlinkSync("/proc/self/ns/pid").replace(/\D/g, "");
    return `${boot}:${space}`;
  } catch {
    return `host:${encodeURIComponent(hostname())}`;
  }
}
