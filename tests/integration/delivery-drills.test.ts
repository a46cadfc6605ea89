import { describe, expect, it } from "vitest";

import { run as clockJumps } from "#tests/drill/drills/clock-jumps.ts";
import { run as duplicates } from "#tests/drill/drills/duplicates.ts";
import { run as faults } from "#tests/drill/drills/faults.ts";
import { run as metaDown } from "#tests/drill/drills/meta-down.ts";
import { run as workers } from "#tests/drill/drills/workers.ts";

/**
 * Each drill about what Meta, Shopify and the clock do once, small: the same code as `npm run drill`, against real
 * processes of the built app. Processes and databases that stop are in process-drills.test.ts,
 * neighbours in tests/neighbours.
 */
describe("drills, shrunken", { timeout: 280_000 }, () => {
  const promised = { ok: true, lost: 0 };
  /** A failure says the whole report, so that what went wrong once need not be made to happen again. */
  const holds = (report: unknown, what: object) => expect(report, JSON.stringify(report)).toMatchObject(what);

  it("Meta away for an hour", async () => {
    holds(await metaDown({ databaseKind: "embedded", orders: 60, rate: 600 }), promised);
  });

  it("one request in five struck by a fault", async () => {
    holds(await faults({ databaseKind: "server", orders: 300 }), promised);
  });

  it("clock jumps", async () => {
    holds(await clockJumps({ databaseKind: "embedded", orders: 20 }), promised);
  });

  it("the same webhook fifty times", async () => {
    holds(await duplicates({ databaseKind: "server", orders: 2 }), promised);
  });

  it("several worker processes", async () => {
    holds(await workers({ databaseKind: "server", orders: 100, counts: [2] }), promised);
  });
});
