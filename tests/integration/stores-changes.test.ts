import { beforeEach, describe, expect, it } from "vitest";

import { recordHeartbeat } from "#app/pairing/record-heartbeat.server.ts";
import { readChanges } from "#app/quality/read-changes.server.ts";
import { noteChange } from "#app/stores/settings/note-change.server.ts";
import { saveSettings } from "#app/stores/settings/save-settings.server.ts";
import { switchToOrderIdRule } from "#app/stores/settings/switch-to-order-id-rule.server.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const DAY = 86_400_000;
/** 2026-03-10, 13:00 in Los Angeles. */
const NOW = Date.UTC(2026, 2, 10, 20);
/** As a new store has it. */
const FORM = {
  eventIdRule: "order_number",
  valueBasis: "total",
  currencySide: "shop",
  contentId: "product",
  customerSegmentation: true,
  consentPolicy: "regional",
  reportWaitSeconds: "20",
  retentionDays: "30",
  sources: { web: true, pos: true, draft: true, subscription: false, other: true },
};

describe.each(DATABASE_KINDS)("the log of changes on the %s database", (databaseKind) => {
  const test = shareTestDatabase(databaseKind);
  let store: { readonly id: bigint; readonly timeZone: string };
  let datasetId: bigint;
  const deps = () => ({ database: test.database, clock: () => NOW });
  beforeEach(async () => {
    const { prisma } = test.database;
    await prisma.store.deleteMany();
    const made = await prisma.store.create({
      data: {
        shop: "changes.myshopify.com",
        timeZone: "America/Los_Angeles",
        installedAt: new Date(NOW),
        datasets: { create: { datasetId: "111", name: "Agency", createdAt: new Date(NOW) } },
      },
      include: { datasets: true },
    });
    store = made;
    datasetId = made.datasets[0]?.id ?? 0n;
  });

  const seen = async (within?: { from: string; to: string }) =>
    (await readChanges(test.database, store, within)).map(({ kind, by, day, dataset, details }) => ({
      kind,
      by,
      day,
      dataset,
      details,
    }));
  const save = async (change: object) => {
    const { settingsVersion } = await test.database.prisma.store.findUniqueOrThrow({
      where: { id: store.id },
    });
    return saveSettings(deps(), { storeId: store.id, values: { ...FORM, settingsVersion, ...change } });
  };

  it("names the settings that were changed, and both sides of another consent policy", async () => {
    expect(await save({ consentPolicy: "strict", retentionDays: "14", exclude: [] })).toMatchObject({
      kind: "saved",
    });
    expect(await seen()).toEqual([
      {
        kind: "settings_changed",
        by: "merchant",
        day: "2026-03-10",
        dataset: null,
        details: { settings: ["retentionDays"] },
      },
      {
        kind: "consent_policy_changed",
        by: "merchant",
        day: "2026-03-10",
        dataset: null,
        details: { from: "regional", to: "strict" },
      },
    ]);
  });

  it("holds nothing of a save that changed nothing, or was refused", async () => {
    await save({});
    await save({ retentionDays: "1" });
    expect(await seen()).toEqual([]);
  });

  it("names the switch to order IDs once, however often it is pressed", async () => {
    await switchToOrderIdRule(deps(), store.id);
    await switchToOrderIdRule(deps(), store.id);
    expect((await seen()).map(({ kind, details }) => [kind, details])).toEqual([
      ["settings_changed", { settings: ["eventIdRule"] }],
    ]);
  });

  it("names the dataset as it is called now", async () => {
    await noteChange(deps(), { storeId: store.id, kind: "dataset_paused", by: "merchant", datasetId });
    await test.database.prisma.dataset.update({ where: { id: datasetId }, data: { name: "Main" } });
    expect(await seen()).toMatchObject([{ kind: "dataset_paused", dataset: "Main" }]);
  });

  it("says when the theme embed first reported, was silent, and reported again", async () => {
    const beat = (days: number) =>
      recordHeartbeat(
        test.database,
        store.id,
        { v: 1, version: "1.0.0", theme: "1", pixels: [], senders: [] },
        NOW + days * DAY,
      );
    for (const day of [0, 1, 2, 6, 7]) await beat(day);
    expect((await seen()).map(({ kind, by, day }) => [kind, by, day])).toEqual([
      ["embed_reports", "app", "2026-03-16"],
      ["embed_silent", "app", "2026-03-12"],
      ["embed_reports", "app", "2026-03-10"],
    ]);
  });

  it("gives the days that are asked for, by the store's calendar", async () => {
    // 06:59 UTC on the 10th is still the 9th in Los Angeles; 07:00 is the 10th.
    for (const minute of [59, 60])
      await noteChange(
        { database: test.database, clock: () => Date.UTC(2026, 2, 10, 6, minute) },
        { storeId: store.id, kind: "token_replaced", by: "merchant", datasetId },
      );
    expect(await seen({ from: "2026-03-09", to: "2026-03-09" })).toHaveLength(1);
    expect(await seen({ from: "2026-03-10", to: "2026-03-10" })).toHaveLength(1);
    expect(await seen({ from: "2026-03-09", to: "2026-03-10" })).toHaveLength(2);
  });

  it("goes with its store, and is no other store's", async () => {
    const { prisma } = test.database;
    const other = await prisma.store.create({ data: { shop: "other.myshopify.com" } });
    await noteChange(deps(), { storeId: other.id, kind: "tracking_off", by: "app" });
    expect(await seen()).toEqual([]);
    await prisma.store.delete({ where: { id: other.id } });
    expect(await prisma.storeChange.count()).toBe(0);
  });
});
