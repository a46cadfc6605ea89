import { describe, expect, it } from "vitest";

import { funnelReport, openFunnel, reportedEvent, talliesOf } from "#tests/drill/funnel-fixture.ts";
import { shareFunnel } from "#tests/drill/share-funnel.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Delivery of events: what Meta answers, and what becomes of them. */
describe.each(DATABASE_KINDS)("the funnel's lane on the %s database", (databaseKind) => {
  const stage = shareFunnel(databaseKind);

  const report = async (
    count: number,
    more: Parameters<typeof reportedEvent>[0] extends infer E ? Partial<E> : never = {},
  ) => {
    const events = Array.from({ length: count }, () =>
      reportedEvent({ name: "ViewContent", time: stage.time.clock(), ...more }),
    );
    for (let from = 0; from < count; from += 25)
      await stage.funnel.post(funnelReport(stage.store, events.slice(from, from + 25)));
    return events;
  };
  const turn = async (afterMs: number) => {
    stage.time.pass(afterMs);
    return stage.funnel.worker.runOnce();
  };
  const datasetRow = () => stage.prisma.dataset.findUniqueOrThrow({ where: { id: stage.store.id } });

  it("finds the one event that Meta refuses, and delivers its neighbours once each", async () => {
    const events = await report(30);
    stage.meta.addFault({ kind: "reject_event", eventId: events[17]?.id ?? "" });
    await turn(2 * SECOND);
    expect(await stage.states()).toEqual({ delivered: 29, dead: 1 });
    expect(await stage.prisma.funnelEvent.findFirst({ where: { state: "dead" } })).toMatchObject({
      eventId: events[17]?.id,
      lastClass: "payload",
      lastCode: 100,
    });
    const received = stage.meta.events({ dataset: stage.store.metaId });
    expect(received.map(({ copies }) => copies.length)).toEqual(Array.from({ length: 29 }, () => 1));
    expect(await talliesOf(stage.test.database, "funnel", stage.store.id)).toMatchObject({
      "ViewContent:paired": [29, 0],
      "ViewContent:browser_only": [1, 0],
      "ViewContent:dead:payload": [1, 0],
    });
  });

  it("sends one event again without its click ID where Meta calls that malformed", async () => {
    const [event] = await report(1);
    await stage.prisma.$executeRaw`
      UPDATE funnel_event SET payload = jsonb_set(payload, '{user_data,fbc}', '"fb.1.1764000000000.AbCdEfGhIj"')`;
    stage.meta.addFault({ kind: "reject_event", eventId: event?.id ?? "", subcode: 2804001, times: 1 });
    await turn(2 * SECOND);
    expect(await stage.states()).toEqual({ delivered: 1 });
    expect(JSON.stringify(stage.meta.payloads().at(-1))).not.toContain("AbCdEfGhIj");
  });

  it("holds the dataset where the token is refused, sends nothing meanwhile, and goes on once it is released", async () => {
    await report(2);
    stage.meta.setFaults([{ kind: "token_error" }]);
    await turn(2 * SECOND);
    expect(await datasetRow()).toMatchObject({ heldClass: "credential" });
    stage.meta.setFaults([]);
    const requests = stage.meta.requests().length;
    await turn(2 * MINUTE);
    expect([stage.meta.requests().length, await stage.states()]).toEqual([requests, { waiting: 2 }]);
    await stage.prisma.dataset.update({
      where: { id: stage.store.id },
      data: { heldClass: null, heldAt: null },
    });
    await turn(2 * MINUTE);
    expect(await stage.states()).toEqual({ delivered: 2 });
  });

  it.each([
    ["a throttle", { kind: "throttled" } as const, 30 * SECOND],
    ["an error of Meta's", { kind: "server_error" } as const, 2 * SECOND],
  ])("waits longer after each %s, and leaves the dataset's orders alone", async (_, fault, least) => {
    await report(1);
    stage.meta.setFaults([fault]);
    const pauses: number[] = [];
    for (let failures = 0; failures < 3; failures += 1) {
      const lane = await stage.prisma.funnelLane.findUniqueOrThrow({ where: { datasetId: stage.store.id } });
      stage.time.pass(Math.max(0, lane.dueAt.getTime() - stage.time.clock()));
      await stage.funnel.worker.runOnce();
      const after = await stage.prisma.funnelLane.findUniqueOrThrow({ where: { datasetId: stage.store.id } });
      pauses.push(after.dueAt.getTime() - stage.time.clock());
    }
    const [first = 0, second = 0, third = 0] = pauses;
    expect(first).toBeGreaterThanOrEqual(least);
    expect(second).toBeGreaterThanOrEqual(2 * least);
    expect(third).toBeGreaterThanOrEqual(4 * least);
    expect(await datasetRow()).toMatchObject({
      throttledUntil: null,
      restsUntil: null,
      heldAt: null,
      failures: 0,
    });
    stage.meta.setFaults([]);
    await turn(10 * MINUTE);
    expect(await stage.states()).toEqual({ delivered: 1 });
  });

  it("sends what Meta took while its answer was lost again under the same ID: Meta counts it once", async () => {
    const [event] = await report(1);
    stage.meta.setFaults([{ kind: "reset", when: "after", times: 1 }]);
    await turn(2 * SECOND);
    expect(await stage.states()).toEqual({ waiting: 1 });
    await turn(MINUTE);
    expect(await stage.states()).toEqual({ delivered: 1 });
    const received = stage.meta.event(stage.store.metaId, "ViewContent", event?.id ?? "");
    expect([received?.copies.length, received?.counted]).toEqual([2, 1]);
  });

  it("takes over the lane of a worker that died, once its lease has run out", async () => {
    await report(1);
    stage.time.pass(2 * SECOND);
    await stage.prisma.$executeRaw`
      UPDATE funnel_lane SET lease_token = 'dead', lease_until = now() + interval '1 minute'`;
    expect(await stage.funnel.worker.runOnce()).toBe(0);
    await stage.prisma.$executeRaw`UPDATE funnel_lane SET lease_until = now() - interval '1 second'`;
    expect(await stage.funnel.worker.runOnce()).toBe(1);
    expect(await stage.states()).toEqual({ delivered: 1 });
  });

  it("gives a lane to one of two workers", async () => {
    await report(5);
    stage.time.pass(2 * SECOND);
    const other = await openFunnel(stage.test.database, stage.meta.graphUrl, stage.time.clock);
    const taken = await Promise.all([stage.funnel.worker.runOnce(), other.worker.runOnce()]);
    await other.close();
    expect(taken.toSorted()).toEqual([0, 5]);
  });

  it("sends no second copy after 48 hours of what a browser sent, and the only copy for seven days", async () => {
    await report(1, { outcome: "sent" });
    await report(1, { outcome: "blocked" });
    await turn(48 * HOUR);
    expect(
      await stage.prisma.funnelEvent.findMany({
        select: { outcome: true, state: true, lastClass: true },
        orderBy: { outcome: "asc" },
      }),
    ).toEqual([
      { outcome: "blocked", state: "delivered", lastClass: null },
      { outcome: "sent", state: "dead", lastClass: "browser_copy_counted" },
    ]);
    await report(1, { outcome: "blocked" });
    await turn(7 * 24 * HOUR);
    expect(await stage.prisma.funnelEvent.findFirst({ orderBy: { id: "desc" } })).toMatchObject({
      state: "dead",
      lastClass: "too_old",
    });
  });

  it("sends nothing of a store that has uninstalled the app, and forgets addresses", async () => {
    await report(3);
    await stage.prisma.store.update({ where: { id: stage.store.storeId }, data: { state: "uninstalled" } });
    const requests = stage.meta.requests().length;
    await turn(2 * SECOND);
    expect([stage.meta.requests().length, await stage.states()]).toEqual([requests, { dead: 3 }]);
    const rows = await stage.prisma.funnelEvent.findMany();
    expect(JSON.stringify(rows.map(({ payload }) => payload))).not.toContain("client_");
  });

  it("rests while Meta is away for orders", async () => {
    let isAway = true;
    const funnel = await openFunnel(stage.test.database, stage.meta.graphUrl, stage.time.clock, {
      isMetaAway: () => isAway,
    });
    await report(1);
    stage.time.pass(2 * SECOND);
    funnel.worker.start();
    const requests = stage.meta.requests().length;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(stage.meta.requests().length).toBe(requests);
    isAway = false;
    await expect.poll(() => stage.states()).toEqual({ delivered: 1 });
    await funnel.close();
  });
});
