// Loaded into the app's process by the fuzz: whoever connects to the socket COST_SOCKET gets what the process has spent
// since the last one asked: {"cpuMs": processor time, "heldMs": the longest that the event loop was held}.
import { rmSync } from "node:fs";
import { createServer } from "node:net";
import { monitorEventLoopDelay } from "node:perf_hooks";
import process from "node:process";

const socket = process.env.COST_SOCKET;
/** Milliseconds. */
const RESOLUTION = 10;

if (socket) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  delay.enable();
  let before = process.cpuUsage();
  rmSync(socket, { force: true });
  createServer((connection) => {
    // Behind the timer that notices a held loop, which is due by now.
    setTimeout(() => {
      const { user, system } = process.cpuUsage(before);
      const heldMs = Math.max(0, delay.max / 1e6 - RESOLUTION);
      connection.end(JSON.stringify({ cpuMs: (user + system) / 1_000, heldMs }));
      before = process.cpuUsage();
      delay.reset();
    }, 1);
  })
    .listen(socket)
    .unref();
}
