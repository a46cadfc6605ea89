import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Overloaded } from "../database/group-writer.ts";
import { createLog } from "./log.server.ts";

/** As the database's driver throws it. */
const AWAY = new Error("Connection terminated unexpectedly");

describe("the log of an outage", () => {
  let lines: Record<string, unknown>[];
  let log: ReturnType<typeof createLog>;
  beforeEach(() => {
    vi.useFakeTimers();
    lines = [];
    log = createLog("info", (line) => void lines.push(JSON.parse(line) as Record<string, unknown>));
  });
  afterEach(() => void vi.useRealTimers());

  it("is one line, then a count every five seconds, then its end", () => {
    for (let webhook = 0; webhook < 30; webhook += 1)
      log.error(
        { err: webhook % 2 ? new Overloaded("late") : AWAY, shop: "a" },
        "the order could not be stored",
      );
    log.warn({ err: AWAY }, "a job failed");
    expect(lines.map(({ level, msg }) => [level, msg])).toEqual([["error", "the order could not be stored"]]);
    vi.advanceTimersByTime(5_000);
    expect(lines.at(-1)).toMatchObject({
      level: "warn",
      msg: "database still failing",
      seconds: 5,
      troubles: { database_unreachable: 15, overloaded: 15 },
      lines: { "the order could not be stored": 29, "a job failed": 1 },
    });
    log.child({ part: "worker" }).error({ err: AWAY }, "a turn failed");
    vi.advanceTimersByTime(5_000);
    expect(lines.at(-1)).toMatchObject({ lines: { "a turn failed": 1 }, seconds: 10 });
    vi.advanceTimersByTime(5_000);
    expect(lines.at(-1)).toMatchObject({ level: "info", msg: "database available again", seconds: 15 });
    vi.advanceTimersByTime(60_000);
    expect(lines).toHaveLength(4);
    log.error({ err: AWAY }, "another one");
    expect(lines).toHaveLength(5);
  });

  it("holds back nothing else", () => {
    log.error({ err: AWAY }, "the order could not be stored");
    log.error({ err: new TypeError("x is not a function") }, "an unexpected error");
    log.error({ err: AWAY }, "the order could not be stored");
    log.info({ shop: "a" }, "Tandem is up");
    log.warn("a text alone");
    expect(lines.map(({ msg }) => msg)).toEqual([
      "the order could not be stored",
      "an unexpected error",
      "Tandem is up",
      "a text alone",
    ]);
  });
});
