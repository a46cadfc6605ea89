import { beforeEach, describe, expect, it, vi } from "vitest";

import { createLog } from "#app/platform/process/log.server.ts";
import { createPeriodicJobs } from "#app/platform/process/periodic-jobs.server.ts";
import { inLanguage } from "#app/texts/in-language.server.ts";
import { currentLanguage } from "#app/texts/language.ts";
import { eventually } from "#tests/setup/eventually.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const HOUR = 3_600_000;

describe.each(DATABASE_KINDS)("periodic jobs (%s)", (databaseKind) => {
  const store = shareTestDatabase(databaseKind);
  let now = Date.parse("2026-11-22T12:00:00Z");
  const clock = () => now;
  const log = createLog("silent");
  const jobs = () => createPeriodicJobs({ database: store.database, clock, log, leaseMs: 60_000 });
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
    await eventually(() => expect(run).toHaveBeenCalled());
    const others = await Promise.all([one.runNow("sweep"), two.runNow("sweep")]);
    expect(others.map((outcome) => outcome.kind)).toEqual(["left", "left"]);
    release();
    expect((await first).kind).toBe("finished");
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("speaks English, also where a request in another language asked for it", async () => {
    const process = jobs();
    const said: string[] = [];
    process.add({ name: "say", everyMs: HOUR, run: async () => void said.push(currentLanguage()) });
    await inLanguage("de", () => process.runNow("say"));
    expect(said).toEqual(["en"]);
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
    await eventually(() => expect(run).toHaveBeenCalledTimes(1));
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
    await eventually(async () => expect((await row("long")).leaseToken).not.toBeNull());
    await process.stop();
    expect(noticed).toBe(true);
    expect(await row("long")).toMatchObject({ leaseToken: null, result: { left: 1 } });
    expect((await process.runNow("long")).kind).toBe("left");
  });

  describe("a lease that cannot be renewed", () => {
    /** The same database, through which no renewal succeeds (`renew` says what becomes of one). */
    const cutOff = (renew: () => Promise<never>) => {
      const { prisma } = store.database;
      const job = new Proxy(prisma.job, {
        get: (target, key): unknown => (key === "updateMany" ? renew : Reflect.get(target, key)),
      });
      const cut = new Proxy(prisma, {
        get: (target, key): unknown => (key === "job" ? job : Reflect.get(target, key)),
      });
      return { ...store.database, prisma: cut };
    };
    const refused = () => Promise.reject(new Error("no database"));
    const silent = () => new Promise<never>(() => undefined);
    /** A job that runs until it is told to end, and how many run at this moment. */
    const openJob = () => {
      const running = { now: 0, most: 0 };
      const run = (signal: AbortSignal) =>
        new Promise<void>((resolve) => {
          running.most = Math.max(running.most, (running.now += 1));
          signal.addEventListener("abort", () => {
            running.now -= 1;
            resolve();
          });
        });
      return { running, job: { name: "lonely", everyMs: HOUR, run } };
    };

    it.each([
      ["is refused", refused],
      ["is never answered", silent],
    ])("ends the job before another process begins it: the renewal %s", async (_name, renew) => {
      const { running, job } = openJob();
      const one = createPeriodicJobs({ database: cutOff(renew), clock, log, leaseMs: 60_000 });
      const two = jobs();
      one.add(job);
      two.add(job);
      const first = one.runNow("lonely");
      await eventually(() => expect(running.now).toBe(1));
      now += 30_000;
      expect((await two.runNow("lonely")).kind).toBe("left");
      now += 16_000;
      await eventually(() => expect(running.now).toBe(0));
      expect(await first).toMatchObject({
        kind: "failed",
        problem: expect.stringContaining("lease") as string,
      });
      const second = two.runNow("lonely");
      await eventually(() => expect(running.now).toBe(1));
      expect(running.most).toBe(1);
      await two.stop();
      await second;
    });

    it("ends the job of a process that was frozen past the end, while another has it", async () => {
      const { running, job } = openJob();
      const one = jobs();
      one.add(job);
      const first = one.runNow("lonely");
      await eventually(() => expect(running.now).toBe(1));
      const other = { leaseToken: "other", leaseUntil: new Date(now + 200_000) };
      now += 61_000;
      await store.database.prisma.job.update({ where: { name: "lonely" }, data: other });
      await first;
      expect(running.now).toBe(0);
      expect(await row("lonely")).toMatchObject({ ...other, finishedAt: null });
    });

    it("ends the job whose lease another process has", async () => {
      const { running, job } = openJob();
      const one = jobs();
      one.add(job);
      const first = one.runNow("lonely");
      await eventually(() => expect(running.now).toBe(1));
      await store.database.prisma.job.update({ where: { name: "lonely" }, data: { leaseToken: "other" } });
      now += 21_000;
      expect((await first).kind).toBe("failed");
    });

    it("goes on for as long as each renewal succeeds", async () => {
      const { running, job } = openJob();
      const one = jobs();
      one.add(job);
      const first = one.runNow("lonely");
      await eventually(() => expect(running.now).toBe(1));
      for (let third = 1; third <= 4; third += 1) {
        now += 25_000;
        const until = new Date(now + 60_000);
        await eventually(async () => expect((await row("lonely")).leaseUntil).toEqual(until));
      }
      expect(running.now).toBe(1);
      await one.stop();
      expect((await first).kind).toBe("finished");
    });
  });
});
