import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { openDatabase, type Database } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";

import { DATASET, SHOP } from "../../scripts/demo-store.ts";
import {
  readPackedHistory,
  unpackHistory,
  type PackedHistory,
} from "../../scripts/prepared-history/packed-history.ts";
import { copyHistory } from "../../scripts/prepared-history/prepared-folder.ts";
import { kept, recount, sorted } from "../setup/recount-tallies.ts";

/**
 * The history in the repository, in a database of today's migrations. Where it does not fit any more:
 * node scripts/prepared-history/prepare.ts (minutes).
 */
const folder = mkdtempSync(path.join(tmpdir(), "tandem-packed-"));
const dataDirectory = path.join(folder, "data");
let packed: PackedHistory;
let database: Database;

beforeAll(async () => {
  packed = readPackedHistory();
  await unpackHistory(packed, "a test", path.join(folder, "unpacked"));
  copyHistory(dataDirectory, path.join(folder, "unpacked"));
  database = await openDatabase({ dataDirectory, preparedFolder: "", log: createLog("silent") });
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

it("has every column that a table has now", async () => {
  const columns = await database.prisma.$queryRawUnsafe<{ name: string; column: string }[]>(`
    SELECT table_name::text AS name, column_name::text AS column FROM information_schema.columns
    WHERE table_schema = 'public' AND is_generated = 'NEVER' ORDER BY 1, 2`);
  for (const { name, columns: known } of packed.tables)
    expect([...known].sort(), name).toEqual(
      columns.flatMap((each) => (each.name === name ? [each.column] : [])).sort(),
    );
});

it("has 90 days of sales, each of which Meta has once", async () => {
  const { prisma } = database;
  expect(packed.books.days).toBe(90);
  const orders = packed.books.store.orders.length;
  expect(orders).toBeGreaterThan(1_500);
  expect(await prisma.conversion.count()).toBe(orders);
  const sent = await prisma.delivery.findMany({
    where: { state: "delivered" },
    select: { conversion: { select: { eventId: true } } },
  });
  const dataset = packed.books.meta.datasets.find(({ id }) => id === DATASET);
  const atMeta = new Set(
    dataset?.copies.flatMap(({ name, id, copy }) =>
      name === "Purchase" && copy.channel === "server" ? [id] : [],
    ),
  );
  expect(new Set(sent.map(({ conversion }) => conversion.eventId))).toEqual(atMeta);
  expect(atMeta.size).toBe(sent.length);
});

it("keeps counts that its rows bear out, and no session", async () => {
  const store = await database.prisma.store.findUniqueOrThrow({ where: { shop: SHOP } });
  // The funnel is written as counts alone, and counts of attempts outlive their rows.
  const comes = ({ metric }: { readonly metric: string }) => !/^(funnel|attempt)/.test(metric);
  const ours = (await kept(database, store.id)).filter(comes);
  expect(sorted(ours)).toEqual(sorted((await recount(database, store.id)).filter(comes)));
  expect(await database.prisma.session.count()).toBe(0);
});

it("is a healthy shop's: the audit never found anything", async () => {
  const changes = await database.prisma.findingChange.findMany();
  expect(changes.map(({ code, kind }) => [code, kind])).toEqual([]);
});

it("goes on with numbers that no row has", async () => {
  const { prisma } = database;
  const store = await prisma.store.findUniqueOrThrow({ where: { shop: SHOP } });
  const change = await prisma.storeChange.create({
    data: { storeId: store.id, at: new Date(), kind: "settings", by: "merchant" },
  });
  expect(await prisma.storeChange.count({ where: { id: { gte: change.id } } })).toBe(1);
});
