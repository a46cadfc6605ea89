import { setTimeout as sleep } from "node:timers/promises";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { Overloaded, Refused, createGroupWriter, type GroupWriterOptions } from "./group-writer.ts";

class Poison extends Error {}

/** A table that refuses negative numbers, and remembers the groups that it was given. */
function table(given: Partial<GroupWriterOptions<number, string>> = {}) {
  const groups: (readonly number[])[] = [];
  const rows: number[] = [];
  const writer = createGroupWriter<number, string>({
    writeGroup: async (items) => {
      groups.push(items);
      await sleep(1);
      if (items.some((item) => item < 0)) throw new Poison("a row is refused");
      rows.push(...items);
      return items.map((item) => `row ${item}`);
    },
    isRefusal: (error) => error instanceof Poison,
    largestGroup: 256,
    mostWaiting: 10_000,
    longestWaitMs: 5_000,
    ...given,
  });
  return { writer, groups, rows };
}

describe("writing in groups", () => {
  it("writes at once what comes alone, and together what comes meanwhile", async () => {
    const { writer, groups } = table();
    expect(await Promise.all([1, 2, 3, 4].map((item) => writer.write(item)))).toEqual([
      "row 1",
      "row 2",
      "row 3",
      "row 4",
    ]);
    expect(groups).toEqual([[1], [2, 3, 4]]);
  });

  it("writes one after the other for a caller that waits for each, at whatever moment the next one comes", async () => {
    const { writer, rows } = table();
    for (let item = 0; item < 50; item += 1) await writer.write(item);
    for (let item = 50; item < 60; item += 1) {
      await writer.write(item);
      for (let turn = 0; turn < item - 50; turn += 1) await Promise.resolve();
    }
    expect(rows).toHaveLength(60);
    await writer.idle();
  });

  it("keeps a group within its weight, and lets what is too heavy go alone", async () => {
    const { writer, groups } = table({ largestGroup: 10, weightOf: (item) => item });
    await Promise.all([1, 4, 5, 3, 30, 2].map((item) => writer.write(item)));
    expect(groups).toEqual([[1], [4, 5], [3], [30], [2]]);
  });

  it("has several groups under way where it may, and no more", async () => {
    let atOnce = 0;
    let most = 0;
    const { writer } = table({
      groupsAtOnce: 3,
      largestGroup: 1,
      writeGroup: async (items) => {
        most = Math.max(most, (atOnce += 1));
        await sleep(2);
        atOnce -= 1;
        return items.map(String);
      },
    });
    await Promise.all(Array.from({ length: 20 }, (_, item) => writer.write(item)));
    expect(most).toBe(3);
  });

  it("fails the refused items alone, however many and wherever they stand", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: -3, max: 20 }), { maxLength: 60 }), async (items) => {
        const { writer, rows } = table();
        const settled = await Promise.allSettled(items.map((item) => writer.write(item)));
        settled.forEach((outcome, position) => {
          const item = items[position] ?? 0;
          if (item < 0) expect(outcome).toMatchObject({ reason: { name: "Refused" } });
          else expect(outcome).toEqual({ status: "fulfilled", value: `row ${item}` });
        });
        expect([...rows].sort()).toEqual(items.filter((item) => item >= 0).sort());
      }),
      { numRuns: 40 },
    );
  });

  it("finds one refused item among 256 in few statements", async () => {
    const { writer, groups } = table();
    const first = writer.write(0);
    const rest = Array.from({ length: 256 }, (_, item) => writer.write(item === 77 ? -1 : item));
    await Promise.allSettled([first, ...rest]);
    expect(groups.length).toBeLessThanOrEqual(1 + 1 + 2 * 8);
    await expect(rest[77]).rejects.toBeInstanceOf(Refused);
  });

  it("tells all of a group when nothing is known of any, and goes on with the next", async () => {
    let isAway = true;
    const { writer } = table({
      writeGroup: async (items) => {
        await sleep(1);
        if (isAway) throw new Error("the database is away");
        return items.map(String);
      },
    });
    const settled = await Promise.allSettled([1, 2, 3].map((item) => writer.write(item)));
    expect(settled.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    isAway = false;
    expect(await writer.write(4)).toBe("4");
  });

  it("gives up what is not written in time, and never writes what nobody waits for any more", async () => {
    let release: () => void = () => undefined;
    const written: number[] = [];
    const { writer } = table({
      longestWaitMs: 30,
      writeGroup: async (items) => {
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        written.push(...items);
        return items.map(String);
      },
    });
    const stuck = writer.write(1);
    const behind = writer.write(2);
    await expect(stuck).rejects.toBeInstanceOf(Overloaded);
    await expect(behind).rejects.toBeInstanceOf(Overloaded);
    const patient = writer.write(3, { longestWaitMs: 5_000 });
    release();
    await expect.poll(() => written).toEqual([1]);
    release();
    expect(await patient).toBe("3");
    expect(written).toEqual([1, 3]);
  });

  it("turns away at once what finds too many waiting", async () => {
    const { writer } = table({ mostWaiting: 2 });
    const settled = await Promise.allSettled([1, 2, 3, 4, 5].map((item) => writer.write(item)));
    expect(settled.map(({ status }) => status)).toEqual([
      "fulfilled",
      "fulfilled",
      "fulfilled",
      "rejected",
      "rejected",
    ]);
  });

  it("is idle when all is written, at once where nothing is", async () => {
    const { writer, rows } = table();
    await writer.idle();
    void writer.write(1);
    void writer.write(2);
    await writer.idle();
    expect(rows).toEqual([1, 2]);
  });

  it("turns away at once what full groups before it would keep too long", async () => {
    const { writer } = table({
      largestGroup: 2,
      longestWaitMs: 1_000,
      turnsAwayEarly: true,
      writeGroup: async (items) => {
        await sleep(400);
        return items.map((item) => `row ${item}`);
      },
    });
    await Promise.all([1, 2].map((item) => writer.write(item)));
    // Two groups before it are 0.8 s at most by what is known; three would be more than it may wait.
    const brought = Array.from({ length: 40 }, (_, item) => writer.write(item));
    const turnedAway = await Promise.race([
      Promise.allSettled(brought.slice(-5)).then((last) => last.map(({ status }) => status)),
      sleep(300, "waited"),
    ]);
    expect(turnedAway).toEqual(Array.from({ length: 5 }, () => "rejected"));
    await Promise.allSettled(brought);
  });

  it("lets one group wait while groups fail, turns away the others, and takes all again after a success", async () => {
    let isAway = true;
    const { writer } = table({
      largestGroup: 2,
      turnsAwayEarly: true,
      writeGroup: async (items) => {
        await sleep(20);
        if (isAway) throw new Error("no connection");
        return items.map((item) => `row ${item}`);
      },
    });
    await expect(writer.write(1)).rejects.toThrow("no connection");
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, (_, item) => writer.write(item)));
    expect(outcomes.map((each) => each.status === "rejected" && (each.reason as Error).name)).toEqual([
      "Error",
      "Error",
      "Error",
      ...Array.from({ length: 3 }, () => "Overloaded"),
    ]);
    isAway = false;
    expect(await writer.write(7)).toBe("row 7");
    expect(await Promise.all(Array.from({ length: 6 }, (_, item) => writer.write(item)))).toHaveLength(6);
  });
});
