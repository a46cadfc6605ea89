import { describe, expect, it } from "vitest";

import { watchFailures } from "./watch-failures.server.ts";

describe("failures of a driver's method", () => {
  const driver = (seen: unknown[]) => {
    const target = {
      fails: true,
      query(text: string, callback?: (error: unknown, result?: string) => void) {
        const error = this.fails ? new Error(`no ${text}`) : null;
        if (callback) return void callback(error, text);
        return error ? Promise.reject(error) : Promise.resolve(text);
      },
    };
    watchFailures(target, "query", (error) => seen.push((error as Error).message));
    return target;
  };

  it("are told of by promise and by callback, and reach the caller as before", async () => {
    const seen: unknown[] = [];
    const target = driver(seen);
    await expect(target.query("a")).rejects.toThrow("no a");
    const got: unknown[] = [];
    expect(target.query("b", (error) => got.push(error))).toBeUndefined();
    expect(got).toMatchObject([{ message: "no b" }]);
    expect(seen).toEqual(["no a", "no b"]);
  });

  it("are none where nothing fails", async () => {
    const seen: unknown[] = [];
    const target = driver(seen);
    target.fails = false;
    const got: unknown[] = [];
    void target.query("b", (error, result) => got.push(error, result));
    expect([await target.query("a"), ...got, seen]).toEqual(["a", null, "b", []]);
  });
});
