import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { createLog } from "#app/platform/log.server.ts";
import { createPeriodicJobs } from "#app/platform/periodic-jobs.server.ts";
import { DATABASE_HOMES, openTestDatabase, type TestDatabase } from "#tests/setup/open-test-database.ts";

const HOUR = 3_600_000;

describe.each(DATABASE_HOMES)("periodic jobs (%s)", (home) => {
  let store: TestDatabase;
  let now = Date.parse("2026-11-22T12:00:00Z");
  const clock = () => now;
  const log = createLog("silent");
  const jobs = () => createPeriodicJobs({ database: store.database, clock, log, leaseMs: 60_000 });

  beforeAll(async () => {
    store = await openTestDatabase(home);
  });
  afterAll(() => store.destroy());
  beforeEach(async () => {
    now = Date.parse("2026-11-22T12:00:00Z");
    await store.database.prisma.job.deleteMany();
  });
  const row = (name: string) => store.database.prisma.job.findUniqueOrThrow({ where: { name } });

  it("runs in one of two processes at a time", async () => {
    const [one, two] = [jobs(), jobs()];
    let release: () => void = () => undefined;
    const run = vi.fn(() => new Promise<void>((resolve) => (release = resolve)));
    for (const process of [one, two]) process.add({ name: "sweep", everyMs: HOUR, run });
    const first = one.runNow("sweep");
    await vi.waitFor(() => expect(run).toHaveBeenCalled());
    const others = await Promise.all([one.runNow("sweep"), two.runNow("sweep")]);
    expect(others.map((outcome) => outcome.kind)).toEqual(["left", "left"]);
    release();
    expect((await first).kind).toBe("finished");
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("writes down when it ran and how it ended, without what looks like a secret", async () => {
    const process = jobs();
    process.add({ name: "good", everyMs: HOUR, run: async () => ({ erased: 3 }) });
    process.add({
      name: "bad",
      everyMs: HOUR,
      run: async () => Promise.reject(new Error("no answer for buyer@example.com")),
    });
    expect(await process.runNow("good")).toEqual({ kind: "finished", result: { erased: 3 } });
    expect(await process.runNow("bad")).toEqual({ kind: "failed", problem: "no answer for [email]" });
    expect(await row("good")).toMatchObject({
      startedAt: new Date(now),
      finishedAt: new Date(now),
      problem: null,
      result: { erased: 3 },
      leaseToken: null,
      leaseUntil: null,
    });
    expect(await row("bad")).toMatchObject({
      problem: "no answer for [email]",
      result: null,
      leaseUntil: null,
    });
  });

  it("is not begun again before its interval, by whomever", async () => {
    const [one, two] = [jobs(), jobs()];
    const run = vi.fn(async () => undefined);
    for (const process of [one, two]) process.add({ name: "hourly", everyMs: HOUR, run });
    one.start();
    two.start();
    await vi.waitFor(() => expect(run).toHaveBeenCalledTimes(1));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(run).toHaveBeenCalledTimes(1);
    await Promise.all([one.stop(), two.stop()]);
  });

  it("takes over from a process that died, only after its lease", async () => {
    await store.database.prisma.job.create({
      data: {
        name: "left",
        startedAt: new Date(now),
        leaseToken: "dead",
        leaseUntil: new Date(now + 60_000),
      },
    });
    const process = jobs();
    const run = vi.fn(async () => undefined);
    process.add({ name: "left", everyMs: HOUR, run });
    expect(await process.runNow("left")).toEqual({ kind: "left", nextAt: now + 60_000 });
    now += 60_001;
    expect((await process.runNow("left")).kind).toBe("finished");
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("stops when asked, after the running job has noticed", async () => {
    const process = jobs();
    let noticed = false;
    process.add({
      name: "long",
      everyMs: HOUR,
      run: (signal) =>
        new Promise((resolve) =>
          signal.addEventListener("abort", () => {
            noticed = true;
            resolve({ left: 1 });
          }),
        ),
    });
    process.start();
    await vi.waitFor(async () => expect((await row("long")).leaseToken).not.toBeNull());
    await process.stop();
    expect(noticed).toBe(true);
    expect(await row("long")).toMatchObject({ leaseToken: null, result: { left: 1 } });
    expect((await process.runNow("long")).kind).toBe("left");
  });
});
