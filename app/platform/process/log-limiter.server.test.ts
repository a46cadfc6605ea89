import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { createLogLimiter } from "./log-limiter.server.ts";

describe("a limited log", () => {
  const written: [object, string][] = [];
  const log = { warn: (fields: object, message: string) => void written.push([fields, message]) };
  beforeEach(() => {
    written.length = 0;
    vi.useFakeTimers();
  });
  afterEach(() => vi.useRealTimers());

  it("writes the first lines whole and the rest as one count a period", () => {
    const limiter = createLogLimiter(log, { lines: 2, periodMs: 10_000 });
    for (let n = 0; n < 1_000; n += 1) limiter.warn("invalid_hmac", { n }, "webhook refused");
    expect(written).toEqual([
      [{ n: 0 }, "webhook refused"],
      [{ n: 1 }, "webhook refused"],
    ]);
    vi.advanceTimersByTime(10_000);
    expect(written.slice(2)).toEqual([
      [{ key: "invalid_hmac", suppressed: 998, seconds: 10 }, "webhook refused"],
    ]);
    limiter.warn("invalid_hmac", { n: 1_000 }, "webhook refused");
    expect(written.at(-1)).toEqual([{ n: 1_000 }, "webhook refused"]);
  });

  it("counts each key by itself, so that a flood of one does not hide another", () => {
    const limiter = createLogLimiter(log, { lines: 1 });
    for (let n = 0; n < 50; n += 1) limiter.warn("a", { n }, "m");
    limiter.warn("b", { of: "b" }, "m");
    expect(written).toEqual([
      [{ n: 0 }, "m"],
      [{ of: "b" }, "m"],
    ]);
  });

  it("writes nothing more when nothing was held back", () => {
    const limiter = createLogLimiter(log);
    limiter.warn("a", {}, "m");
    vi.advanceTimersByTime(60_000);
    expect(written).toHaveLength(1);
  });

  it("stays small whatever the keys are", () => {
    const limiter = createLogLimiter(log, { lines: 1 });
    for (let n = 0; n < 100_000; n += 1) limiter.warn(`key ${n}`, {}, "m");
    limiter.flush();
    expect(written.length).toBeLessThan(500);
  });
});
