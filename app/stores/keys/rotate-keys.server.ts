import { Prisma } from "@prisma/client";

import type { Clock } from "../../platform/process/clock.ts";
import type { Database } from "../../platform/database/database.server.ts";
import type { SecretBox } from "../../platform/process/secret-box.server.ts";
import { resealKeyCheck } from "./check-encryption-key.server.ts";

/** Rows sealed anew between two reads. */
const STEP = 200;

/** A column of sealed values. `purpose` is SQL for what each was sealed for (secret-box.server.ts). Constants only. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  readonly keyType: "text" | "bigint";
  readonly purpose: string;
}

/** The sealed columns of this module; modules above pass theirs in. */
export const SEALED_IN_STORES: readonly SealedColumn[] = [
  { table: "session", column: "access_token", keyType: "text", purpose: "'session:' || id || ':access'" },
  { table: "session", column: "refresh_token", keyType: "text", purpose: "'session:' || id || ':refresh'" },
  {
    table: "dataset",
    column: "sealed_token",
    keyType: "bigint",
    purpose: "'dataset:' || store_id || ':' || dataset_id",
  },
];

export interface Rotation {
  /** Values sealed anew with the current key. */
  readonly resealed: number;
  /** Places of values that no known key opens; they are left as they are. */
  readonly unreadable: readonly { readonly table: string; readonly column: string; readonly count: number }[];
}

/**
 * Seals every value anew with the current key, in small steps, while the app runs. A value that changes meanwhile is
 * left alone: whoever wrote it used the current key. May be cut and begun again.
 */
export async function rotateKeys(
  deps: { readonly database: Database; readonly secretBox: SecretBox; readonly clock: Clock },
  columns: readonly SealedColumn[],
): Promise<Rotation> {
  let resealed = 0;
  const unreadable: { table: string; column: string; count: number }[] = [];
  for (const column of columns) {
    const outcome = await rotateColumn(deps.database, deps.secretBox, column);
    resealed += outcome.resealed;
    if (outcome.unreadable > 0)
      unreadable.push({ table: column.table, column: column.column, count: outcome.unreadable });
  }
  await resealKeyCheck(deps.database, deps.secretBox, deps.clock());
  return { resealed, unreadable };
}

interface SealedRow {
  readonly key: string;
  readonly sealed: string;
  readonly purpose: string;
}

async function rotateColumn(
  { prisma }: Database,
  box: SecretBox,
  where: SealedColumn,
): Promise<{ resealed: number; unreadable: number }> {
  const [table, column, purpose, type] = [
    Prisma.raw(`"${where.table}"`),
    Prisma.raw(`"${where.column}"`),
    Prisma.raw(where.purpose),
    Prisma.raw(where.keyType),
  ];
  let [resealed, unreadable, after] = [0, 0, where.keyType === "bigint" ? "-1" : ""];
  for (;;) {
    const rows = await prisma.$queryRaw<SealedRow[]>`
      SELECT id::text AS key, ${column} AS sealed, ${purpose} AS purpose FROM ${table}
      WHERE id > ${after}::${type} AND ${column} <> '' AND split_part(${column}, '.', 2) <> ${box.currentKeyId}
      ORDER BY id LIMIT ${STEP}::int`;
    for (const row of rows) {
      const opened = box.open(row.sealed, row.purpose);
      if (!opened.ok) {
        unreadable += 1;
        continue;
      }
      resealed += await prisma.$executeRaw`
        UPDATE ${table} SET ${column} = ${box.seal(opened.plain, row.purpose)}
        WHERE id = ${row.key}::${type} AND ${column} = ${row.sealed}`;
    }
    const last = rows.at(-1);
    if (!last) return { resealed, unreadable };
    after = last.key;
  }
}
