import { createHash } from "node:crypto";

import { types as liteTypes, type PGlite } from "@electric-sql/pglite";
import { Prisma } from "@prisma/client";
import pg from "pg";

/**
 * Raw statements of the hot path, sent over the connections that the database client has, past its query compiler: that
 * would write and read a group of orders four times over (docs/decisions/0813). Same words as at the client, so that the
 * same test checks them; rows are plain objects with `bigint` for int8, `Date` for times and days, parsed JSON, and text
 * for numeric. A server keeps each statement's plan (named statements).
 *
 * @throws StatementRefused with the SQLSTATE, or the driver's own error when there is no connection
 */
export interface DirectStatements {
  $queryRaw<Rows>(strings: TemplateStringsArray, ...values: readonly unknown[]): Promise<Rows>;
  /** @returns rows written */
  $executeRaw(strings: TemplateStringsArray, ...values: readonly unknown[]): Promise<number>;
}

/** What the database says of a failed statement. Its message and details are left out: they may quote a buyer's data. */
export class StatementRefused extends Error {
  override readonly name = "StatementRefused";

  constructor(refusal: {
    readonly code?: string | undefined;
    readonly table?: string | undefined;
    readonly constraint?: string | undefined;
  }) {
    const { code = "", table, constraint } = refusal;
    const where = [table, constraint].filter((each) => each !== undefined).join(", ");
    super(`the database refuses a statement: ${code}${where && ` (${where})`}`, { cause: { code } });
  }
}

interface Ran {
  readonly rows: readonly unknown[];
  readonly written: number;
}

type RunStatement = (text: string, values: readonly unknown[]) => Promise<Ran>;

/** Statements over the pool of a server's client. */
export function directOnServer(pool: pg.Pool): DirectStatements {
  const names = new Map<string, string>();
  let isNamed = true;
  const nameOf = (text: string): string => {
    const known = names.get(text);
    if (known !== undefined) return known;
    const name = `tandem_${createHash("sha256").update(text).digest("hex").slice(0, 16)}`;
    names.set(text, name);
    return name;
  };
  const run: RunStatement = async (text, values) => {
    try {
      const result = await pool.query<Record<string, unknown>>({
        text,
        values: [...values],
        types: { getTypeParser },
        ...(isNamed && { name: nameOf(text) }),
      });
      return { rows: result.rows, written: result.rowCount ?? 0 };
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) throw error;
      // A pooler between that hands each statement to another connection: nothing has run yet, and names are no use there.
      if (isNamed && UNKNOWN_NAME.has(error.code ?? "")) {
        isNamed = false;
        return run(text, values);
      }
      throw new StatementRefused(error);
    }
  };
  return statementsBy(run);
}

/** Statements on the embedded database. */
export function directOnEmbedded(lite: PGlite): DirectStatements {
  return statementsBy(async (text, values) => {
    try {
      const result = await lite.query<Record<string, unknown>>(text, [...values], { parsers: LITE_PARSERS });
      return { rows: result.rows, written: result.affectedRows ?? 0 };
    } catch (error) {
      throw isDatabaseError(error) ? new StatementRefused(error) : error;
    }
  });
}

/** "prepared statement does not exist", "… already exists". */
const UNKNOWN_NAME = new Set(["26000", "42P05"]);

const { builtins } = pg.types;

/** As the client reads these types; what is not here is read as the driver does. */
const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  [builtins.INT8]: (text) => BigInt(text),
  [builtins.DATE]: (text) => new Date(text),
};

const getTypeParser = ((oid: number, format?: "text" | "binary") =>
  PARSERS[oid] ??
  (format === "binary"
    ? pg.types.getTypeParser(oid, format)
    : pg.types.getTypeParser(oid))) as typeof pg.types.getTypeParser;

const LITE_PARSERS = {
  [liteTypes.INT8]: (text: string) => BigInt(text),
};

function isDatabaseError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && "severity" in error && "code" in error && typeof error.code === "string";
}

function statementsBy(run: RunStatement): DirectStatements {
  const send = (strings: TemplateStringsArray, values: readonly unknown[]) => {
    const statement = Prisma.sql(strings, ...values);
    return run(statement.text, statement.values.map(toGiven));
  };
  return {
    $queryRaw: async (strings, ...values) => (await send(strings, values)).rows as never,
    $executeRaw: async (strings, ...values) => (await send(strings, values)).written,
  };
}

/** Times in UTC and large numbers as text, whatever the driver would make of them. */
function toGiven(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "bigint") return value.toString();
  return Array.isArray(value) ? value.map(toGiven) : value;
}
