import { afterEach, beforeEach } from "vitest";

import type { DeliveryWorker } from "#app/delivery/delivery-worker.server.ts";
import type { WorkerOptions } from "#app/delivery/worker-options.ts";
import type { Database } from "#app/platform/database/database.server.ts";
import { startMeta, type MetaSandbox } from "#sandbox/meta/start-meta.ts";
import { createTestWorker, testClock, type TestClock } from "#tests/drill/outbox-fixture.ts";

import type { DatabaseKind } from "./open-test-database.ts";
import { shareTestDatabase } from "./share-test-database.ts";

/** What delivers: a database for the tests of a describe; for each test no store yet, a clock, a Meta and a worker. */
export interface SharedOutbox {
  readonly database: Database;
  readonly meta: MetaSandbox;
  /** Of the worker and of Meta. */
  readonly time: TestClock;
  /** Turns only when it is told to. */
  readonly worker: DeliveryWorker;
}

export function shareOutbox(databaseKind: DatabaseKind, options: Partial<WorkerOptions> = {}): SharedOutbox {
  const store = shareTestDatabase(databaseKind);
  let open: (Omit<SharedOutbox, "database"> & { readonly close: () => Promise<void> }) | undefined;
  const current = () => {
    if (!open) throw new Error("the outbox is open during a test only");
    return open;
  };
  beforeEach(async () => {
    await store.database.prisma.store.deleteMany();
    const time = testClock();
    const meta = await startMeta({ now: time.clock });
    open = { meta, time, ...createTestWorker(store.database, meta.graphUrl, time.clock, options) };
  });
  afterEach(async () => {
    await open?.close();
    await open?.meta.close();
    open = undefined;
  });
  return {
    get database() {
      return store.database;
    },
    get meta() {
      return current().meta;
    },
    get time() {
      return current().time;
    },
    get worker() {
      return current().worker;
    },
  };
}
