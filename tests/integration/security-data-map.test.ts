import { expect, it } from "vitest";

import { readDataMap, sorted } from "#tests/security/data-map.ts";
import { openTestDatabase } from "#tests/setup/open-test-database.ts";

it("lists every column that the database has, also those that no schema file knows", async () => {
  const test = await openTestDatabase("server");
  try {
    const rows = await test.database.prisma.$queryRaw<{ table_name: string; column_name: string }[]>`
      SELECT table_name::text, column_name::text FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'`;
    const columns: Record<string, string[]> = {};
    for (const row of rows) (columns[row.table_name] ??= []).push(row.column_name);
    expect(sorted(readDataMap().columns)).toEqual(sorted(columns));
  } finally {
    await test.destroy();
  }
});
