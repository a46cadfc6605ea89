import { describe, expect, it } from "vitest";

import { countRetryable, retryByFilter, retryDelivery } from "#app/delivery/retry-by-hand.server.ts";
import { retryEvents } from "#app/admin/retry-events.server.ts";
import { addDataset, addOrders, countStates, drain } from "#tests/drill/outbox-fixture.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareOutbox } from "#tests/setup/share-outbox.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe.each(DATABASE_KINDS)("what is retried by hand, on the %s database", (databaseKind) => {
  const outbox = shareOutbox(databaseKind);
  const deps = () => ({ database: outbox.database, clock: outbox.time.clock });

  it("does not send again after 48 hours what a browser counted, not even when a person asks", async () => {
    const dataset = await addDataset(outbox.database, "600007", outbox.meta);
    await addOrders(outbox.database, dataset, { count: 2, paidAt: outbox.time.clock() });
    const [first, second] = await outbox.database.prisma.delivery.findMany({ orderBy: { id: "asc" } });
    if (!first || !second) throw new Error("no deliveries");
    await outbox.database.prisma.browserReport.create({
      data: {
        storeId: dataset.storeId,
        orderId: "1001",
        checkoutTokenHash: "x",
        receivedAt: new Date(outbox.time.clock()),
        outcome: "fired",
        conversionId: first.conversionId,
      },
    });
    outbox.meta.setFaults([{ kind: "graph_error", status: 400, code: 100, subcode: 2804019 }]);
    await drain(outbox.worker);
    expect(await countStates(outbox.database)).toEqual({ dead: 2 });
    outbox.meta.setFaults([]);
    outbox.time.pass(49 * HOUR);
    const filter = { storeId: dataset.storeId, filter: {} };
    expect(await countRetryable(deps(), filter)).toEqual({
      retryable: 1,
      uncertain: 0,
      tooOld: 0,
      browserCounted: 1,
    });
    expect(await retryDelivery(deps(), { storeId: dataset.storeId, deliveryId: first.id })).toEqual({
      ok: false,
      reason: "browser_copy_counted",
    });
    expect(await retryByFilter(deps(), filter)).toEqual({ retried: 1 });
    await drain(outbox.worker);
    expect(await countStates(outbox.database)).toEqual({ dead: 1, delivered: 1 });
    expect(outbox.meta.events().map(({ id }) => id)).toEqual(["1002"]);
  });

  it("retries by filter what the filter finds, of this store only", async () => {
    const mine = await addDataset(outbox.database, "600008", outbox.meta);
    const other = await addDataset(outbox.database, "600009", outbox.meta);
    await addOrders(outbox.database, mine, { count: 3, paidAt: outbox.time.clock() - HOUR });
    await addOrders(outbox.database, other, { count: 2, paidAt: outbox.time.clock() - HOUR });
    outbox.meta.setFaults([{ kind: "graph_error", status: 400, code: 100, subcode: 2804050 }]);
    await drain(outbox.worker);
    expect(await countStates(outbox.database)).toEqual({ dead: 5 });
    outbox.meta.setFaults([]);
    const dead = await outbox.database.prisma.delivery.findMany({ where: { storeId: mine.storeId } });
    expect(await retryDelivery(deps(), { storeId: other.storeId, deliveryId: dead[0]?.id ?? 0n })).toEqual({
      ok: false,
      reason: "not_found",
    });
    const filter = {
      state: "dead",
      code: 100,
      subcode: 2804050,
      class: "payload",
      datasetId: mine.id,
    } as const;
    expect(await countRetryable(deps(), { storeId: mine.storeId, filter })).toMatchObject({ retryable: 3 });
    expect(
      await countRetryable(deps(), { storeId: mine.storeId, filter: { ...filter, code: 190 } }),
    ).toMatchObject({ retryable: 0 });
    expect(await retryByFilter(deps(), { storeId: mine.storeId, filter })).toEqual({ retried: 3 });
    await drain(outbox.worker);
    expect(await countStates(outbox.database)).toEqual({ delivered: 3, dead: 2 });
    const first = dead[0];
    expect(await retryDelivery(deps(), { storeId: mine.storeId, deliveryId: first?.id ?? 0n })).toEqual({
      ok: false,
      reason: "not_retryable",
    });
  });

  it("retries what a page of the log shows, and nothing beside it", async () => {
    const dataset = await addDataset(outbox.database, "600011", outbox.meta);
    await addOrders(outbox.database, dataset, {
      count: 4,
      paidAt: outbox.time.clock() - HOUR,
      state: "dead",
    });
    const { prisma } = outbox.database;
    const set = (orderNumber: string, data: { source?: string; pairing?: string }) =>
      prisma.conversion.updateMany({ where: { storeId: dataset.storeId, orderNumber }, data });
    await set("1001", { source: "pos" });
    await set("1002", { pairing: "mismatched" });
    const retry = (query: string) => {
      const form = new URLSearchParams();
      form.set("intent", "count");
      const asking = { id: dataset.storeId, timeZone: "UTC" };
      return retryEvents(
        { database: outbox.database, clock: outbox.time.clock },
        asking,
        form,
        new URLSearchParams(query),
      );
    };
    const found: Readonly<Record<string, number>> = {
      "": 4,
      "view=attention": 4,
      "source=pos": 1,
      "pairing=mismatched": 1,
      "q=%231003": 1,
      "q=nobody": 0,
      "view=skipped": 0,
      "status=delivered": 0,
      "status=delivered,dead": 4,
      "view=recovered&source=pos": 0,
      "source=pos&pairing=mismatched": 0,
      "from=2026-02-31": 4,
      "from=0000-01-01": 4,
    };
    for (const [query, retryable] of Object.entries(found))
      expect(await retry(query), query).toMatchObject({ kind: "count", retryable });
    const sent = await retryByFilter(deps(), {
      storeId: dataset.storeId,
      filter: { state: "dead", sources: ["pos"] },
    });
    expect(sent).toEqual({ retried: 1 });
    expect(await countStates(outbox.database)).toEqual({ dead: 3, due: 1 });
  });
});
