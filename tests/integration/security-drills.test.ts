import { expect, inject, it } from "vitest";

import { fuzz } from "#tests/security/fuzz.ts";
import { leakScan } from "#tests/security/leak-scan.ts";
import { openTestDatabase } from "#tests/setup/open-test-database.ts";

/** Short forms of `npm run drill -- fuzz` and `-- leak-scan`, which run on both databases. */

it("withstands 1,000 requests that nobody well-meaning sends", { timeout: 300_000 }, async () => {
  const test = await openTestDatabase("server");
  await test.database.close();
  const result = await fuzz({
    requests: 1_000,
    concurrency: 8,
    databaseUrl: test.url,
    seed: Date.now() % 1_000_000,
  });
  expect(result).toMatchObject({
    serverErrors: [],
    hangs: [],
    stored: {},
    healthyAfter: true,
    lengths: { costly: [] },
  });
});

it(
  "leaves nothing of a buyer or of a secret in logs, rows, files and pages",
  { timeout: 300_000 },
  async () => {
    expect(inject("postgresUrl")).toMatch(/^postgres/);
    expect(await leakScan({})).toMatchObject({ leaks: [], ok: true });
  },
);
