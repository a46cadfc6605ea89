import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { createGraphClient, type GraphClient } from "#app/meta/graph-client.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { createMetrics } from "#app/platform/process/metrics.server.ts";
import {
  checkConnectedDataset,
  disconnectDataset,
  renameDataset,
} from "#app/stores/datasets/change-dataset.server.ts";
import { connectDataset, replaceToken } from "#app/stores/datasets/connect-dataset.server.ts";
import { tokenPurpose } from "#app/stores/datasets/open-dataset-token.server.ts";
import { startMeta, type MetaSandbox } from "#sandbox/meta/start-meta.ts";
import { secretBox } from "#tests/drill/outbox-fixture.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const ID = "1234567890123456";
const NOW = Date.UTC(2026, 2, 10, 20);

describe.each(DATABASE_KINDS)("a store's datasets on the %s database", (databaseKind) => {
  const test = shareTestDatabase(databaseKind);
  let meta: MetaSandbox;
  let graph: GraphClient;
  let storeId: bigint;
  let strangerId: bigint;
  beforeEach(async () => {
    const { prisma } = test.database;
    await prisma.store.deleteMany();
    storeId = (
      await prisma.store.create({ data: { shop: "mine.myshopify.com", installedAt: new Date(NOW) } })
    ).id;
    strangerId = (
      await prisma.store.create({ data: { shop: "theirs.myshopify.com", installedAt: new Date(NOW) } })
    ).id;
    meta = await startMeta({ now: () => NOW });
    meta.addDataset({ id: ID, name: "Web shop" });
    graph = createGraphClient({
      graphUrl: meta.graphUrl,
      log: createLog("silent"),
      metrics: createMetrics(),
      timeouts: { base: 300, perEvent: 5 },
    });
  });
  afterEach(async () => {
    await graph.close();
    await meta.close();
  });

  const deps = () => ({
    database: test.database,
    graph,
    secretBox,
    clock: () => NOW,
  });
  const goodToken = () => meta.addToken({ datasets: [ID] });
  const connect = (token: string, input: { datasetId?: string; name?: string; storeId?: bigint } = {}) =>
    connectDataset(deps(), { storeId, datasetId: ID, name: "", token, ...input });
  const rows = () => test.database.prisma.dataset.findMany({ orderBy: { id: "asc" } });
  /** As a worker holds it whose token Meta refuses. */
  const hold = () =>
    test.database.prisma.dataset.updateMany({ data: { heldAt: new Date(NOW), heldClass: "credential" } });
  const isHeld = async () => (await rows()).map(({ heldAt }) => heldAt !== null);
  const connected = async () => {
    const outcome = await connect(goodToken());
    if (outcome.kind !== "connected") throw new Error(outcome.kind);
    return { storeId, datasetId: outcome.datasetId };
  };

  it("connects what Meta confirms, and keeps the token sealed for this store and dataset alone", async () => {
    const token = goodToken();
    // As copied from a page: spaces around the ID, a line break in the token.
    const outcome = await connect(`${token.slice(0, 20)}\n${token.slice(20)} `, {
      datasetId: ` ${ID} `,
      name: " Main\u0000shop ",
    });
    expect(outcome).toMatchObject({ kind: "connected", checked: true });
    const [row, ...others] = await rows();
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      storeId,
      datasetId: ID,
      name: "Main shop",
      state: "active",
      tokenLastFour: token.slice(-4),
      checkResult: "ok",
      createdAt: new Date(NOW),
      checkedAt: new Date(NOW),
    });
    expect(row?.sealedToken).not.toContain(token);
    expect(secretBox.open(row?.sealedToken ?? "", tokenPurpose(storeId, ID))).toEqual({
      ok: true,
      plain: token,
    });
    expect(secretBox.open(row?.sealedToken ?? "", tokenPurpose(strangerId, ID)).ok).toBe(false);
    expect(secretBox.open(row?.sealedToken ?? "", tokenPurpose(storeId, "1")).ok).toBe(false);
  });

  it.each([
    ["an ID that is no number", { datasetId: "12a45" }, "datasetId", /digits only/],
    ["an ID that was cut", { datasetId: "1234" }, "datasetId", /5 to 20 digits/],
    ["no ID", { datasetId: " " }, "datasetId", /Enter the dataset ID/],
  ])("refuses %s beside its field and asks nobody", async (_name, input, field, words) => {
    const outcome = await connect(goodToken(), input);
    expect(outcome).toMatchObject({ kind: "invalid", errors: { [field]: expect.stringMatching(words) } });
    expect(meta.requests()).toEqual([]);
    expect(await rows()).toEqual([]);
  });

  it("refuses a token that is none, foreign, expired, for another dataset or not for events", async () => {
    meta.addDataset({ id: "9999999999", name: "Other" });
    const refused: readonly (readonly [string, string, RegExp])[] = [
      ["", "token", /Paste the access token/],
      ["EAAshort", "token", /too short/],
      ["é".repeat(40), "token", /not an access token/],
      ["EAA0000000000000000000000000000", "token", /does not accept/],
      [meta.addToken({ datasets: [ID], state: "expired" }), "token", /has expired/],
      [meta.addToken({ datasets: [ID], scopes: ["public_profile"] }), "token", /may not send events/],
      [meta.addToken({ datasets: ["9999999999"] }), "datasetId", /belongs to another dataset/],
    ];
    for (const [token, field, words] of refused)
      expect(await connect(token), String(words)).toMatchObject({
        kind: "invalid",
        errors: { [field]: expect.stringMatching(words) },
      });
    expect(await rows()).toEqual([]);
  });

  it("lets nobody wait for a Meta that is away: saved, marked as unchecked, checked later", async () => {
    const token = goodToken();
    meta.setFaults([{ kind: "server_error", status: 503, scope: "debug_token" }]);
    const outcome = await connect(token);
    expect(outcome).toMatchObject({ kind: "connected", checked: false });
    expect(await rows()).toMatchObject([{ state: "active", checkResult: "unreachable" }]);
    meta.setFaults([]);
    const which = { storeId, datasetId: outcome.kind === "connected" ? outcome.datasetId : 0n };
    expect(await checkConnectedDataset(deps(), which)).toMatchObject({
      kind: "checked",
      check: { ok: true },
    });
    expect(await rows()).toMatchObject([{ checkResult: "ok" }]);
  });

  it("makes one dataset of a form that is sent several times at once", async () => {
    const token = goodToken();
    const outcomes = await Promise.all([connect(token), connect(token), connect(token)]);
    expect(outcomes.some(({ kind }) => kind === "connected")).toBe(true);
    expect(await rows()).toHaveLength(1);
    expect(await connect(token)).toMatchObject({
      kind: "invalid",
      errors: { datasetId: expect.stringMatching(/connected already/) },
    });
  });

  it("keeps the old token when the new one does not work, and releases what was held when it does", async () => {
    const which = await connected();
    await hold();
    const [before] = await rows();
    const bad = await replaceToken(deps(), { ...which, token: meta.addToken({ datasets: ["777777"] }) });
    expect(bad).toMatchObject({
      kind: "invalid",
      errors: { token: expect.stringMatching(/another dataset/) },
    });
    expect(await rows()).toEqual([before]);
    const token = goodToken();
    expect(await replaceToken(deps(), { ...which, token })).toEqual({ kind: "replaced", checked: true });
    expect(await rows()).toMatchObject([{ tokenLastFour: token.slice(-4) }]);
    expect(await isHeld()).toEqual([false]);
  });

  it("tells when the stored token has stopped working, and that it is gone", async () => {
    const which = await connected();
    const [row] = await rows();
    const opened = secretBox.open(row?.sealedToken ?? "", tokenPurpose(storeId, ID));
    meta.addToken({ token: opened.ok ? opened.plain : "", datasets: [ID], state: "expired" });
    await hold();
    expect(await checkConnectedDataset(deps(), which)).toMatchObject({
      kind: "checked",
      check: { ok: false, code: "expired_token" },
    });
    expect(await isHeld()).toEqual([true]);
    await test.database.prisma.dataset.updateMany({ data: { sealedToken: "v1.k1.broken" } });
    expect(await checkConnectedDataset(deps(), which)).toMatchObject({ kind: "token_lost" });
  });

  it("destroys the token when it is disconnected, and connects again under the same row", async () => {
    const which = await connected();
    expect(await disconnectDataset(deps(), which)).toBe(true);
    expect(await rows()).toMatchObject([{ state: "disconnected", sealedToken: null, tokenLastFour: null }]);
    expect(await disconnectDataset(deps(), which)).toBe(false);
    expect(await checkConnectedDataset(deps(), which)).toEqual({ kind: "not_found" });
    expect(await connect(goodToken())).toMatchObject({ kind: "connected", datasetId: which.datasetId });
    expect(await rows()).toMatchObject([{ state: "active" }]);
  });

  it("lets one store change nothing of another's", async () => {
    const { datasetId } = await connected();
    const [before] = await rows();
    const theirs = { storeId: strangerId, datasetId };
    expect(await renameDataset(deps(), theirs, "Mine now")).toBe(false);
    expect(await disconnectDataset(deps(), theirs)).toBe(false);
    expect(await checkConnectedDataset(deps(), theirs)).toEqual({ kind: "not_found" });
    expect(await replaceToken(deps(), { ...theirs, token: goodToken() })).toEqual({ kind: "not_found" });
    expect(await rows()).toEqual([before]);
    // The same dataset in two stores is two rows, each with its own token.
    expect(await connect(goodToken(), { storeId: strangerId })).toMatchObject({ kind: "connected" });
    expect(await rows()).toHaveLength(2);
  });
});
