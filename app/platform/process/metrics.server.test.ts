import { expect, it } from "vitest";

import { createMetrics } from "#app/platform/process/metrics.server.ts";

it("tells queue and database together, once a scrape, and says when nobody can tell", async () => {
  const metrics = createMetrics();
  let asked = 0;
  let away = false;
  metrics.watchDatabase(async () => {
    asked += 1;
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (away) throw new Error("away");
    return { queued: 7, oldestSeconds: 90 };
  });
  const valuesOf = async () =>
    (await metrics.registry.metrics())
      .split("\n")
      .filter((line) => /^tandem_(queue|database_up)/.test(line))
      .toSorted();
  expect(await valuesOf()).toEqual([
    "tandem_database_up 1",
    "tandem_queue_deliveries 7",
    "tandem_queue_oldest_seconds 90",
  ]);
  expect(asked).toBe(1);
  away = true;
  expect(await valuesOf()).toEqual([
    "tandem_database_up 0",
    "tandem_queue_deliveries Nan",
    "tandem_queue_oldest_seconds Nan",
  ]);
});
