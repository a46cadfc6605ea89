import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import process from "node:process";

import { startWorld, type World } from "#sandbox/start-world.ts";

import { fillHistory } from "./demo-history.ts";
import { placeStoreOrders } from "./demo-orders.ts";
import { DATASET, SHOP } from "./demo-store.ts";
import type { Ending } from "./end-demo.ts";
import { beginWithHistory } from "./prepared-history/begin-with-history.ts";
import { readHistory } from "./prepared-history/prepared-folder.ts";
import { createTour, type Tour } from "./tour/open-tour.ts";

/** What the store has behind it: nothing, the prepared 90 days, or 90 days that are lived through first. */
export type DemoHistory = "none" | "healthy" | "eventful";

const PORTS = { app: 3000, shopify: 4100, meta: 4200 };
const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Opens the demo; it runs until a signal ends it. */
export async function runDemo(folder: string, history: DemoHistory, ending: Ending): Promise<void> {
  const prepared = history === "healthy" ? readHistory() : undefined;
  let preparing: ChildProcess | undefined;
  const tour = createTour(async () => {
    const books = readHistory();
    if (!books) throw new Error("the history was made for other code: start the demo again");
    await beginWithHistory(world, SHOP, books);
    tour.tellHistoryIsThere("healthy");
  });
  const world = await startWorld({
    ...{ dataDirectory: folder, ports: PORTS, tour: tour.pages },
    appWaits: prepared !== undefined,
  });
  ending.closeFirst(async () => {
    const ended = preparing?.exitCode === null ? once(preparing, "exit") : undefined;
    preparing?.kill("SIGTERM");
    await Promise.all([world.close(), ended]);
  });
  const store = world.shopify.store(SHOP);
  store.embed.active = true;
  if (prepared) {
    tour.begin(world, SHOP, DATASET);
    tour.tell({ kind: "beginning" });
    say(`The tour can be read already: ${tourOf(world)}`);
    await beginWithHistory(world, SHOP, prepared);
    tour.tellHistoryIsThere("healthy");
  } else {
    await world.signIn(SHOP);
    await world.connectDataset(SHOP, DATASET);
    tour.begin(world, SHOP, DATASET);
  }
  if (history === "eventful") await liveThrough(world, tour);
  if (!prepared && history !== "eventful")
    for (const record of placeStoreOrders(world.shopify, SHOP)) void world.shopify.sendPaid(SHOP, record);
  console.log(addresses(world));
  if (history === "healthy" && !prepared) preparing = prepareBeside(tour);
}

/** The tour can be read meanwhile. */
async function liveThrough(world: World, tour: Tour): Promise<void> {
  tour.tell({ kind: "playing", day: 0, of: 90 });
  say(`The shop lives through 90 days first, some minutes. ${tourOf(world)} says how far it is.`);
  await fillHistory(world, SHOP, {
    kind: "eventful",
    onDay: (day, of) => {
      tour.tell({ kind: "playing", day, of });
      if (day % 15 === 0) say(`History: day ${day} of ${of} …`);
    },
  });
  tour.tellHistoryIsThere("eventful");
}

/** A process of its own makes the history for this and all later starts. */
function prepareBeside(tour: Tour): ChildProcess {
  tour.tell({ kind: "making", day: 0, of: 90 });
  say(
    "\n90 days of history are being made beside it, once, in some minutes. Later starts have them from the beginning;\n" +
      "this one when you ask for them on the tour. --plain starts without.",
  );
  const child = fork("scripts/prepared-history/prepare.ts", {
    execArgv: ["--import", "./sandbox/end-with-parent.mjs"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  child.on("message", (message) => {
    const { day, of } = message as { day: number; of: number };
    tour.tell({ kind: "making", day, of });
    if (day % 15 === 0) say(`History: day ${day} of ${of} …`);
  });
  child.once("exit", (code) => {
    tour.tell({ kind: code === 0 ? "ready" : "failed" });
    if (code === 0) say("The history is ready: the tour offers to begin anew with it.");
  });
  return child;
}

const tourOf = (world: World): string => `${world.shopify.store(SHOP).storefrontUrl}/__tour`;

function addresses(world: World): string {
  const local = (url: string): string => url.replace("127.0.0.1", "localhost");
  return [
    "",
    "Tandem is running. Begin here:",
    `  A tour of a minute              ${tourOf(world)}`,
    "",
    "Or open:",
    `  The admin, with Tandem in it    ${local(world.shopify.adminUrl(SHOP, "/app"))}`,
    `  The shop: buy something         ${world.shopify.store(SHOP).storefrontUrl}`,
    `  What Meta received and counted  ${local(world.meta.url)}`,
    `  The sandbox's Shopify           ${local(world.shopify.url)}`,
    "",
    "Ctrl+C stops everything; what you did here is not kept.",
  ].join("\n");
}
