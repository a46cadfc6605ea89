import { describe, expect, it } from "vitest";

import {
  addDataset,
  addOrders,
  addToStore,
  countStates,
  createTestWorker,
  drain,
} from "#tests/drill/outbox-fixture.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareOutbox } from "#tests/setup/share-outbox.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe.each(DATABASE_KINDS)("delivery on the %s database", (databaseKind) => {
  const outbox = shareOutbox(databaseKind);

  it("delivers what is due, keeps what was sent, forgets address and browser", async () => {
    const dataset = await addDataset(outbox.database, "500001", outbox.meta);
    await addOrders(outbox.database, dataset, { count: 3, paidAt: outbox.time.clock() - MINUTE });
    await drain(outbox.worker);

    expect(outbox.meta.events().map(({ id, counted }) => [id, counted])).toEqual([
      ["1001", 1],
      ["1002", 1],
      ["1003", 1],
    ]);
    const [delivery] = await outbox.database.prisma.delivery.findMany({
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
    expect(outbox.meta.state().counters.tokensInUrl).toBe(0);
  });

  it("leaves what waits for its browser report until its time", async () => {
    const dataset = await addDataset(outbox.database, "500002", outbox.meta);
    await addOrders(outbox.database, dataset, {
      count: 1,
      paidAt: outbox.time.clock(),
      state: "waiting",
      dueAt: outbox.time.clock() + 20_000,
    });
    expect((await outbox.worker.runOnce()).claimed).toBe(0);
    outbox.time.pass(20_000);
    expect((await outbox.worker.runOnce()).claimed).toBe(1);
    expect(await countStates(outbox.database)).toEqual({ delivered: 1 });
  });

  it("sends the row's event ID and time, which the browser's copy was given", async () => {
    const dataset = await addDataset(outbox.database, "500003", outbox.meta);
    await addOrders(outbox.database, dataset, { count: 1, paidAt: outbox.time.clock() - HOUR });
    const eventTime = new Date(outbox.time.clock() - 30 * MINUTE);
    await outbox.database.prisma.conversion.updateMany({ data: { eventId: "A-1001", eventTime } });
    await drain(outbox.worker);
    expect(outbox.meta.payloads()[0]?.payload).toMatchObject({
      event_id: "A-1001",
      event_time: Math.floor(eventTime.getTime() / 1000),
    });
  });

  it("gives up an order whose stored form cannot be read, and sends the others", async () => {
    const dataset = await addDataset(outbox.database, "500013", outbox.meta);
    await addOrders(outbox.database, dataset, { count: 3, paidAt: outbox.time.clock() - MINUTE });
    await outbox.database.prisma.conversion.updateMany({
      where: { eventId: "1002" },
      data: { document: { purchase: "none" } },
    });
    await drain(outbox.worker);

    expect(outbox.meta.events().map(({ id }) => id)).toEqual(["1001", "1003"]);
    expect(await outbox.database.prisma.delivery.findMany({ where: { state: "dead" } })).toMatchObject([
      { lastMessage: "The event could not be built (unreadable)", attempts: 0, sentPayload: null },
    ]);
  });

  it("finds the bad event in a thousand, delivers the rest and keeps Meta's own words", async () => {
    const dataset = await addDataset(outbox.database, "500004", outbox.meta);
    await addOrders(outbox.database, dataset, { count: 1_000, paidAt: outbox.time.clock() - MINUTE });
    outbox.meta.setFaults([{ kind: "reject_event", eventId: "1667", subcode: 2804019 }]);
    await drain(outbox.worker);

    expect(await countStates(outbox.database)).toEqual({ delivered: 999, dead: 1 });
    const [dead] = await outbox.database.prisma.delivery.findMany({
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
    expect(outbox.meta.events()).toHaveLength(999);
    expect(outbox.meta.events().every(({ copies }) => copies.length === 1)).toBe(true);
    // Ten halvings, two requests each at most, and the whole; of ten batches one is halved seven times.
    expect(outbox.meta.requests().length).toBeLessThanOrEqual(databaseKind === "server" ? 21 : 24);
  });

  it("sends a malformed click ID once more without it", async () => {
    const dataset = await addDataset(outbox.database, "500005", outbox.meta);
    await addOrders(outbox.database, dataset, {
      count: 4,
      paidAt: outbox.time.clock() - MINUTE,
      fbc: "fb.1.1700000000000.IwAR0abc",
    });
    outbox.meta.setFaults([{ kind: "reject_event", eventId: "1002", subcode: 2804001, times: 3 }]);
    await drain(outbox.worker);
    expect(await countStates(outbox.database)).toEqual({ delivered: 4 });
    const sent = await outbox.database.prisma.delivery.findMany({ orderBy: { id: "asc" } });
    expect(sent.map(({ sentKeys, withoutFbc }) => [sentKeys.includes("fbc"), withoutFbc])).toEqual([
      [true, false],
      [false, true],
      [true, false],
      [true, false],
    ]);
  });

  it("never sends an event in danger of expiry together with fresh ones", async () => {
    const dataset = await addDataset(outbox.database, "500006", outbox.meta);
    await addOrders(outbox.database, dataset, { count: 2, paidAt: outbox.time.clock() - MINUTE });
    await addOrders(outbox.database, dataset, {
      count: 1,
      from: 2001,
      paidAt: outbox.time.clock() - 6.9 * DAY,
      takenInAt: outbox.time.clock() - 30_000,
    });
    await drain(outbox.worker);
    expect(outbox.meta.requests().map(({ events }) => events)).toEqual([1, 2]);
    expect(outbox.meta.payloads().map(({ id }) => id)).toEqual(["2001", "1001", "1002"]);
  });

  it("skips what is past its age, without asking Meta", async () => {
    const dataset = await addDataset(outbox.database, "500007", outbox.meta);
    await addOrders(outbox.database, dataset, { count: 1, paidAt: outbox.time.clock() - 7 * DAY });
    await drain(outbox.worker);
    expect(await outbox.database.prisma.delivery.findMany()).toMatchObject([
      { state: "skipped", skipReason: "too_old" },
    ]);
    expect(outbox.meta.requests()).toHaveLength(0);
  });

  it("sends nothing for a disconnected dataset, an uninstalled store or a redacted order, and says why", async () => {
    const [gone, left, redacted] = [
      await addDataset(outbox.database, "500008", outbox.meta),
      await addDataset(outbox.database, "500009", outbox.meta),
      await addDataset(outbox.database, "500010", outbox.meta),
    ];
    for (const dataset of [gone, left, redacted])
      await addOrders(outbox.database, dataset, { count: 1, paidAt: outbox.time.clock() });
    await outbox.database.prisma.dataset.update({ where: { id: gone.id }, data: { state: "disconnected" } });
    await outbox.database.prisma.store.update({
      where: { id: left.storeId },
      data: { state: "uninstalled" },
    });
    await outbox.database.prisma
      .$executeRaw`UPDATE conversion SET document = NULL WHERE store_id = ${redacted.storeId}`;
    await drain(outbox.worker);
    const rows = await outbox.database.prisma.delivery.findMany({ orderBy: { id: "asc" } });
    expect(rows.map(({ state, skipReason }) => [state, skipReason])).toEqual([
      ["skipped", "disconnected"],
      ["skipped", "uninstalled"],
      ["skipped", "redacted"],
    ]);
    expect(outbox.meta.requests()).toHaveLength(0);
    expect(await outbox.database.prisma.conversion.count({ where: { clientIp: { not: null } } })).toBe(0);
  });

  it("keeps a paused dataset's deliveries and lets the other datasets of the store go", async () => {
    const first = await addDataset(outbox.database, "500011", outbox.meta);
    const second = await addToStore(outbox.database, first.storeId, "500012", outbox.meta);
    await outbox.database.prisma.dataset.update({ where: { id: first.id }, data: { state: "paused" } });
    await addOrders(outbox.database, first, {
      count: 1,
      paidAt: outbox.time.clock(),
      datasets: [first, second],
    });
    await drain(outbox.worker);
    expect(await countStates(outbox.database)).toEqual({ due: 1, delivered: 1 });
    // Something is left to send, so the buyer's browser is still needed.
    expect(await outbox.database.prisma.conversion.count({ where: { clientIp: null } })).toBe(0);
    await outbox.database.prisma.dataset.update({ where: { id: first.id }, data: { state: "active" } });
    await drain(outbox.worker);
    expect(await countStates(outbox.database)).toEqual({ delivered: 2 });
    expect(await outbox.database.prisma.conversion.count({ where: { clientIp: null } })).toBe(1);
  });

  it.each([
    ["an answer lost after Meta took the events", { kind: "reset", when: "after", times: 1 } as const],
    ["JSON that breaks off", { kind: "truncated_json", times: 1 } as const],
    ["2xx that does not say how many", { kind: "no_events_received", times: 1 } as const],
    ["a proxy's HTML page", { kind: "html", times: 1, processed: true } as const],
    ["a server error", { kind: "server_error", times: 1, processed: true } as const],
    ["no answer at all", { kind: "timeout", when: "after", times: 1 } as const],
  ])("repeats after %s with the same event ID, counted once", async (_name, fault) => {
    const dataset = await addDataset(outbox.database, "500013", outbox.meta);
    await addOrders(outbox.database, dataset, { count: 2, paidAt: outbox.time.clock() - MINUTE });
    outbox.meta.setFaults([fault]);
    // One that gives up soon meets the answer that does not come; the repeat has all the time it needs.
    const first =
      fault.kind === "timeout"
        ? createTestWorker(outbox.database, outbox.meta.graphUrl, outbox.time.clock, { timeoutMs: 1_000 })
        : { worker: outbox.worker, close: () => Promise.resolve() };
    await drain(first.worker);
    await first.close();
    expect(await countStates(outbox.database)).toEqual({ retrying: 2 });
    outbox.time.pass(29_000);
    expect((await outbox.worker.runOnce()).claimed).toBe(0);
    outbox.time.pass(2_000);
    await drain(outbox.worker);
    expect(await countStates(outbox.database)).toEqual({ delivered: 2 });
    expect(outbox.meta.events().map(({ id, counted }) => [id, counted])).toEqual([
      ["1001", 1],
      ["1002", 1],
    ]);
    const [row] = await outbox.database.prisma.delivery.findMany({
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
    const dataset = await addDataset(outbox.database, "500014", outbox.meta);
    await addOrders(outbox.database, dataset, { count: 4, paidAt: outbox.time.clock() - MINUTE });
    outbox.meta.setFaults([{ kind: "fewer_received", count: 2, times: 1 }]);
    await drain(outbox.worker);
    expect(await countStates(outbox.database)).toEqual({ delivered: 4 });
    expect(outbox.meta.events().every(({ counted }) => counted === 1)).toBe(true);
    expect(outbox.meta.events()).toHaveLength(4);
  });

  it("slows down one throttled dataset, costs it no attempt and lets the others go", async () => {
    const slow = await addDataset(outbox.database, "500015", outbox.meta);
    const quick = await addDataset(outbox.database, "500016", outbox.meta);
    for (const dataset of [slow, quick])
      await addOrders(outbox.database, dataset, { count: 1, paidAt: outbox.time.clock() });
    outbox.meta.setFaults([{ kind: "throttled", dataset: "500015", retryAfter: 300 }]);
    await drain(outbox.worker);
    expect(outbox.meta.events({ dataset: "500016" })).toHaveLength(1);
    const state = await outbox.database.prisma.dataset.findUniqueOrThrow({ where: { id: slow.id } });
    expect(state.throttledUntil?.getTime()).toBe(outbox.time.clock() + 300_000);
    expect(await outbox.database.prisma.delivery.findFirst({ where: { datasetId: slow.id } })).toMatchObject({
      state: "retrying",
      failures: 0,
      lastClass: "throttled",
    });
    outbox.meta.setFaults([]);
    outbox.time.pass(301_000);
    await drain(outbox.worker);
    expect(await countStates(outbox.database)).toEqual({ delivered: 2 });
    expect(
      (await outbox.database.prisma.dataset.findUniqueOrThrow({ where: { id: slow.id } })).throttles,
    ).toBe(0);
  });
});
