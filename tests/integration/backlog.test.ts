import { describe, expect, it } from "vitest";

import { readBacklog } from "#app/delivery/read-backlog.server.ts";
import { addDataset, addOrders } from "#tests/drill/outbox-fixture.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const NOW = Date.UTC(2026, 10, 27, 12);
const ago = (seconds: number) => NOW - seconds * 1_000;

describe.each(DATABASE_KINDS)("what is on its way to Meta, on the %s database", (databaseKind) => {
  const store = shareTestDatabase(databaseKind);

  it("is nothing at first", async () => {
    expect(await readBacklog(store.database, NOW)).toEqual({ queued: 0, oldestSeconds: 0 });
  });

  it("counts what waits, and is as old as the oldest that could go", async () => {
    const { database } = store;
    const [well, held, paused] = [
      await addDataset(database, "810001"),
      await addDataset(database, "810002"),
      await addDataset(database, "810003"),
    ];
    const order = (dataset: typeof well, seconds: number, state = "due") =>
      addOrders(database, dataset, {
        count: 1,
        from: seconds,
        paidAt: ago(seconds),
        dueAt: ago(seconds),
        state,
      });
    await order(well, 90);
    await order(well, 30, "retrying");
    await order(well, 4_000, "delivered");
    await order(held, 5_000, "held");
    await order(paused, 6_000);
    await database.prisma.dataset.update({
      where: { id: held.id },
      data: { heldAt: new Date(NOW), heldClass: "credential" },
    });
    await database.prisma.dataset.update({ where: { id: paused.id }, data: { state: "paused" } });
    expect(await readBacklog(database, NOW)).toEqual({ queued: 4, oldestSeconds: 90 });
  });

  it("is not due before its time", async () => {
    await store.database.prisma.delivery.updateMany({ data: { dueAt: new Date(NOW + 60_000) } });
    expect(await readBacklog(store.database, NOW)).toEqual({ queued: 4, oldestSeconds: 0 });
  });
});
