/**
 * `npm run demo`: the app and the sandbox, a store with a connected dataset and some orders; prints what to open.
 * `npm run demo -- --once`: pushes the orders through with everything that goes wrong mixed in, prints one JSON line
 * and exits 0 only when every order that should count was counted once.
 * `npm run demo -- --history`: fills the store with 90 days of history first.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";

import { startWorld, type World } from "#sandbox/start-world.ts";

import { placeDemoOrders, type ExpectedOrder } from "./demo-orders.ts";
import { ensureBuild } from "./ensure-build.ts";
import { judgeDemo } from "./judge-demo.ts";

const SHOP = "tandem-demo.myshopify.com";
const DATASET = "1234567890123456";
const KNOWN_FLAGS = ["--once", "--history"];

const flags = process.argv.slice(2);
const unknown = flags.filter((flag) => !KNOWN_FLAGS.includes(flag));
if (unknown.length > 0) {
  process.stderr.write(`Unknown: ${unknown.join(" ")}. Known: ${KNOWN_FLAGS.join(", ")}.\n`);
  process.exit(2);
}

ensureBuild();
const folder = mkdtempSync(path.join(tmpdir(), "tandem-demo-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
await (flags.includes("--once") ? runOnce() : runOpen());

async function runOnce(): Promise<void> {
  const world = await startWorld({ dataDirectory: folder, webhookTimeScale: 0.001 });
  await world.signIn(SHOP);
  await world.connectDataset(SHOP, DATASET);
  const orders = placeDemoOrders(world.shopify, SHOP);
  process.stderr.write(
    `Pushing ${orders.length} orders through, with duplicates, reordering, forgeries and a hiccup at Meta …\n`,
  );
  world.meta.setFaults([
    { kind: "server_error", times: 2, processed: false },
    { kind: "html", times: 1 },
    { kind: "reset", when: "after", times: 1, skip: 2 },
    { kind: "throttled", times: 1, skip: 3 },
    { kind: "latency", ms: 40, jitterMs: 60 },
  ]);
  const sent = await sendAll(world, orders);
  const verdict = await judgeDemo({
    world,
    shop: SHOP,
    dataset: DATASET,
    orders,
    sent,
    dataDirectory: folder,
  });
  await world.close();
  console.log(JSON.stringify(verdict.summary));
  process.exit(verdict.ok ? 0 : 1);
}

/** Every order once, a third of them again in parallel or under another webhook ID, all shuffled, with forgeries between. */
async function sendAll(world: World, orders: readonly ExpectedOrder[]) {
  const shuffled = world.shopify.random.shuffle([...orders]);
  const outcomes = await Promise.all(
    shuffled.flatMap(({ record }, index) => {
      const repeat = index % 3 === 0 ? { duplicates: 2, duplicatesGetNewId: index % 2 === 0 } : {};
      const late = index % 5 === 0 ? { delayMs: 500 } : {};
      const real = world.shopify.sendPaid(SHOP, record, { ...repeat, ...late });
      const forged = index % 40 === 0 ? [world.shopify.sendPaid(SHOP, record, { badSignature: true })] : [];
      return [real, ...forged];
    }),
  );
  const again = await Promise.all(
    shuffled.slice(0, 20).map(({ record }) => world.shopify.sendPaid(SHOP, record)),
  );
  return [...outcomes, ...again];
}

async function runOpen(): Promise<void> {
  const world = await startWorld({ dataDirectory: folder, ports: { app: 3000, shopify: 4100, meta: 4200 } });
  await world.signIn(SHOP);
  await world.connectDataset(SHOP, DATASET);
  if (flags.includes("--history")) {
    const { fillHistory } = await import("./demo-history.ts");
    await fillHistory(world, SHOP);
  }
  for (const { record } of placeDemoOrders(world.shopify, SHOP, 0.05))
    void world.shopify.sendPaid(SHOP, record);
  const storefront = world.shopify.store(SHOP).storefrontUrl;
  console.log(
    [
      "",
      "Tandem is running. Open:",
      `  The admin, with Tandem in it    ${world.shopify.adminUrl(SHOP, "/app").replace("127.0.0.1", "localhost")}`,
      `  The shop: buy something         ${storefront}`,
      `  What Meta received and counted  ${world.meta.url.replace("127.0.0.1", "localhost")}`,
      `  The sandbox's Shopify           ${world.shopify.url.replace("127.0.0.1", "localhost")}`,
      "",
      "Ctrl+C stops everything; nothing is kept.",
    ].join("\n"),
  );
  const stop = () => void world.close().then(() => process.exit(0));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}
