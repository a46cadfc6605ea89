import { beforeEach, describe, expect, it } from "vitest";

import type { QualityOutcome } from "#app/meta/graph-client.server.ts";
import { readOverview } from "#app/quality/read-overview.server.ts";
import { takeScoreSnapshots } from "#app/quality/take-score-snapshots.server.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const NOON = Date.UTC(2026, 2, 10, 20);
const DAY = 86_400_000;
const purchase = (score: number): QualityOutcome => ({
  ok: true,
  web: [{ event_name: "Lead" }, { event_name: "Purchase", event_match_quality: { composite_score: score } }],
});
const IDLE: QualityOutcome = { ok: true, web: [] };
const DENIED: QualityOutcome = {
  ok: false,
  rejection: {
    kind: "rejected",
    class: "credential",
    remedy: null,
    status: 400,
    code: 190,
    subcode: 463,
    message: "expired",
    fbtraceId: null,
    retryAfterMs: null,
    mayHaveArrived: false,
  },
};

describe.each(DATABASE_KINDS)("Meta's scores on the %s database", (databaseKind) => {
  const test = shareTestDatabase(databaseKind);
  let storeId: bigint;
  let calls: string[];
  beforeEach(async () => {
    const { prisma } = test.database;
    await prisma.store.deleteMany();
    calls = [];
    const store = await prisma.store.create({
      data: {
        shop: "scores.myshopify.com",
        timeZone: "America/Los_Angeles",
        installedAt: new Date(NOON),
        datasets: { create: { datasetId: "111111", sealedToken: "sealed", createdAt: new Date(NOON) } },
      },
    });
    storeId = store.id;
  });

  const take = (answer: QualityOutcome, now: number) =>
    takeScoreSnapshots({
      database: test.database,
      clock: () => now,
      secretBox: { open: () => ({ ok: true, plain: "token" }) },
      graph: {
        datasetQuality: async ({ datasetId, ofOurs }) => {
          calls.push(ofOurs ? `ours of ${datasetId}` : datasetId);
          return answer;
        },
      },
    });
  const readMatch = async (now: number) => {
    const store = await test.database.prisma.store.findUniqueOrThrow({ where: { id: storeId } });
    return (
      await readOverview(test.database, { store, period: { kind: "days", days: 7 }, dataset: null, now })
    ).match;
  };

  it("are read once a day of the store and kept", async () => {
    await take(purchase(6.3), NOON - DAY);
    await take(purchase(7.1), NOON);
    await take(purchase(9.9), NOON + 3_600_000);
    expect(calls).toEqual(["111111", "ours of 111111", "111111", "ours of 111111"]);
    const match = await readMatch(NOON);
    expect(match.latest?.score).toBe(7.1);
    expect(match.history.slice(-2)).toEqual([
      { day: "2026-03-09", score: 6.3 },
      { day: "2026-03-10", score: 7.1 },
    ]);
  });

  it("are asked for again while Meta has none, and are not known until then", async () => {
    await take(IDLE, NOON);
    expect((await readMatch(NOON)).latest).toBeNull();
    await take(purchase(8), NOON + 3_600_000);
    // Of nothing there is nothing of ours.
    expect(calls).toEqual(["111111", "111111", "ours of 111111"]);
    expect((await readMatch(NOON)).latest?.score).toBe(8);
  });

  it("are kept of every event, and of what Tandem sent alone", async () => {
    await take(purchase(8), NOON);
    const snapshot = await test.database.prisma.scoreSnapshot.findFirstOrThrow({ where: { storeId } });
    expect(snapshot.others).toEqual([{ event_name: "Lead" }]);
    expect(snapshot.ours).toEqual([
      { event_name: "Lead" },
      { event_name: "Purchase", event_match_quality: { composite_score: 8 } },
    ]);
  });

  it("keep the last reading and say why there is no newer one", async () => {
    await take(purchase(8), NOON - DAY);
    await take(DENIED, NOON);
    const match = await readMatch(NOON);
    expect(match.latest?.score).toBe(8);
    expect(match.problem).toBe("credential");
  });

  it("are not asked for where nobody is connected", async () => {
    await test.database.prisma.dataset.updateMany({ data: { state: "disconnected" } });
    expect(await take(purchase(8), NOON)).toEqual({ taken: 0, failed: 0 });
    expect(calls).toEqual([]);
  });
});
