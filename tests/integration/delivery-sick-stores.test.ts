import { describe, expect, it } from "vitest";

import {
  addDataset,
  addOrders,
  countStates,
  drain,
  type FixtureDataset,
} from "#tests/drill/outbox-fixture.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareOutbox } from "#tests/setup/share-outbox.ts";

const SECOND = 1_000;
const SERVER_ERROR = { kind: "server_error", status: 500 } as const;

describe.each(DATABASE_KINDS)(
  "stores whose datasets fail, beside healthy ones, on the %s database",
  (databaseKind) => {
    const outbox = shareOutbox(databaseKind);

    const datasets = (from: number, count: number): Promise<FixtureDataset[]> =>
      Promise.all(
        Array.from({ length: count }, (_, index) =>
          addDataset(outbox.database, String(from + index), outbox.meta),
        ),
      );
    const oneOrder = (dataset: FixtureDataset, number: number) =>
      addOrders(outbox.database, dataset, { count: 1, from: number, paidAt: outbox.time.clock() });
    /** Seconds that each of a dataset's orders waited, by the clock of the test. */
    const delays = async (dataset: FixtureDataset): Promise<number[]> => {
      const rows = await outbox.database.prisma.delivery.findMany({ where: { datasetId: dataset.id } });
      return rows.map(({ state, createdAt, settledAt }) =>
        state === "delivered" && settledAt ? (settledAt.getTime() - createdAt.getTime()) / SECOND : Infinity,
      );
    };

    it.each([1, 3])("no healthy store waits beside %i that Meta answers with 500", async (sickCount) => {
      const sick = await datasets(610_000, sickCount);
      const [healthy] = await datasets(620_000, 1);
      if (!healthy) throw new Error("no dataset");
      outbox.meta.setFaults(sick.map(({ metaId }) => ({ ...SERVER_ERROR, dataset: metaId })));
      for (let second = 0; second < 90; second += 1) {
        for (const each of sick) await oneOrder(each, 10_000 * (sick.indexOf(each) + 1) + second);
        if (second % 5 === 0) await oneOrder(healthy, 1_001 + second);
        await outbox.worker.runOnce();
        outbox.time.pass(SECOND);
      }
      expect(Math.max(...(await delays(healthy)))).toBeLessThanOrEqual(2);
      // Nobody hammers: after three failures each sick dataset is tried after 2, 4, 8, … 60 seconds.
      const asked = outbox.meta
        .requests()
        .filter(({ dataset }) => sick.some(({ metaId }) => metaId === dataset));
      expect(asked.length).toBeLessThanOrEqual(12 * sickCount);
      // What only waited for its dataset has lost no attempt.
      const failed = await outbox.database.prisma.delivery.count({ where: { failures: { gt: 0 } } });
      expect(failed).toBeLessThanOrEqual(4 * sickCount);

      outbox.meta.setFaults([]);
      for (let second = 0; second < 120; second += 1) {
        await outbox.worker.runOnce();
        outbox.time.pass(SECOND);
      }
      expect(await countStates(outbox.database)).toEqual({ delivered: 90 * sickCount + 18 });
      expect(outbox.meta.events()).toHaveLength(90 * sickCount + 18);
      expect(await outbox.database.prisma.dataset.count({ where: { failingSince: { not: null } } })).toBe(0);
    });

    it("a store that sells once in a while is served at once while three others fail and nobody else sells", async () => {
      const sick = await datasets(610_000, 3);
      const [healthy] = await datasets(620_000, 1);
      if (!healthy) throw new Error("no dataset");
      outbox.meta.setFaults(sick.map(({ metaId }) => ({ ...SERVER_ERROR, dataset: metaId })));
      for (let second = 0; second < 60; second += 1) {
        for (const each of sick) await oneOrder(each, 10_000 * (sick.indexOf(each) + 1) + second);
        if (second === 55) await oneOrder(healthy, 1_001);
        await outbox.worker.runOnce();
        outbox.time.pass(SECOND);
      }
      expect(Math.max(...(await delays(healthy)))).toBeLessThanOrEqual(2);
    });

    it("says since when Meta fails for a dataset, and stops saying so with the first success", async () => {
      const [sick] = await datasets(610_000, 1);
      if (!sick) throw new Error("no dataset");
      const since = outbox.time.clock();
      await oneOrder(sick, 1_001);
      outbox.meta.setFaults([{ ...SERVER_ERROR, dataset: sick.metaId }]);
      await drain(outbox.worker);
      const row = () => outbox.database.prisma.dataset.findUniqueOrThrow({ where: { id: sick.id } });
      expect(await row()).toMatchObject({ failures: 1, restsUntil: null });
      expect((await row()).failingSince?.getTime()).toBe(since);
      outbox.meta.setFaults([]);
      outbox.time.pass(60 * SECOND);
      await drain(outbox.worker);
      expect(await row()).toMatchObject({ failures: 0, failingSince: null, restsUntil: null });
    });

    it("a claim takes all that it has place for, also close to expiry, where a row is looked at twice", async () => {
      const [busy] = await datasets(630_000, 1);
      if (!busy) throw new Error("no dataset");
      const paidAt = outbox.time.clock() - 6.9 * 24 * 3_600 * SECOND;
      await addOrders(outbox.database, busy, { count: 600, paidAt, takenInAt: outbox.time.clock() });
      await addOrders(outbox.database, busy, { count: 600, from: 5_001, paidAt: outbox.time.clock() });
      // A hundred is what the embedded database has place for (decision 0818): the first six hundred come close to expiry.
      const [first, second] = databaseKind === "server" ? [1_000, 200] : [100, 100];
      expect((await outbox.worker.runOnce()).claimed).toBe(first);
      expect((await outbox.worker.runOnce()).claimed).toBe(second);
      for (let left = 1_200 - first - second; left > 0; left -= 100)
        expect((await outbox.worker.runOnce()).claimed).toBe(100);
      expect(await countStates(outbox.database)).toEqual({ delivered: 1_200 });
    });

    it("counts an error code as an answer: no other store is held because of it", async () => {
      const refused = await datasets(610_000, 5);
      const [healthy] = await datasets(620_000, 1);
      if (!healthy) throw new Error("no dataset");
      outbox.meta.setFaults(refused.map(({ metaId }) => ({ kind: "blocked" as const, dataset: metaId })));
      for (const each of refused) await oneOrder(each, 1_001);
      await outbox.worker.runOnce();
      await oneOrder(healthy, 2_001);
      await outbox.worker.runOnce();
      expect(await delays(healthy)).toEqual([0]);
      expect(await outbox.database.prisma.dataset.count({ where: { failures: { gt: 0 } } })).toBe(0);
    });
  },
);
