import { Prisma } from "@prisma/client";

import type { Database } from "#app/platform/database/database.server.ts";

interface Explained {
  readonly "QUERY PLAN": readonly {
    readonly Plan: { readonly "Shared Hit Blocks": number; readonly "Shared Read Blocks": number };
  }[];
}

/**
 * The pages that statements touch, from memory or disk: what they cost, whatever else the machine does. Every
 * `$queryRaw` of `work` is carried out, counted and found to give no rows.
 */
export async function countBlocks(
  database: Database,
  work: (counted: Database) => Promise<unknown>,
): Promise<number> {
  let blocks = 0;
  const explain = async (strings: readonly string[], ...values: unknown[]): Promise<never[]> => {
    const statement = Prisma.sql(strings, ...values);
    const rows = await database.prisma.$queryRaw<
      Explained[]
    >`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${statement}`;
    for (const row of rows) {
      for (const { Plan } of row["QUERY PLAN"])
        blocks += Plan["Shared Hit Blocks"] + Plan["Shared Read Blocks"];
    }
    return [];
  };
  const prisma = new Proxy(database.prisma, {
    get: (target, key): unknown => (key === "$queryRaw" ? explain : Reflect.get(target, key)),
  });
  await work({ ...database, prisma, direct: { ...database.direct, $queryRaw: explain as never } });
  return blocks;
}
