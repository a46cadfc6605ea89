import { beforeEach, describe, expect, it } from "vitest";

import { actOnAudit } from "#app/admin/act-on-audit.server.ts";
import { auditStores } from "#app/audit/audit-stores.server.ts";
import { readAudit } from "#app/audit/read-audit.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { checkTokens } from "#app/quality/check-tokens.server.ts";
import type { TokenOutcome } from "#app/meta/graph-client.server.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { breakAudit, NOW, seedHealthyStore } from "#tests/setup/seed-audit-history.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe.each(DATABASE_KINDS)("the audit's actions on the %s database", (databaseKind) => {
  const test = shareTestDatabase(databaseKind);
  let now: number;
  beforeEach(async () => {
    await test.database.prisma.store.deleteMany();
    now = NOW;
  });
  const deps = () => ({ database: test.database, clock: () => now, log: createLog("silent") });

  /** A store whose token Meta refuses. */
  const troubled = async (shop: string) => {
    const { storeId, datasetRow } = await seedHealthyStore(test.database, shop, { perDay: 1, days: 5 });
    await test.database.prisma.dataset.update({
      where: { id: datasetRow },
      data: { heldClass: "credential", heldAt: new Date(NOW - HOUR_MS) },
    });
    return test.database.prisma.store.findUniqueOrThrow({ where: { id: storeId } });
  };
  const act = (store: Awaited<ReturnType<typeof troubled>>, form: Record<string, string>) =>
    actOnAudit(deps(), store, new URLSearchParams(form));
  const open = async (store: { readonly id: bigint }) => readAudit(test.database, store, now);

  it("look now, put aside with a reason, and take up again", async () => {
    const store = await troubled("one.myshopify.com");
    expect(await act(store, { intent: "check" })).toMatchObject({ kind: "checked" });
    expect((await open(store)).open.map(({ code }) => code)).toEqual(["tokenRejected"]);

    const snooze = {
      intent: "snooze",
      code: "tokenRejected",
      days: "7",
      reason: " The new token comes on Monday. ",
    };
    expect(await act(store, snooze)).toMatchObject({ kind: "snoozed" });
    const aside = await open(store);
    expect(aside.open).toEqual([]);
    expect(aside.snoozed[0]?.snoozed).toEqual({
      until: NOW + 7 * DAY_MS,
      reason: "The new token comes on Monday.",
    });
    expect(aside.history.map(({ kind }) => kind)).toEqual(["snoozed", "opened"]);

    now += 8 * DAY_MS;
    expect((await open(store)).open).toHaveLength(1);
    now = NOW;
    expect(await act(store, { intent: "unsnooze", code: "tokenRejected" })).toMatchObject({
      kind: "unsnoozed",
    });
    expect((await open(store)).open).toHaveLength(1);
  });

  it.each([
    [{ reason: "" }, "invalid"],
    [{ reason: "   " }, "invalid"],
    [{ reason: "x".repeat(201) }, "invalid"],
    [{ days: "8" }, "invalid"],
    [{ days: "" }, "invalid"],
    [{ code: "valueBasis" }, "not_found"],
    [{ code: "constructor" }, "not_found"],
    [{ code: "" }, "not_found"],
  ])("refuse %j", async (change, kind) => {
    const store = await troubled("two.myshopify.com");
    await act(store, { intent: "check" });
    const form = { intent: "snooze", code: "tokenRejected", days: "7", reason: "later", ...change };
    expect(await act(store, form)).toMatchObject({ kind });
    expect((await open(store)).open).toHaveLength(1);
  });

  it("never touch another store's findings", async () => {
    const [mine, theirs] = [await troubled("mine.myshopify.com"), await troubled("theirs.myshopify.com")];
    await act(theirs, { intent: "check" });
    const snooze = { intent: "snooze", code: "tokenRejected", days: "7", reason: "later" };
    expect(await act(mine, snooze)).toMatchObject({ kind: "not_found" });
    expect((await open(theirs)).open).toHaveLength(1);
    expect((await open(mine)).ranAt).toBeNull();
  });

  it("look at each installed store once an hour, the one that waits longest first", async () => {
    const store = await troubled("hourly.myshopify.com");
    const gone = await troubled("gone.myshopify.com");
    await test.database.prisma.store.update({ where: { id: gone.id }, data: { state: "uninstalled" } });
    expect(await auditStores(deps())).toEqual({ audited: 1, failed: 0 });
    expect(await auditStores(deps())).toEqual({ audited: 0, failed: 0 });
    now += HOUR_MS + 1;
    expect(await auditStores(deps())).toEqual({ audited: 1, failed: 0 });
    expect((await open(store)).ranAt).toBe(now);
    expect((await open(gone)).ranAt).toBeNull();
  });

  it("say that a store's audit failed, keep what it found before, and go on with the others", async () => {
    const store = await troubled("odd.myshopify.com");
    await auditStores(deps());
    await troubled("next.myshopify.com");
    await breakAudit(test.database, store.id);
    now += HOUR_MS + 1;
    expect(await auditStores(deps())).toEqual({ audited: 1, failed: 1 });
    const kept = await open(store);
    expect(kept).toMatchObject({ hasFailed: true, ranAt: now });
    expect(kept.open.map(({ code }) => code)).toEqual(["tokenRejected"]);
  });

  it("keep until when a token is valid, as Meta tells it once a day, and change nothing while Meta is away", async () => {
    const { datasetRow } = await seedHealthyStore(test.database, "token.myshopify.com", {
      perDay: 1,
      days: 2,
    });
    const { prisma } = test.database;
    const read = () => prisma.dataset.findUniqueOrThrow({ where: { id: datasetRow } });
    const ask = (outcome: TokenOutcome) =>
      checkTokens({
        ...deps(),
        secretBox: { open: () => ({ ok: true, plain: "token" }) },
        graph: { debugToken: async () => outcome },
      });
    const { datasetId } = await read();
    const valid: TokenOutcome = {
      ok: true,
      data: {
        is_valid: true,
        expires_at: (NOW + 10 * DAY_MS) / 1000,
        granular_scopes: [{ scope: "read_ads_dataset_quality", target_ids: [datasetId] }],
      },
    };
    expect(await ask(valid)).toMatchObject({ checked: 0 });
    now += DAY_MS;
    expect(await ask(valid)).toEqual({ checked: 1, refused: 0, unanswered: 0 });
    expect((await read()).tokenExpiresAt?.getTime()).toBe(NOW + 10 * DAY_MS);
    now += DAY_MS + 1;
    const away = {
      kind: "rejected",
      class: "transient",
      remedy: null,
      status: 503,
      code: null,
      subcode: null,
    } as const;
    const failed = { message: "", fbtraceId: null, retryAfterMs: null, mayHaveArrived: false };
    expect(await ask({ ok: false, rejection: { ...away, ...failed } })).toMatchObject({ unanswered: 1 });
    expect((await read()).checkResult).toBe("ok");
    expect(await ask({ ok: true, data: { is_valid: false } })).toEqual({
      checked: 1,
      refused: 1,
      unanswered: 0,
    });
    expect((await read()).checkResult).toBe("invalid_token");
  });
});
