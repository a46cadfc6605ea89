import { createHash } from "node:crypto";

import { describe, expect, it } from "vitest";

import { deleteCustomerEvents, exportCustomerEvents } from "#app/funnel/erase-funnel.server.ts";
import { createFunnelWriter } from "#app/funnel/funnel-writer.server.ts";
import { keepPartitions } from "#app/funnel/keep-partitions.server.ts";
import type { FunnelRow } from "#app/funnel/write-funnel-events.server.ts";
import { hashValue } from "#app/conversions/customer/hash-value.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { addFunnelStore, funnelReport, reportedEvent, talliesOf } from "#tests/drill/funnel-fixture.ts";
import { shareFunnel } from "#tests/drill/share-funnel.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";

const DAY = 86_400_000;
const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");

describe.each(DATABASE_KINDS)("what the funnel keeps on the %s database", (databaseKind) => {
  const stage = shareFunnel(databaseKind);

  const partitions = async (): Promise<readonly string[]> => {
    const rows = await stage.prisma.$queryRaw<{ name: string }[]>`
      SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'funnel_event'::regclass ORDER BY 1`;
    return rows.map(({ name }) => name.replace("funnel_event_", ""));
  };
  const rowOf = (at: number, id: string, value = 1): FunnelRow => ({
    storeId: stage.store.storeId,
    datasetId: stage.store.id,
    eventTime: at,
    receivedAt: at,
    outcome: "sent",
    isThin: false,
    event: {
      event_name: "AddToCart",
      event_time: Math.floor(at / 1000),
      event_id: id,
      action_source: "website",
      user_data: { fbp: "fb.1.1764000000000.1098115397" },
      custom_data: { value, currency: "EUR" },
    },
  });
  const writerAt = (now: number) =>
    createFunnelWriter({ database: stage.test.database, clock: () => now, log: createLog("silent") });

  it("has a partition for each day that an event can have, and drops those before, whoever else does it", async () => {
    const noon = Date.parse("2031-03-10T12:00:00Z");
    await Promise.all([1, 2, 3].map(() => keepPartitions(stage.test.database, noon)));
    expect(await partitions()).toEqual(
      ["02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"].map((day) => `203103${day}`),
    );
    expect(await keepPartitions(stage.test.database, noon)).toBe(0);
    expect(await keepPartitions(stage.test.database, noon + DAY)).toBe(2);
    expect((await partitions()).at(0)).toBe("20310303");
    expect((await partitions()).at(-1)).toBe("20310313");
    await stage.prisma.$executeRaw`SELECT keep_funnel_partitions('2026-01-01', 0, 0)`;
  });

  it("writes on both sides of midnight, and makes the partition that is lacking", async () => {
    const midnight = Date.parse("2032-06-02T00:00:00Z");
    const writer = writerAt(midnight);
    await writer.write([rowOf(midnight - 1, "before"), rowOf(midnight, "after")]);
    const rows = await stage.prisma.funnelEvent.findMany({ orderBy: { eventTime: "asc" } });
    expect(rows.map(({ day, eventId }) => [day.toISOString().slice(0, 10), eventId])).toEqual([
      ["2032-06-01", "before"],
      ["2032-06-02", "after"],
    ]);
  });

  it("leaves out the one row that the database refuses", async () => {
    const now = stage.time.clock();
    const writer = writerAt(now);
    // numeric(18,4) holds fourteen digits before the point.
    await Promise.all([
      writer.write([rowOf(now, "good-1"), rowOf(now, "bad", 1e15), rowOf(now, "good-2")]),
      writer.write([rowOf(now, "good-3")]),
    ]);
    const rows = await stage.prisma.funnelEvent.findMany({ orderBy: { eventId: "asc" } });
    expect(rows.map(({ eventId }) => eventId)).toEqual(["good-1", "good-2", "good-3"]);
    expect(await talliesOf(stage.test.database, "funnel")).toMatchObject({ "AddToCart:taken": [3, 3] });
  });

  it("counts an event on the store's own day", async () => {
    await stage.prisma.store.update({ where: { id: stage.store.storeId }, data: { timeZone: "Asia/Tokyo" } });
    const evening = Date.parse("2032-06-01T16:30:00Z");
    await writerAt(evening).write([rowOf(evening, "late")]);
    const [row] = await stage.prisma.tallyDelta.findMany({ where: { label: "AddToCart:taken" } });
    expect(row?.day.toISOString().slice(0, 10)).toBe("2032-06-02");
  });

  it("deletes and exports a customer's events by any of the hashes, of this store alone", async () => {
    const other = await addFunnelStore(stage.test.database, "990001", stage.meta);
    const known = { em: hashOf("jane@example.com"), external_id: hashOf("7001") };
    const visitors = [
      { fbp: "fb.1.1764000000000.1", known },
      { fbp: "fb.1.1764000000000.2", known: { em: known.em } },
      { fbp: "fb.1.1764000000000.3", known: { em: hashOf("joe@example.com") } },
      { fbp: "fb.1.1764000000000.4" },
    ];
    const now = stage.time.clock();
    for (const store of [stage.store, other]) {
      const events = visitors.map((_, visitor) =>
        reportedEvent({ name: "AddToCart", time: now - visitor * DAY, visitor }),
      );
      await stage.funnel.post(funnelReport(store, events, { visitors, sentAt: now }));
    }
    const customer = { externalId: hashValue("7001"), em: hashValue("jane@example.com") };
    const exported = await exportCustomerEvents(stage.test.database, stage.store.storeId, customer);
    expect(exported).toHaveLength(2);
    expect(exported[0]).toMatchObject({
      dataset: stage.store.metaId,
      eventName: "AddToCart",
      payload: { user_data: { em: [known.em] } },
    });
    expect(await deleteCustomerEvents(stage.test.database, stage.store.storeId, customer)).toBe(2);
    const left = await stage.prisma.funnelEvent.groupBy({
      by: ["storeId"],
      _count: true,
      orderBy: { storeId: "asc" },
    });
    expect(left.map(({ _count }) => _count)).toEqual([2, 4]);
    expect(await deleteCustomerEvents(stage.test.database, stage.store.storeId, {})).toBe(0);
  });
});
