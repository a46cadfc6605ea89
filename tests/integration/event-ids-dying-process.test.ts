import { readFileSync } from "node:fs";

import pg from "pg";
import { describe, expect, it } from "vitest";

import { parseOrder } from "#app/conversions/order/parse-order.ts";
import { createIntake } from "#app/intake/take-in-order.server.ts";
import { systemClock } from "#app/platform/process/clock.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { eventually } from "#tests/setup/eventually.ts";
import { openTestDatabase } from "#tests/setup/open-test-database.ts";

const SHOP = "pairing.myshopify.com";
/** Order 6100000000902, with the number 2901. */
const FIELD_B = readFileSync("tests/orders/field/03_order_number_twice_b.json", "utf8");

describe("a process that dies while it writes, on the server database", () => {
  it("leaves the number it had taken to the order that waited for it", async () => {
    const store = await openTestDatabase("server");
    const dying = new pg.Client({ connectionString: store.url });
    const dead = new Promise<void>((resolve) => dying.on("error", () => resolve()));
    const { prisma } = store.database;
    try {
      const { id: storeId } = await prisma.store.create({ data: { shop: SHOP } });
      await dying.connect();
      const { rows } = await dying.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
      await dying.query("BEGIN");
      await dying.query(
        `INSERT INTO conversion (store_id, event_name, source_key, order_id, order_number, event_id, event_time, paid_at,
           received_at, source, action_source)
         VALUES ($1, 'Purchase', '1', '1', '2901', '2901', now(), now(), now(), 'web', 'website')`,
        [String(storeId)],
      );
      const order = parseOrder(FIELD_B);
      if (!order.ok) throw new Error(order.problem.message);
      const intake = createIntake({
        database: store.database,
        clock: systemClock,
        log: createLog("silent"),
      });
      const waiting = intake.takeIn({ shop: SHOP, order: order.order, via: "webhook" });
      await eventually(async () => {
        const [waiters] = await prisma.$queryRaw<{ count: bigint }[]>`
          SELECT count(*) FROM pg_locks WHERE NOT granted`;
        expect(Number(waiters?.count)).toBeGreaterThan(0);
      });
      await prisma.$queryRaw`SELECT pg_terminate_backend(${rows[0]?.pid ?? 0}::int)`;
      await dead;
      expect(await waiting).toMatchObject({ kind: "stored" });
      const stored = await prisma.conversion.findMany();
      expect(stored.map(({ orderId, eventId }) => [orderId, eventId])).toEqual([["6100000000902", "2901"]]);
    } finally {
      await dying.end().catch(() => undefined);
      await store.destroy();
    }
  });
});
