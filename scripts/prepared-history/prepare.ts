/**
 * Makes the 90 days of history with which the demo begins, in .cache/demo-history, unless they are there already. The demo
 * starts it beside itself; typed by hand it says how far it is.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { constants, setPriority, tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";

import { startWorld } from "#sandbox/start-world.ts";

import { fillHistory, HISTORY_DAYS } from "../demo-history.ts";
import { DATASET, SHOP } from "../demo-store.ts";
import { historyFrom, keepHistory, readHistory } from "./prepared-folder.ts";

if (!readHistory()) await prepare();
// Its servers are closed; what keeps a connection open must not keep the process.
process.exit(0);

async function prepare(): Promise<void> {
  // Somebody is looking at the demo meanwhile.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const madeFrom = historyFrom();
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
      if (process.send) process.send({ day, of });
      else if (day % 15 === 0) process.stderr.write(`History: day ${day} of ${of} …\n`);
    },
  });
  const books = {
    ...{ endedAt, days: HISTORY_DAYS, storefrontUrl: store.storefrontUrl },
    store: world.shopify.takeBooks(SHOP),
    meta: world.meta.takeBooks(),
  };
  await world.close();
  keepHistory(dataDirectory, books, madeFrom);
}
