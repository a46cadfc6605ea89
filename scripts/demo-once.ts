import process from "node:process";

import { startWorld, type World } from "#sandbox/start-world.ts";

import { placeDemoOrders, type ExpectedOrder } from "./demo-orders.ts";
import { DATASET, SHOP } from "./demo-store.ts";
import type { Ending } from "./end-demo.ts";
import { judgeDemo } from "./judge-demo.ts";

/** `--once`: all sample orders, with everything that goes wrong; prints the verdict and ends the process. */
export async function runDemoOnce(folder: string, ending: Ending): Promise<void> {
  const world = await startWorld({ dataDirectory: folder, webhookTimeScale: 0.001 });
  ending.closeFirst(() => world.close());
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
