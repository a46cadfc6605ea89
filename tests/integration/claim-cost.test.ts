import { beforeAll, describe, expect, it } from "vitest";

import { claimDueDeliveries } from "#app/delivery/claim-due-deliveries.server.ts";
import { nextWake } from "#app/delivery/next-wake.server.ts";
import type { Database } from "#app/platform/database/database.server.ts";
import { countBlocks } from "#tests/drill/count-blocks.ts";
import {
  addBareDeliveries,
  addDataset,
  addOrders,
  type FixtureDataset,
} from "#tests/drill/outbox-fixture.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const CLAIMED = 100;
const BACKLOG = 30_000;
const DELIVERED = 60_000;

/** Each figure is the lowest of so many: what the server does for itself meanwhile (autovacuum's snapshot) only adds. */
const TIMES = 3;

/** Counted in pages: no other work on the machine changes them, but that of the server for itself. */
describe.each(DATABASE_KINDS)("what a look into the outbox costs on the %s database", (databaseKind) => {
  const store = shareTestDatabase(databaseKind);
  let dataset: FixtureDataset;
  let database: Database;

  beforeAll(async () => {
    database = store.database;
    dataset = await addDataset(database, "800001");
    await addOrders(database, dataset, { count: CLAIMED, paidAt: Date.now() - 120_000 });
  });

  const lowest = async () => {
    const counts: Awaited<ReturnType<typeof pages>>[] = [];
    for (let time = 0; time < TIMES; time += 1) counts.push(await pages());
    const least = (key: "claim" | "wake") => Math.min(...counts.map((count) => count[key]));
    return { claim: least("claim"), wake: least("wake") };
  };

  const pages = async () => {
    await database.prisma.$executeRawUnsafe("VACUUM (ANALYZE) delivery");
    const claim = await countBlocks(database, (counted) =>
      claimDueDeliveries(counted, {
        claimId: "test",
        now: Date.now(),
        leaseMs: 60_000,
        cursor: 0n,
        lanes: 16,
        perLane: CLAIMED,
        limit: CLAIMED,
        busy: [],
        mode: { kind: "due" },
      }),
    );
    const given = await database.prisma.$executeRaw`
      UPDATE delivery SET state = 'due', lease_token = NULL, lease_until = NULL WHERE state = 'leased'`;
    expect(given).toBe(CLAIMED);
    return { claim, wake: await countBlocks(database, (counted) => nextWake(counted, [], Date.now())) };
  };

  it("grows neither with the backlog nor with what is delivered", async () => {
    const alone = await lowest();
    await addBareDeliveries(database, dataset, { state: "due", from: 1, count: BACKLOG });
    const withBacklog = await lowest();
    await addBareDeliveries(database, dataset, { state: "delivered", from: BACKLOG + 1, count: DELIVERED });
    const withDelivered = await lowest();

    // An index of a hundred entries is one page high, of ninety thousand three: that much more per row, and no more.
    for (const { claim, wake } of [withBacklog, withDelivered]) {
      expect(claim / alone.claim).toBeLessThan(1.6);
      expect(wake).toBeLessThan(20);
    }
    expect(withDelivered.claim / withBacklog.claim).toBeLessThan(1.15);
  });
});
