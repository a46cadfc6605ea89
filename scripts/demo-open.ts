import process from "node:process";

import { startWorld, type World } from "#sandbox/start-world.ts";

import { fillHistory } from "./demo-history.ts";
import { placeStoreOrders } from "./demo-orders.ts";
import { DATASET, SHOP } from "./demo-store.ts";
import type { Ending } from "./end-demo.ts";
import { beginWithHistory } from "./prepared-history/begin-with-history.ts";
import { openHistory } from "./prepared-history/packed-history.ts";
import { createTour, type Tour } from "./tour/open-tour.ts";

/** What the store has behind it: nothing, the prepared 90 days, or 90 days that are lived through first. */
export type DemoHistory = "none" | "healthy" | "eventful";

const PORTS = { app: 3000, shopify: 4100, meta: 4200 };
const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Opens the demo; it runs until a signal ends it. */
export async function runDemo(folder: string, history: DemoHistory, ending: Ending): Promise<void> {
  const tour = createTour();
  const world = await startWorld({
    ...{ dataDirectory: folder, ports: PORTS, tour: tour.pages },
    appWaits: history === "healthy",
  });
  ending.closeFirst(() => world.close());
  const store = world.shopify.store(SHOP);
  store.embed.active = true;
  if (history === "healthy") {
    tour.begin(world, SHOP, DATASET);
    tour.tell({ kind: "beginning" });
    say(`The tour can be read already: ${tourOf(world)}`);
    await beginWithHistory(world, SHOP, await openHistory());
    tour.tellHistoryIsThere("healthy");
  } else {
    await world.signIn(SHOP);
    await world.connectDataset(SHOP, DATASET);
    tour.begin(world, SHOP, DATASET);
  }
  if (history === "eventful") await liveThrough(world, tour);
  if (history === "none")
    for (const record of placeStoreOrders(world.shopify, SHOP)) void world.shopify.sendPaid(SHOP, record);
  console.log(addresses(world));
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
