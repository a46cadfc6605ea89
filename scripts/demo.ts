/**
 * `npm run demo`: the app and the sandbox, a store with a connected dataset and 90 days of history; prints what to open.
 * `npm run demo -- --once`: pushes the orders through with everything that goes wrong mixed in, prints one JSON line
 * and exits 0 only when every order that should count was counted once.
 * `npm run demo -- --history`: lives through 90 eventful days first.
 */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";

import { obeyCommand } from "./command-line/read-command.ts";
import { endOnSignal } from "./end-demo.ts";
import { ensureBuild } from "./ensure-build.ts";

const { options } = obeyCommand({
  typed: "npm run demo",
  does: "Starts the app with a small Shopify and a small Meta on this machine, and prints what to open.",
  takes:
    "about two minutes the first time (it installs and builds), then some twenty seconds; it runs until Ctrl+C",
  options: [
    {
      flags: "--once",
      does: "pushes sample orders through, with everything that goes wrong, prints one JSON line and ends (about a minute)",
    },
    { flags: "--plain", does: "the store has only just been opened: no history (some seconds)" },
    {
      flags: "--history",
      does: "lives through 90 days first, with an outage, an expired token and a theme without the embed (some minutes)",
    },
  ],
  more: "Needs no account and reaches nothing outside of this machine. Exit 1 (--once): an order was not counted once.",
});

ensureBuild();
/** Names its owner, so that a later start can remove what a killed one left behind. */
const PREFIX = "tandem-demo-";
removeLeftFolders();
const folder = mkdtempSync(path.join(tmpdir(), `${PREFIX}${process.pid}-`));
const ending = endOnSignal();
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
// A terminal that was closed takes no lines any more; the end goes on without it.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

if (options["once"]) {
  const { runDemoOnce } = await import("./demo-once.ts");
  await runDemoOnce(folder, ending);
} else {
  const { runDemo } = await import("./demo-open.ts");
  const history = options["plain"] ? "none" : options["history"] ? "eventful" : "healthy";
  await runDemo(folder, history, ending);
}

function removeLeftFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (owner === undefined || lives(Number(owner))) continue;
    rmSync(path.join(tmpdir(), name), { recursive: true, force: true });
  }
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
