import { openDatabase } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import type { World } from "#sandbox/start-world.ts";

import { continueHistory } from "../demo-history.ts";
import { moveDatabase } from "./move-database.ts";
import { createTimeMover } from "./move-times.ts";
import { copyHistory, type HistoryBooks } from "./prepared-folder.ts";

const DAY = 86_400_000;
/** Visitors' first visits, and what a token or a delivery is good for, lie so far around the history. Milliseconds. */
const AROUND = 65 * DAY;

/**
 * Lets the store have 90 days behind it: all that it, the app and Meta knew is replaced. The prepared history is moved by
 * whole days so that it ends within the last one, and lived on from there, by the app's own code, until now. Takes some
 * seconds; the app's process runs at the end.
 */
export async function beginWithHistory(
  world: World,
  shop: string,
  books: HistoryBooks,
  folder?: string,
): Promise<void> {
  const now = Date.now();
  const store = world.shopify.store(shop);
  const mover = createTimeMover({
    days: Math.floor((now - books.endedAt) / DAY),
    timeZone: store.timezone,
    from: books.endedAt - books.days * DAY - AROUND,
    to: books.endedAt + AROUND,
    address: [books.storefrontUrl, store.storefrontUrl],
  });
  await world.app.stop();
  copyHistory(world.dataDirectory, folder);
  const database = await openDatabase({
    dataDirectory: world.dataDirectory,
    preparedFolder: "",
    log: createLog("silent"),
  });
  await moveDatabase(database, mover, now);
  // Shopify's tokens were of another start of the sandbox: signing in brings new ones.
  await database.prisma.session.deleteMany();
  await database.close();
  world.meta.reset("received");
  world.meta.putBooks({
    tokens: books.meta.tokens,
    datasets: books.meta.datasets.map((dataset) => ({
      ...dataset,
      copies: mover.value(dataset.copies),
      quality: dataset.quality.map(([name, hours]) => [
        name,
        hours.map(([hour, sums]) => [hour + mover.days * 24, sums] as const),
      ]),
    })),
  });
  world.shopify.putBooks(shop, { ...books.store, orders: mover.value(books.store.orders) });
  store.embed.active = true;
  await continueHistory(world, shop, mover.instant(books.endedAt));
  await world.signIn(shop);
}
