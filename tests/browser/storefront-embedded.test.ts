import { expect, it } from "vitest";

import { openDatabase } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { startWorld } from "#sandbox/start-world.ts";

import { oneBrowser } from "./one-browser.ts";
import { DATASET, DEMO_SHOP, prepareShop, verdict, visitShop } from "./open-storefront.ts";

it("a purchase is paired on the embedded database as on a server", async () => {
  const world = await startWorld();
  const browser = await oneBrowser();
  await prepareShop(world, DEMO_SHOP);
  const visitor = await visitShop(world, browser, DEMO_SHOP);
  const order = await visitor.buy();
  const purchase = () => world.meta.event(DATASET, "Purchase", String(order.payload.order_number));
  await expect
    .poll(() => verdict(purchase()))
    .toMatchObject({ copies: ["browser", "server"], counted: 1, differences: [] });
  await visitor.page.waitForTimeout(1000);
  expect(visitor.problems()).toEqual([]);

  // The embedded database belongs to one process at a time: it is read once the app has let go of it.
  await world.app.stop();
  const database = await openDatabase({ dataDirectory: world.dataDirectory, log: createLog("silent") });
  const row = await database.prisma.conversion.findFirstOrThrow({ where: { orderId: order.id } });
  expect(row.pairing).toBe("paired");
  await database.close();
  await world.close();
});
