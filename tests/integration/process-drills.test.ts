import { describe, expect, it } from "vitest";

import { run as databaseRestart } from "#tests/drill/drills/database-restart.ts";
import { run as deploy } from "#tests/drill/drills/deploy.ts";
import { run as funnelKill } from "#tests/drill/drills/funnel-kill.ts";
import { run as kill } from "#tests/drill/drills/kill.ts";
import { run as restore } from "#tests/drill/drills/restore.ts";
import { run as sigterm } from "#tests/drill/drills/sigterm.ts";

/**
 * Each drill about processes and databases that stop or hang once, small: the same code as `npm run drill`, against real
 * processes of the built app. The other drills are in delivery-drills.test.ts
 * and tests/neighbours.
 */
describe("drills of processes and databases, shrunken", { timeout: 280_000 }, () => {
  const promised = { ok: true, lost: 0 };
  /** A failure says the whole report, so that what went wrong once need not be made to happen again. */
  const holds = (report: unknown, what: object) => expect(report, JSON.stringify(report)).toMatchObject(what);

  it("kill -9, embedded", async () => {
    holds(await kill({ databaseKind: "embedded", rounds: 2, orders: 60 }), promised);
  });

  it("kill -9 of web and worker, server", async () => {
    holds(await kill({ databaseKind: "server", rounds: 2, orders: 60 }), promised);
  });

  it("kill -9 in the middle of the funnel's events, server", async () => {
    holds(await funnelKill({ databaseKind: "server", rounds: 1 }), {
      ...promised,
      doubled: 0,
    });
  });

  it("database stopped and started", async () => {
    holds(await databaseRestart({ databaseKind: "server", rounds: 1, orders: 60 }), promised);
  });

  it("a new version rolled out under load", async () => {
    const replaced = { unanswered: 0, secondTries: 0, exits: [0, 0, 0, 0] };
    holds(await deploy({ databaseKind: "server", perSecond: 15, webhookPatience: 6 }), {
      ...promised,
      ...replaced,
    });
  });

  it("a backup restored that is older than the last orders", async () => {
    holds(await restore({ databaseKind: "embedded", orders: 20 }), {
      ...promised,
      doubled: 0,
    });
  });

  it("SIGTERM under load", async () => {
    holds(await sigterm({ databaseKind: "server", rounds: 1, orders: 100 }), promised);
  });
});
