import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import type { DeliveryWorker } from "#app/delivery/delivery-worker.server.ts";
import { startMeta, type MetaSandbox } from "#sandbox/meta/start-meta.ts";
import {
  addDataset,
  addOrders,
  addToStore,
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

describe.each(DATABASE_KINDS)("delivery on the %s database", (databaseKind) => {
  let store: TestDatabase;
  let meta: MetaSandbox;
  let time: TestClock;
  let worker: DeliveryWorker;
  let closeWorker: () => Promise<void>;

  beforeAll(async () => {
    store = await openTestDatabase(databaseKind);
  });
  afterAll(() => store.destroy());
  beforeEach(async () => {
    await store.database.prisma.store.deleteMany();
    time = testClock();
    meta = await startMeta({ now: time.clock });
    const made = createTestWorker(store.database, meta.graphUrl, time.clock);
    worker = made.worker;
    closeWorker = made.close;
  });
  afterEach(async () => {
    await closeWorker();
    await meta.close();
  });

  it("delivers what is due, keeps what was sent, forgets address and browser", async () => {
    const dataset = await addDataset(store.database, "500001", meta);
    await addOrders(store.database, dataset, { count: 3, paidAt: time.clock() - MINUTE });
    await drain(worker);

    expect(meta.events().map(({ id, counted }) => [id, counted])).toEqual([
      ["1001", 1],
      ["1002", 1],
      ["1003", 1],
    ]);
    const [delivery] = await store.database.prisma.delivery.findMany({
      include: { tries: { include: { attempt: true } }, conversion: true },
    });
    expect(delivery).toMatchObject({
      state: "delivered",
      attempts: 1,
      failures: 0,
      leaseToken: null,
      lastClass: "ok",
    });
    expect(delivery?.sentKeys).toEqual([
      "client_ip_address",
      "client_user_agent",
      "country",
      "em",
      "external_id",
    ]);
    expect(JSON.stringify(delivery?.sentPayload)).not.toContain("203.0.113.7");
    expect(delivery?.tries).toMatchObject([
      { number: 1, outcome: "delivered", attempt: { events: 3, httpStatus: 200, class: "ok" } },
    ]);
    expect(delivery?.conversion).toMatchObject({
      clientIp: null,
      clientUserAgent: null,
      consentKind: "send",
    });
    expect(meta.state().counters.tokensInUrl).toBe(0);
  });

  it("leaves what waits for its browser report until its time", async () => {
    const dataset = await addDataset(store.database, "500002", meta);
    await addOrders(store.database, dataset, {
      count: 1,
      paidAt: time.clock(),
      state: "waiting",
      dueAt: time.clock() + 20_000,
    });
    expect((await worker.runOnce()).claimed).toBe(0);
    time.pass(20_000);
    expect((await worker.runOnce()).claimed).toBe(1);
    expect(await countStates(store.database)).toEqual({ delivered: 1 });
  });

  it("sends the row's event ID and time, which the browser's copy was given", async () => {
    const dataset = await addDataset(store.database, "500003", meta);
    await addOrders(store.database, dataset, { count: 1, paidAt: time.clock() - HOUR });
    const eventTime = new Date(time.clock() - 30 * MINUTE);
    await store.database.prisma.conversion.updateMany({ data: { eventId: "A-1001", eventTime } });
    await drain(worker);
    expect(meta.payloads()[0]?.payload).toMatchObject({
      event_id: "A-1001",
      event_time: Math.floor(eventTime.getTime() / 1000),
    });
  });

  it("finds the bad event in a thousand, delivers the rest and keeps Meta's own words", async () => {
    const dataset = await addDataset(store.database, "500004", meta);
    await addOrders(store.database, dataset, { count: 1_000, paidAt: time.clock() - MINUTE });
    meta.setFaults([{ kind: "reject_event", eventId: "1667", subcode: 2804019 }]);
    await drain(worker);

    expect(await countStates(store.database)).toEqual({ delivered: 999, dead: 1 });
    const [dead] = await store.database.prisma.delivery.findMany({
      where: { state: "dead" },
      include: { conversion: true },
    });
    expect(dead).toMatchObject({
      lastClass: "payload",
      lastCode: 100,
      lastSubcode: 2804019,
      conversion: { eventId: "1667" },
    });
    expect(dead?.lastMessage).not.toBe("");
    expect(meta.events()).toHaveLength(999);
    expect(meta.events().every(({ copies }) => copies.length === 1)).toBe(true);
    // Ten halvings, two requests each at most, and the whole.
    expect(meta.requests().length).toBeLessThanOrEqual(21);
  });

  it("sends a malformed click ID once more without it", async () => {
    const dataset = await addDataset(store.database, "500005", meta);
    await addOrders(store.database, dataset, {
      count: 4,
      paidAt: time.clock() - MINUTE,
      fbc: "fb.1.1700000000000.IwAR0abc",
    });
    meta.setFaults([{ kind: "reject_event", eventId: "1002", subcode: 2804001, times: 3 }]);
    await drain(worker);
    expect(await countStates(store.database)).toEqual({ delivered: 4 });
    const sent = await store.database.prisma.delivery.findMany({ orderBy: { id: "asc" } });
    expect(sent.map(({ sentKeys, withoutFbc }) => [sentKeys.includes("fbc"), withoutFbc])).toEqual([
      [true, false],
      [false, true],
      [true, false],
      [true, false],
    ]);
  });

  it("never sends an event in danger of expiry together with fresh ones", async () => {
    const dataset = await addDataset(store.database, "500006", meta);
    await addOrders(store.database, dataset, { count: 2, paidAt: time.clock() - MINUTE });
    await addOrders(store.database, dataset, {
      count: 1,
      from: 2001,
      paidAt: time.clock() - 6.9 * DAY,
      takenInAt: time.clock() - 30_000,
    });
    await drain(worker);
    expect(meta.requests().map(({ events }) => events)).toEqual([1, 2]);
    expect(meta.payloads().map(({ id }) => id)).toEqual(["2001", "1001", "1002"]);
  });

  it("skips what is past its age, without asking Meta", async () => {
    const dataset = await addDataset(store.database, "500007", meta);
    await addOrders(store.database, dataset, { count: 1, paidAt: time.clock() - 7 * DAY });
    await drain(worker);
    expect(await store.database.prisma.delivery.findMany()).toMatchObject([
      { state: "skipped", skipReason: "too_old" },
    ]);
    expect(meta.requests()).toHaveLength(0);
  });

  it("sends nothing for a disconnected dataset, an uninstalled store or a redacted order, and says why", async () => {
    const [gone, left, redacted] = [
      await addDataset(store.database, "500008", meta),
      await addDataset(store.database, "500009", meta),
      await addDataset(store.database, "500010", meta),
    ];
    for (const dataset of [gone, left, redacted])
      await addOrders(store.database, dataset, { count: 1, paidAt: time.clock() });
    await store.database.prisma.dataset.update({ where: { id: gone.id }, data: { state: "disconnected" } });
    await store.database.prisma.store.update({ where: { id: left.storeId }, data: { state: "uninstalled" } });
    await store.database.prisma
      .$executeRaw`UPDATE conversion SET document = NULL WHERE store_id = ${redacted.storeId}`;
    await drain(worker);
    const rows = await store.database.prisma.delivery.findMany({ orderBy: { id: "asc" } });
    expect(rows.map(({ state, skipReason }) => [state, skipReason])).toEqual([
      ["skipped", "disconnected"],
      ["skipped", "uninstalled"],
      ["skipped", "redacted"],
    ]);
    expect(meta.requests()).toHaveLength(0);
    expect(await store.database.prisma.conversion.count({ where: { clientIp: { not: null } } })).toBe(0);
  });

  it("keeps a paused dataset's deliveries and lets the other datasets of the store go", async () => {
    const first = await addDataset(store.database, "500011", meta);
    const second = await addToStore(store.database, first.storeId, "500012", meta);
    await store.database.prisma.dataset.update({ where: { id: first.id }, data: { state: "paused" } });
    await addOrders(store.database, first, { count: 1, paidAt: time.clock(), datasets: [first, second] });
    await drain(worker);
    expect(await countStates(store.database)).toEqual({ due: 1, delivered: 1 });
    // Something is left to send, so the buyer's browser is still needed.
    expect(await store.database.prisma.conversion.count({ where: { clientIp: null } })).toBe(0);
    await store.database.prisma.dataset.update({ where: { id: first.id }, data: { state: "active" } });
    await drain(worker);
    expect(await countStates(store.database)).toEqual({ delivered: 2 });
    expect(await store.database.prisma.conversion.count({ where: { clientIp: null } })).toBe(1);
  });

  it.each([
    ["an answer lost after Meta took the events", { kind: "reset", when: "after", times: 1 } as const],
    ["JSON that breaks off", { kind: "truncated_json", times: 1 } as const],
    ["2xx that does not say how many", { kind: "no_events_received", times: 1 } as const],
    ["a proxy's HTML page", { kind: "html", times: 1, processed: true } as const],
    ["a server error", { kind: "server_error", times: 1, processed: true } as const],
    ["no answer at all", { kind: "timeout", when: "after", times: 1 } as const],
  ])("repeats after %s with the same event ID, counted once", async (_name, fault) => {
    const dataset = await addDataset(store.database, "500013", meta);
    await addOrders(store.database, dataset, { count: 2, paidAt: time.clock() - MINUTE });
    meta.setFaults([fault]);
    // One that gives up soon meets the answer that does not come; the repeat has all the time it needs.
    const first =
      fault.kind === "timeout"
        ? createTestWorker(store.database, meta.graphUrl, time.clock, { timeoutMs: 1_000 })
        : { worker, close: () => Promise.resolve() };
    await drain(first.worker);
    await first.close();
    expect(await countStates(store.database)).toEqual({ retrying: 2 });
    time.pass(29_000);
    expect((await worker.runOnce()).claimed).toBe(0);
    time.pass(2_000);
    await drain(worker);
    expect(await countStates(store.database)).toEqual({ delivered: 2 });
    expect(meta.events().map(({ id, counted }) => [id, counted])).toEqual([
      ["1001", 1],
      ["1002", 1],
    ]);
    const [row] = await store.database.prisma.delivery.findMany({
      include: { tries: { orderBy: { attemptId: "asc" } } },
    });
    expect(row).toMatchObject({
      attempts: 2,
      failures: 1,
      tries: [
        { number: 1, outcome: "retrying" },
        { number: 2, outcome: "delivered" },
      ],
    });
    expect(row?.tries[0]?.nextAt).not.toBeNull();
    expect(row?.firstSentAt).not.toBeNull();
  });

  it("sends the halves again when Meta received fewer than were sent, until each is accounted for", async () => {
    const dataset = await addDataset(store.database, "500014", meta);
    await addOrders(store.database, dataset, { count: 4, paidAt: time.clock() - MINUTE });
    meta.setFaults([{ kind: "fewer_received", count: 2, times: 1 }]);
    await drain(worker);
    expect(await countStates(store.database)).toEqual({ delivered: 4 });
    expect(meta.events().every(({ counted }) => counted === 1)).toBe(true);
    expect(meta.events()).toHaveLength(4);
  });

  it("slows down one throttled dataset, costs it no attempt and lets the others go", async () => {
    const slow = await addDataset(store.database, "500015", meta);
    const quick = await addDataset(store.database, "500016", meta);
    for (const dataset of [slow, quick])
      await addOrders(store.database, dataset, { count: 1, paidAt: time.clock() });
    meta.setFaults([{ kind: "throttled", dataset: "500015", retryAfter: 300 }]);
    await drain(worker);
    expect(meta.events({ dataset: "500016" })).toHaveLength(1);
    const state = await store.database.prisma.dataset.findUniqueOrThrow({ where: { id: slow.id } });
    expect(state.throttledUntil?.getTime()).toBe(time.clock() + 300_000);
    expect(await store.database.prisma.delivery.findFirst({ where: { datasetId: slow.id } })).toMatchObject({
      state: "retrying",
      failures: 0,
      lastClass: "throttled",
    });
    meta.setFaults([]);
    time.pass(301_000);
    await drain(worker);
    expect(await countStates(store.database)).toEqual({ delivered: 2 });
    expect(
      (await store.database.prisma.dataset.findUniqueOrThrow({ where: { id: slow.id } })).throttles,
    ).toBe(0);
  });
});
