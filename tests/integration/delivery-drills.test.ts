import { beforeAll, describe, expect, it } from "vitest";

import { run as clockJumps } from "#tests/drill/drills/clock-jumps.ts";
import { run as databaseRestart } from "#tests/drill/drills/database-restart.ts";
import { run as duplicates } from "#tests/drill/drills/duplicates.ts";
import { run as faults } from "#tests/drill/drills/faults.ts";
import { run as kill } from "#tests/drill/drills/kill.ts";
import { run as metaDown } from "#tests/drill/drills/meta-down.ts";
import { run as poison } from "#tests/drill/drills/poison.ts";
import { run as sigterm } from "#tests/drill/drills/sigterm.ts";
import { run as slowDatabase } from "#tests/drill/drills/slow-database.ts";
import { run as workers } from "#tests/drill/drills/workers.ts";
import { ensureBuild } from "../../scripts/ensure-build.ts";

/** Every drill once, small: the same code as `npm run drill`, against real processes of the built app. */
describe("drills, shrunken", { timeout: 280_000 }, () => {
  beforeAll(() => ensureBuild());

  const promised = { ok: true, lost: 0 };

  it("kill -9, embedded", async () => {
    expect(await kill({ databaseKind: "embedded", rounds: 2, orders: 60 })).toMatchObject(promised);
  });

  it("kill -9 of web and worker, server", async () => {
    expect(await kill({ databaseKind: "server", rounds: 2, orders: 60 })).toMatchObject(promised);
  });

  it("Meta away for an hour", async () => {
    expect(await metaDown({ databaseKind: "embedded", orders: 60, rate: 600 })).toMatchObject(promised);
  });

  it("one request in five struck by a fault", async () => {
    expect(await faults({ databaseKind: "server", orders: 300 })).toMatchObject(promised);
  });

  it("database stopped and started", async () => {
    expect(await databaseRestart({ databaseKind: "server", rounds: 1, orders: 60 })).toMatchObject(promised);
  });

  it("clock jumps", async () => {
    expect(await clockJumps({ databaseKind: "embedded", orders: 20 })).toMatchObject(promised);
  });

  it("the same webhook fifty times", async () => {
    expect(await duplicates({ databaseKind: "server", orders: 2 })).toMatchObject(promised);
  });

  it("several worker processes", async () => {
    expect(await workers({ databaseKind: "server", orders: 100, counts: [2] })).toMatchObject(promised);
  });

  it("orders and answers that cannot be stored, beside a healthy store", async () => {
    expect(await poison({ databaseKind: "embedded", orders: 8 })).toMatchObject({
      ...promised,
      neighboursHarmed: 0,
    });
  });

  it("a locked, disconnected, read-only and crowded database server", async () => {
    expect(await slowDatabase({ databaseKind: "server", seconds: 4 })).toMatchObject({
      ...promised,
      neighboursHarmed: 0,
    });
  });

  it("SIGTERM under load", async () => {
    expect(await sigterm({ databaseKind: "server", rounds: 1, orders: 100 })).toMatchObject(promised);
  });
});
