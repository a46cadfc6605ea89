/**
 * Lives through the 90 days with which the demo begins, and packs them into the repository. Takes minutes; it is for whoever
 * changes what the history shows, or a table so that the packed rows do not fit any more (a test says so).
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";

import { startWorld } from "#sandbox/start-world.ts";

import { fillHistory, HISTORY_DAYS } from "../demo-history.ts";
import { DATASET, SHOP } from "../demo-store.ts";
import { packHistory } from "./packed-history.ts";

const dataDirectory = mkdtempSync(path.join(tmpdir(), `tandem-demo-${process.pid}-`));
process.on("exit", () => rmSync(dataDirectory, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(1));

const world = await startWorld({ dataDirectory });
await world.signIn(SHOP);
await world.connectDataset(SHOP, DATASET);
const store = world.shopify.store(SHOP);
store.embed.active = true;
const endedAt = Date.now();
await fillHistory(world, SHOP, {
  kind: "healthy",
  to: endedAt,
  onDay: (day, of) => {
    if (day % 15 === 0) process.stderr.write(`History: day ${day} of ${of} …\n`);
  },
});
const books = {
  ...{ endedAt, days: HISTORY_DAYS, storefrontUrl: store.storefrontUrl },
  store: world.shopify.takeBooks(SHOP),
  meta: world.meta.takeBooks(),
};
await world.close();
const bytes = await packHistory(dataDirectory, books);
process.stderr.write(`Packed: ${Math.round(bytes / 1_000)} kB\n`);
// Its servers are closed; what keeps a connection open must not keep the process.
process.exit(0);
