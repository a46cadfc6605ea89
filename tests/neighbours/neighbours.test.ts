import { describe, expect, it } from "vitest";

import { run as poison } from "#tests/drill/drills/poison.ts";
import { run as slowDatabase } from "#tests/drill/drills/slow-database.ts";

/**
 * The drills that measure how long a healthy store waits beside a sick one, small. They are the last step of `npm test` and
 * run alone: beside other tests they would measure those.
 */
describe("a healthy store beside a sick one", { timeout: 280_000 }, () => {
  const unharmed = { ok: true, lost: 0, neighboursHarmed: 0 };

  it("whose orders and answers cannot be stored", async () => {
    expect(await poison({ databaseKind: "embedded", orders: 8 })).toMatchObject(unharmed);
  });

  it("on a locked, disconnected, read-only and crowded database server", async () => {
    expect(await slowDatabase({ databaseKind: "server", seconds: 4 })).toMatchObject(unharmed);
  });
});
