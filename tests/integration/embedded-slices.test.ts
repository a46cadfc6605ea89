import { setImmediate as nextTurn } from "node:timers/promises";

import { expect, it } from "vitest";

import { openTestDatabase } from "#tests/setup/open-test-database.ts";

it("lets others have their turn while many statements wait for the embedded database", async () => {
  const test = await openTestDatabase("embedded");
  let isDone = false;
  const work = Promise.all(
    Array.from(
      { length: 300 },
      () => test.database.prisma.$queryRaw`SELECT count(*) FROM generate_series(1, 20000)`,
    ),
  ).then(() => {
    isDone = true;
  });
  let turns = 0;
  for (; !isDone; turns += 1) await nextTurn();
  await work;
  await test.destroy();
  // Seconds of work in slices of 10 ms; without them it is one turn.
  expect(turns).toBeGreaterThan(20);
});
