import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";

import { keepPartitions } from "#app/funnel/keep-partitions.server.ts";
import { openDatabase, type Database } from "#app/platform/database/database.server.ts";
import { preparedFrom } from "#app/platform/database/prepared-folder.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";

import { keepHistory, readHistory, type HistoryBooks } from "./prepared-folder.ts";

/**
 * The history in the repository, so that a first start has it too: the rows as text, not the database's files, because
 * rows outlive a migration (docs/decisions/0853).
 */
export const PACKED_HISTORY = "scripts/prepared-history/history.json.br";

/** Rows that one statement brings back. */
const BATCH = 500;

export interface PackedHistory {
  readonly books: HistoryBooks;
  readonly tables: readonly PackedTable[];
}

interface PackedTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** Each a JSON object in PostgreSQL's own writing, which JavaScript does not read: its numbers can be longer. */
  readonly rows: readonly string[];
}

/** The history at hand, which is unpacked first where that was not yet done: some seconds. */
export async function openHistory(): Promise<HistoryBooks> {
  const stamp = createHash("sha256")
    .update(preparedFrom("prisma/migrations"))
    .update(readFileSync(PACKED_HISTORY))
    .digest("hex");
  const unpacked = readHistory(stamp);
  if (unpacked) return unpacked;
  const packed = readPackedHistory();
  await unpackHistory(packed, stamp);
  return packed.books;
}

/** @throws when there is none, or the file is damaged */
export function readPackedHistory(file = PACKED_HISTORY): PackedHistory {
  return JSON.parse(brotliDecompressSync(readFileSync(file)).toString(), reviveBigInt) as PackedHistory;
}

/** Writes what an embedded database holds, which nobody has open, with the books. Returns the file's bytes. */
export async function packHistory(
  dataDirectory: string,
  books: HistoryBooks,
  file = PACKED_HISTORY,
): Promise<number> {
  const database = await open(dataDirectory, "");
  const tables: PackedTable[] = [];
  for (const { name, columns } of await readTables(database)) {
    const list = columns.map(quote).join(", ");
    const rows = await database.prisma.$queryRawUnsafe<{ row: string }[]>(
      `SELECT row_to_json(r)::text AS row FROM (SELECT ${list} FROM ${quote(name)}) r ORDER BY 1`,
    );
    if (rows.length > 0) tables.push({ name, columns, rows: rows.map(({ row }) => row) });
  }
  await database.close();
  const text = JSON.stringify({ books, tables }, (_, value: unknown) =>
    typeof value === "bigint" ? { [BIGINT]: String(value) } : value,
  );
  const packed = brotliCompressSync(text, {
    params: { [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS },
  });
  writeFileSync(file, packed);
  return packed.length;
}

/**
 * Makes the prepared folder from the packed history: a database of today's migrations with the rows in it.
 *
 * @param stamp see `keepHistory`
 * @throws when a table or a column of the packed history is not there any more
 */
export async function unpackHistory(
  { books, tables }: PackedHistory,
  stamp: string,
  folder?: string,
): Promise<void> {
  const dataDirectory = mkdtempSync(path.join(tmpdir(), `tandem-demo-${process.pid}-`));
  try {
    const database = await open(dataDirectory);
    await bringBack(database, tables, books.endedAt);
    await database.close();
    keepHistory(dataDirectory, books, stamp, folder);
  } finally {
    rmSync(dataDirectory, { recursive: true, force: true });
  }
}

async function bringBack(database: Database, tables: readonly PackedTable[], endedAt: number): Promise<void> {
  const { prisma } = database;
  const present = await readTables(database);
  await prisma.$executeRawUnsafe("SET session_replication_role = replica");
  await prisma.$executeRawUnsafe(`TRUNCATE ${present.map(({ name }) => quote(name)).join(", ")}`);
  await keepPartitions(database, endedAt);
  for (const { name, columns, rows } of tables) {
    const list = columns.map(quote).join(", ");
    for (let start = 0; start < rows.length; start += BATCH)
      await prisma.$executeRawUnsafe(
        `INSERT INTO ${quote(name)} (${list}) OVERRIDING SYSTEM VALUE
         SELECT ${list} FROM json_populate_recordset(null::${quote(name)}, $1::json)`,
        `[${rows.slice(start, start + BATCH).join(",")}]`,
      );
  }
  await prisma.$executeRawUnsafe("RESET session_replication_role");
  await continueSequences(database);
  await prisma.$executeRawUnsafe("ANALYZE");
}

/** The next row gets the number after the last one. */
async function continueSequences({ prisma }: Database): Promise<void> {
  const numbered = await prisma.$queryRawUnsafe<{ name: string; column: string; sequence: string }[]>(`
    SELECT table_name::text AS name, column_name::text AS column,
      pg_get_serial_sequence(quote_ident(table_name), column_name) AS sequence
    FROM information_schema.columns
    WHERE table_schema = 'public' AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL`);
  for (const { name, column, sequence } of numbered)
    await prisma.$executeRawUnsafe(
      `SELECT setval('${sequence}', (SELECT COALESCE(max(${quote(column)}), 0) + 1 FROM ${quote(name)}), false)`,
    );
}

/** All that holds rows of the app's, with the columns that it writes. Sessions are of one start of the sandbox. */
function readTables({ prisma }: Database): Promise<{ name: string; columns: string[] }[]> {
  return prisma.$queryRawUnsafe(`
    SELECT c.table_name::text AS name, array_agg(c.column_name::text ORDER BY c.ordinal_position) AS columns
    FROM information_schema.columns c
    JOIN pg_class t ON t.relname = c.table_name AND t.relnamespace = 'public'::regnamespace
    WHERE c.table_schema = 'public' AND c.is_generated = 'NEVER' AND NOT t.relispartition AND t.relkind IN ('r', 'p')
      AND t.relname NOT LIKE '\\_prisma%' AND t.relname <> 'session'
    GROUP BY 1 ORDER BY 1`);
}

const open = (dataDirectory: string, preparedFolder?: string): Promise<Database> =>
  openDatabase({
    dataDirectory,
    log: createLog("silent"),
    ...(preparedFolder === undefined ? {} : { preparedFolder }),
  });

const quote = (name: string): string => `"${name}"`;

const BIGINT = "$bigint";

function reviveBigInt(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !(BIGINT in value)) return value;
  return BigInt(String(value[BIGINT]));
}
