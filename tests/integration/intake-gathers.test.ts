import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import { beforeAll, describe, expect, it } from "vitest";

import { parseOrder } from "#app/conversions/order/parse-order.ts";
import { createIntake } from "#app/intake/take-in-order.server.ts";
import { systemClock } from "#app/platform/process/clock.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const SHOP = "gathering.myshopify.com";
const ORDERS = 60;

describe("orders that arrive one by one, faster than the embedded database writes", () => {
  const store = shareTestDatabase("embedded");

  beforeAll(async () => {
    await store.database.prisma.store.create({
      data: { shop: SHOP, datasets: { create: [{ datasetId: "111" }] } },
    });
  });

  it("are written in groups, each order once", async () => {
    const parsed = parseOrder(readFileSync("tests/orders/01_web_usd_discount_fbp_noteattrs.json", "utf8"));
    if (!parsed.ok) throw new Error(parsed.problem.code);
    const intake = createIntake({
      database: store.database,
      clock: systemClock,
      log: createLog("silent"),
    });
    const outcomes: Promise<{ readonly kind: string }>[] = [];
    for (let index = 0; index < ORDERS; index += 1) {
      const order = { ...parsed.order, id: String(8_000_000_000_000 + index) };
      outcomes.push(intake.takeIn({ shop: SHOP, order, via: "webhook" }));
      await sleep(2);
    }
    const kinds = (await Promise.all(outcomes)).map(({ kind }) => kind);
    expect(kinds).toEqual(Array.from({ length: ORDERS }, () => "stored"));

    // What one statement wrote bears one transaction's number.
    const [written] = await store.database.prisma.$queryRaw<{ orders: number; statements: number }[]>`
      SELECT count(*)::int AS orders, count(DISTINCT xmin::text)::int AS statements FROM conversion`;
    expect(written?.orders).toBe(ORDERS);
    expect(written?.statements).toBeLessThan(ORDERS / 2);
  });
});
