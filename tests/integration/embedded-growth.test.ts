import { readFileSync } from "node:fs";

import { beforeAll, describe, expect, it } from "vitest";

import { parseOrder } from "#app/conversions/order/parse-order.ts";
import { createIntake } from "#app/intake/take-in-order.server.ts";
import { systemClock } from "#app/platform/process/clock.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const SHOP = "growing.myshopify.com";
const ORDERS = 3_000;
const AT_ONCE = 20;

/** Whoever forgets the statistics reads a table of thousands for each row that names one of them. */
describe("an embedded database that begins empty and fills", () => {
  const store = shareTestDatabase("embedded");

  beforeAll(async () => {
    await store.database.prisma.store.create({
      data: { shop: SHOP, datasets: { create: [{ datasetId: "111" }] } },
    });
    // As a first start does: what is empty is known to be empty.
    for (const table of ["conversion", "delivery"])
      await store.database.prisma.$executeRawUnsafe(`VACUUM (ANALYZE) ${table}`);
  });

  it("reads no table from end to end for each order", async () => {
    const parsed = parseOrder(readFileSync("tests/orders/01_web_usd_discount_fbp_noteattrs.json", "utf8"));
    if (!parsed.ok) throw new Error(parsed.problem.code);
    const { order } = parsed;
    const intake = createIntake({
      database: store.database,
      clock: systemClock,
      log: createLog("silent"),
    });
    let next = 0;
    const bring = async (): Promise<void> => {
      while (next < ORDERS) {
        const number = next;
        next += 1;
        const own = { id: String(8_000_000_000_000 + number), orderNumber: String(50_000 + number) };
        const { kind } = await intake.takeIn({ shop: SHOP, order: { ...order, ...own }, via: "webhook" });
        expect(kind).toBe("stored");
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, bring));

    const [read] = await store.database.prisma.$queryRaw<{ rows: number }[]>`
      SELECT seq_tup_read::int AS rows FROM pg_stat_user_tables WHERE relname = 'conversion'`;
    // Half of the table for each order would be 4,500,000. Until a thousand rows or so, reading them all is the fast way.
    expect(read?.rows).toBeLessThan(ORDERS * 300);
  });
});
