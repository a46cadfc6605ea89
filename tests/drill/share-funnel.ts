import { afterEach, beforeEach } from "vitest";

import { keepPartitions } from "#app/funnel/keep-partitions.server.ts";
import { startMeta, type MetaSandbox } from "#sandbox/meta/start-meta.ts";
import type { DatabaseKind } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

import { addFunnelStore, openFunnel, type TestFunnel } from "./funnel-fixture.ts";
import { testClock, type FixtureDataset, type TestClock } from "./outbox-fixture.ts";

/** For the tests of one describe: an empty database, the sandbox's Meta, a clock that stands still, one store. */
export function shareFunnel(databaseKind: DatabaseKind) {
  const test = shareTestDatabase(databaseKind);
  let stage: { meta: MetaSandbox; time: TestClock; funnel: TestFunnel; store: FixtureDataset };
  let stores = 880_000;
  beforeEach(async () => {
    await keepPartitions(test.database, Date.now());
    await test.database.prisma.store.deleteMany();
    await test.database.prisma.$executeRaw`TRUNCATE funnel_event, tally, tally_delta`;
    const meta = await startMeta();
    const time = testClock();
    const funnel = await openFunnel(test.database, meta.graphUrl, time.clock);
    stores += 1;
    stage = { meta, time, funnel, store: await addFunnelStore(test.database, String(stores), meta) };
  });
  afterEach(async () => {
    await stage.funnel.close();
    await stage.meta.close();
  });
  return {
    test,
    get meta() {
      return stage.meta;
    },
    get time() {
      return stage.time;
    },
    get funnel() {
      return stage.funnel;
    },
    get store() {
      return stage.store;
    },
    get prisma() {
      return test.database.prisma;
    },
    /** How many events are in which state. */
    states: async (): Promise<Record<string, number>> => {
      const rows = await test.database.prisma.funnelEvent.groupBy({ by: ["state"], _count: true });
      return Object.fromEntries(rows.map((row) => [row.state, row._count]));
    },
  };
}
