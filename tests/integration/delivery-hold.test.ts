import { describe, expect, it } from "vitest";

import { pauseDataset, resumeDataset } from "#app/delivery/pause-dataset.server.ts";
import { releaseDataset } from "#app/stores/datasets/release-dataset.server.ts";
import { addDataset, addOrders, countStates, drain } from "#tests/drill/outbox-fixture.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareOutbox } from "#tests/setup/share-outbox.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe.each(DATABASE_KINDS)("what stops a dataset, on the %s database", (databaseKind) => {
  const outbox = shareOutbox(databaseKind, { batchSize: 10 });

  it("holds a dataset whose token expired after one request, tells why, and drains in order when it works again", async () => {
    const dataset = await addDataset(outbox.database, "600001", outbox.meta);
    await addOrders(outbox.database, dataset, {
      count: 25,
      paidAt: outbox.time.clock() - 3 * DAY,
      apart: 1_000,
    });
    await addOrders(outbox.database, dataset, {
      count: 2,
      from: 2001,
      paidAt: outbox.time.clock() - 6.6 * DAY,
      takenInAt: outbox.time.clock() - MINUTE,
      apart: 1_000,
    });
    outbox.meta.addToken({ token: dataset.token, state: "expired" });
    await drain(outbox.worker);
    expect(outbox.meta.requests()).toHaveLength(1);
    const held = await outbox.database.prisma.dataset.findUniqueOrThrow({ where: { id: dataset.id } });
    expect(held).toMatchObject({ heldClass: "credential", heldCode: "190/463", probeAttempts: 0 });
    expect(held.heldMessage).toMatch(/\w/);

    // Gently: a day later the probes can be counted on the fingers of a few hands, each with the one most urgent event.
    for (let hour = 0; hour < 5; hour += 1) {
      outbox.time.pass(HOUR);
      await outbox.worker.runOnce();
      await outbox.worker.runOnce();
    }
    expect(outbox.meta.requests().length).toBeLessThanOrEqual(6);
    expect(
      outbox.meta
        .requests()
        .slice(1)
        .every(({ events }) => events === 1),
    ).toBe(true);
    expect(await outbox.database.prisma.delivery.count({ where: { failures: { gt: 0 } } })).toBe(0);

    outbox.meta.addToken({ token: dataset.token, state: "valid" });
    outbox.time.pass(2 * HOUR);
    await drain(outbox.worker);
    expect(await countStates(outbox.database)).toEqual({ delivered: 27 });
    const order = outbox.meta.payloads().map(({ id }) => id);
    expect(order).toEqual([
      "2001",
      "2002",
      ...Array.from({ length: 25 }, (_, index) => String(1001 + index)),
    ]);
    expect(
      await outbox.database.prisma.dataset.findUniqueOrThrow({ where: { id: dataset.id } }),
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
    const dataset = await addDataset(outbox.database, "600002", outbox.meta);
    const other = await addDataset(outbox.database, "600003", outbox.meta);
    for (const each of [dataset, other])
      await addOrders(outbox.database, each, { count: 1, paidAt: outbox.time.clock() });
    outbox.meta.setFaults([{ ...fault, dataset: "600002" }]);
    await drain(outbox.worker);
    expect(
      await outbox.database.prisma.dataset.findUniqueOrThrow({ where: { id: dataset.id } }),
    ).toMatchObject({ heldClass, heldCode });
    expect(await countStates(outbox.database)).toEqual({ held: 1, delivered: 1 });
  });

  it("holds a dataset whose stored token cannot be opened, without asking Meta", async () => {
    const dataset = await addDataset(outbox.database, "600004", outbox.meta);
    await outbox.database.prisma.dataset.update({
      where: { id: dataset.id },
      data: { sealedToken: "v1.00000000.AA.AA" },
    });
    await addOrders(outbox.database, dataset, { count: 1, paidAt: outbox.time.clock() });
    await drain(outbox.worker);
    expect(outbox.meta.requests()).toHaveLength(0);
    expect(await countStates(outbox.database)).toEqual({ held: 1 });
    await outbox.database.prisma.dataset.update({
      where: { id: dataset.id },
      data: { sealedToken: (await addDataset(outbox.database, "600005", outbox.meta)).token },
    });
    await releaseDataset(outbox.database, dataset.id);
    expect(
      await outbox.database.prisma.dataset.findUniqueOrThrow({ where: { id: dataset.id } }),
    ).toMatchObject({ heldAt: null });
  });

  it("settles what grows too old while it is held", async () => {
    const dataset = await addDataset(outbox.database, "600006", outbox.meta);
    await addOrders(outbox.database, dataset, {
      count: 3,
      paidAt: outbox.time.clock() - 6 * DAY,
      takenInAt: outbox.time.clock(),
    });
    outbox.meta.addToken({ token: dataset.token, state: "password_changed" });
    await drain(outbox.worker);
    expect(await countStates(outbox.database)).toEqual({ held: 3 });
    outbox.time.pass(DAY);
    await outbox.worker.runOnce();
    expect(await countStates(outbox.database)).toEqual({ skipped: 3 });
    expect(await outbox.database.prisma.conversion.count({ where: { clientIp: { not: null } } })).toBe(0);
  });

  it("pauses and resumes a dataset of its own store only", async () => {
    const dataset = await addDataset(outbox.database, "600010", outbox.meta);
    const which = { storeId: dataset.storeId, datasetId: dataset.id };
    expect(await pauseDataset(outbox.database, { ...which, storeId: dataset.storeId + 1n })).toBe(false);
    expect(await pauseDataset(outbox.database, which)).toBe(true);
    await addOrders(outbox.database, dataset, { count: 1, paidAt: outbox.time.clock() });
    expect((await outbox.worker.runOnce()).claimed).toBe(0);
    expect(await resumeDataset(outbox.database, which)).toBe(true);
    await drain(outbox.worker);
    expect(await countStates(outbox.database)).toEqual({ delivered: 1 });
  });

  it("stops asking when Meta is away, lets one probe through, and goes on when it is back", async () => {
    const datasets = [];
    for (let store_ = 0; store_ < 12; store_ += 1) {
      const dataset = await addDataset(outbox.database, String(600100 + store_), outbox.meta);
      await addOrders(outbox.database, dataset, {
        count: 5,
        from: 1001 + 10 * store_,
        paidAt: outbox.time.clock(),
      });
      datasets.push(dataset);
    }
    outbox.meta.setFaults([{ kind: "down" }]);
    await drain(outbox.worker);
    const asked = outbox.meta.requests().length;
    expect(asked).toBe(12);

    // An hour of nothing: only probes go, fewer and fewer.
    for (let minute = 0; minute < 60; minute += 1) {
      outbox.time.pass(MINUTE);
      await outbox.worker.runOnce();
    }
    expect(outbox.meta.requests().length - asked).toBeLessThanOrEqual(32);
    // The hour cost no event more than its first attempt.
    expect(await outbox.database.prisma.delivery.count({ where: { failures: { gt: 1 } } })).toBe(0);
    expect(await countStates(outbox.database)).toEqual({ retrying: 60 });

    outbox.meta.setFaults([]);
    for (let minute = 0; minute < 20; minute += 1) {
      outbox.time.pass(MINUTE);
      await drain(outbox.worker);
    }
    expect(await countStates(outbox.database)).toEqual({ delivered: 60 });
    expect(await outbox.database.prisma.dataset.count({ where: { failures: { gt: 0 } } })).toBe(0);
  });
});
