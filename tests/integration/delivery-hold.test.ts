import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { pauseDataset, resumeDataset } from "#app/delivery/pause-dataset.server.ts";
import { releaseDataset } from "#app/stores/datasets/release-dataset.server.ts";
import { countRetryable, retryByFilter, retryDelivery } from "#app/delivery/retry-by-hand.server.ts";
import { retryEvents } from "#app/admin/retry-events.server.ts";
import type { DeliveryWorker } from "#app/delivery/delivery-worker.server.ts";
import { startMeta, type MetaSandbox } from "#sandbox/meta/start-meta.ts";
import {
  addDataset,
  addOrders,
  countStates,
  createTestWorker,
  drain,
  testClock,
  type TestClock,
} from "#tests/drill/outbox-fixture.ts";
import { DATABASE_KINDS, openTestDatabase, type TestDatabase } from "#tests/setup/open-test-database.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe.each(DATABASE_KINDS)("what stops a dataset, on the %s database", (databaseKind) => {
  let store: TestDatabase;
  let meta: MetaSandbox;
  let time: TestClock;
  let worker: DeliveryWorker;
  let closeWorker: () => Promise<void>;
  const deps = () => ({ database: store.database, clock: time.clock });

  beforeAll(async () => {
    store = await openTestDatabase(databaseKind);
  });
  afterAll(() => store.destroy());
  beforeEach(async () => {
    await store.database.prisma.store.deleteMany();
    time = testClock();
    meta = await startMeta({ now: time.clock });
    ({ worker, close: closeWorker } = createTestWorker(store.database, meta.graphUrl, time.clock, {
      batchSize: 10,
    }));
  });
  afterEach(async () => {
    await closeWorker();
    await meta.close();
  });

  it("holds a dataset whose token expired after one request, tells why, and drains in order when it works again", async () => {
    const dataset = await addDataset(store.database, "600001", meta);
    await addOrders(store.database, dataset, { count: 25, paidAt: time.clock() - 3 * DAY, apart: 1_000 });
    await addOrders(store.database, dataset, {
      count: 2,
      from: 2001,
      paidAt: time.clock() - 6.6 * DAY,
      takenInAt: time.clock() - MINUTE,
      apart: 1_000,
    });
    meta.addToken({ token: dataset.token, state: "expired" });
    await drain(worker);
    expect(meta.requests()).toHaveLength(1);
    const held = await store.database.prisma.dataset.findUniqueOrThrow({ where: { id: dataset.id } });
    expect(held).toMatchObject({ heldClass: "credential", heldCode: "190/463", probeAttempts: 0 });
    expect(held.heldMessage).toMatch(/\w/);

    // Gently: a day later the probes can be counted on the fingers of a few hands, each with the one most urgent event.
    for (let hour = 0; hour < 5; hour += 1) {
      time.pass(HOUR);
      await worker.runOnce();
      await worker.runOnce();
    }
    expect(meta.requests().length).toBeLessThanOrEqual(6);
    expect(
      meta
        .requests()
        .slice(1)
        .every(({ events }) => events === 1),
    ).toBe(true);
    expect(await store.database.prisma.delivery.count({ where: { failures: { gt: 0 } } })).toBe(0);

    meta.addToken({ token: dataset.token, state: "valid" });
    time.pass(2 * HOUR);
    await drain(worker);
    expect(await countStates(store.database)).toEqual({ delivered: 27 });
    const order = meta.payloads().map(({ id }) => id);
    expect(order).toEqual([
      "2001",
      "2002",
      ...Array.from({ length: 25 }, (_, index) => String(1001 + index)),
    ]);
    expect(
      await store.database.prisma.dataset.findUniqueOrThrow({ where: { id: dataset.id } }),
    ).toMatchObject({ heldAt: null, heldClass: null });
  });

  it.each([
    ["a lost permission", { kind: "permission", code: 200 } as const, "permission", "200"],
    [
      "a dataset that the token does not see",
      { kind: "graph_error", status: 400, code: 100, subcode: 33 } as const,
      "configuration",
      "100/33",
    ],
    ["a block by policy", { kind: "blocked" } as const, "permission", "368"],
  ])("holds for %s", async (_name, fault, heldClass, heldCode) => {
    const dataset = await addDataset(store.database, "600002", meta);
    const other = await addDataset(store.database, "600003", meta);
    for (const each of [dataset, other])
      await addOrders(store.database, each, { count: 1, paidAt: time.clock() });
    meta.setFaults([{ ...fault, dataset: "600002" }]);
    await drain(worker);
    expect(
      await store.database.prisma.dataset.findUniqueOrThrow({ where: { id: dataset.id } }),
    ).toMatchObject({ heldClass, heldCode });
    expect(await countStates(store.database)).toEqual({ held: 1, delivered: 1 });
  });

  it("holds a dataset whose stored token cannot be opened, without asking Meta", async () => {
    const dataset = await addDataset(store.database, "600004", meta);
    await store.database.prisma.dataset.update({
      where: { id: dataset.id },
      data: { sealedToken: "v1.00000000.AA.AA" },
    });
    await addOrders(store.database, dataset, { count: 1, paidAt: time.clock() });
    await drain(worker);
    expect(meta.requests()).toHaveLength(0);
    expect(await countStates(store.database)).toEqual({ held: 1 });
    await store.database.prisma.dataset.update({
      where: { id: dataset.id },
      data: { sealedToken: (await addDataset(store.database, "600005", meta)).token },
    });
    await releaseDataset(store.database, dataset.id);
    expect(
      await store.database.prisma.dataset.findUniqueOrThrow({ where: { id: dataset.id } }),
    ).toMatchObject({ heldAt: null });
  });

  it("settles what grows too old while it is held", async () => {
    const dataset = await addDataset(store.database, "600006", meta);
    await addOrders(store.database, dataset, {
      count: 3,
      paidAt: time.clock() - 6 * DAY,
      takenInAt: time.clock(),
    });
    meta.addToken({ token: dataset.token, state: "password_changed" });
    await drain(worker);
    expect(await countStates(store.database)).toEqual({ held: 3 });
    time.pass(DAY);
    await worker.runOnce();
    expect(await countStates(store.database)).toEqual({ skipped: 3 });
    expect(await store.database.prisma.conversion.count({ where: { clientIp: { not: null } } })).toBe(0);
  });

  it("does not send again after 48 hours what a browser counted, not even when a person asks", async () => {
    const dataset = await addDataset(store.database, "600007", meta);
    await addOrders(store.database, dataset, { count: 2, paidAt: time.clock() });
    const [first, second] = await store.database.prisma.delivery.findMany({ orderBy: { id: "asc" } });
    if (!first || !second) throw new Error("no deliveries");
    await store.database.prisma.browserReport.create({
      data: {
        storeId: dataset.storeId,
        orderId: "1001",
        checkoutTokenHash: "x",
        receivedAt: new Date(time.clock()),
        outcome: "fired",
        conversionId: first.conversionId,
      },
    });
    meta.setFaults([{ kind: "graph_error", status: 400, code: 100, subcode: 2804019 }]);
    await drain(worker);
    expect(await countStates(store.database)).toEqual({ dead: 2 });
    meta.setFaults([]);
    time.pass(49 * HOUR);
    const filter = { storeId: dataset.storeId, filter: {} };
    expect(await countRetryable(deps(), filter)).toEqual({
      retryable: 1,
      uncertain: 0,
      tooOld: 0,
      browserCounted: 1,
    });
    expect(await retryDelivery(deps(), { storeId: dataset.storeId, deliveryId: first.id })).toEqual({
      ok: false,
      reason: "browser_copy_counted",
    });
    expect(await retryByFilter(deps(), filter)).toEqual({ retried: 1 });
    await drain(worker);
    expect(await countStates(store.database)).toEqual({ dead: 1, delivered: 1 });
    expect(meta.events().map(({ id }) => id)).toEqual(["1002"]);
  });

  it("retries by filter what the filter finds, of this store only", async () => {
    const mine = await addDataset(store.database, "600008", meta);
    const other = await addDataset(store.database, "600009", meta);
    await addOrders(store.database, mine, { count: 3, paidAt: time.clock() - HOUR });
    await addOrders(store.database, other, { count: 2, paidAt: time.clock() - HOUR });
    meta.setFaults([{ kind: "graph_error", status: 400, code: 100, subcode: 2804050 }]);
    await drain(worker);
    expect(await countStates(store.database)).toEqual({ dead: 5 });
    meta.setFaults([]);
    const dead = await store.database.prisma.delivery.findMany({ where: { storeId: mine.storeId } });
    expect(await retryDelivery(deps(), { storeId: other.storeId, deliveryId: dead[0]?.id ?? 0n })).toEqual({
      ok: false,
      reason: "not_found",
    });
    const filter = {
      state: "dead",
      code: 100,
      subcode: 2804050,
      class: "payload",
      datasetId: mine.id,
    } as const;
    expect(await countRetryable(deps(), { storeId: mine.storeId, filter })).toMatchObject({ retryable: 3 });
    expect(
      await countRetryable(deps(), { storeId: mine.storeId, filter: { ...filter, code: 190 } }),
    ).toMatchObject({ retryable: 0 });
    expect(await retryByFilter(deps(), { storeId: mine.storeId, filter })).toEqual({ retried: 3 });
    await drain(worker);
    expect(await countStates(store.database)).toEqual({ delivered: 3, dead: 2 });
    const first = dead[0];
    expect(await retryDelivery(deps(), { storeId: mine.storeId, deliveryId: first?.id ?? 0n })).toEqual({
      ok: false,
      reason: "not_retryable",
    });
  });

  it("retries what a page of the log shows, and nothing beside it", async () => {
    const dataset = await addDataset(store.database, "600011", meta);
    await addOrders(store.database, dataset, { count: 4, paidAt: time.clock() - HOUR, state: "dead" });
    const { prisma } = store.database;
    const set = (orderNumber: string, data: { source?: string; pairing?: string }) =>
      prisma.conversion.updateMany({ where: { storeId: dataset.storeId, orderNumber }, data });
    await set("1001", { source: "pos" });
    await set("1002", { pairing: "mismatched" });
    const retry = (query: string) => {
      const form = new URLSearchParams();
      form.set("intent", "count");
      const asking = { id: dataset.storeId, timeZone: "UTC" };
      return retryEvents(
        { database: store.database, clock: time.clock },
        asking,
        form,
        new URLSearchParams(query),
      );
    };
    const found: Readonly<Record<string, number>> = {
      "": 4,
      "view=attention": 4,
      "source=pos": 1,
      "pairing=mismatched": 1,
      "q=%231003": 1,
      "q=nobody": 0,
      "view=skipped": 0,
      "status=delivered": 0,
      "status=delivered,dead": 4,
      "view=recovered&source=pos": 0,
      "source=pos&pairing=mismatched": 0,
      "from=2026-02-31": 4,
      "from=0000-01-01": 4,
    };
    for (const [query, retryable] of Object.entries(found))
      expect(await retry(query), query).toMatchObject({ kind: "count", retryable });
    const sent = await retryByFilter(deps(), {
      storeId: dataset.storeId,
      filter: { state: "dead", sources: ["pos"] },
    });
    expect(sent).toEqual({ retried: 1 });
    expect(await countStates(store.database)).toEqual({ dead: 3, due: 1 });
  });

  it("pauses and resumes a dataset of its own store only", async () => {
    const dataset = await addDataset(store.database, "600010", meta);
    const which = { storeId: dataset.storeId, datasetId: dataset.id };
    expect(await pauseDataset(store.database, { ...which, storeId: dataset.storeId + 1n })).toBe(false);
    expect(await pauseDataset(store.database, which)).toBe(true);
    await addOrders(store.database, dataset, { count: 1, paidAt: time.clock() });
    expect((await worker.runOnce()).claimed).toBe(0);
    expect(await resumeDataset(store.database, which)).toBe(true);
    await drain(worker);
    expect(await countStates(store.database)).toEqual({ delivered: 1 });
  });

  it("stops asking when Meta is away, lets one probe through, and goes on when it is back", async () => {
    const datasets = [];
    for (let store_ = 0; store_ < 12; store_ += 1) {
      const dataset = await addDataset(store.database, String(600100 + store_), meta);
      await addOrders(store.database, dataset, { count: 5, from: 1001 + 10 * store_, paidAt: time.clock() });
      datasets.push(dataset);
    }
    meta.setFaults([{ kind: "down" }]);
    await drain(worker);
    const asked = meta.requests().length;
    expect(asked).toBe(12);

    // An hour of nothing: only probes go, fewer and fewer.
    for (let minute = 0; minute < 60; minute += 1) {
      time.pass(MINUTE);
      await worker.runOnce();
    }
    expect(meta.requests().length - asked).toBeLessThanOrEqual(32);
    // The hour cost no event more than its first attempt.
    expect(await store.database.prisma.delivery.count({ where: { failures: { gt: 1 } } })).toBe(0);
    expect(await countStates(store.database)).toEqual({ retrying: 60 });

    meta.setFaults([]);
    for (let minute = 0; minute < 20; minute += 1) {
      time.pass(MINUTE);
      await drain(worker);
    }
    expect(await countStates(store.database)).toEqual({ delivered: 60 });
    expect(await store.database.prisma.dataset.count({ where: { failures: { gt: 0 } } })).toBe(0);
  });
});
