import { Overloaded } from "./group-writer.ts";
import { sqlStateOf } from "./sql-state.server.ts";

/** Why work with the database failed, where the work itself is not the cause. Label of a metric, and `reason` in the log. */
export type DatabaseTrouble =
  /** No connection, or it broke. */
  | "database_unreachable"
  /** A lock, a statement or an answer that takes too long. */
  | "database_slow"
  | "database_read_only"
  /** Disk, memory or another resource of the server's. */
  | "database_full"
  /** More to do than can be done in time; nothing is wrong with the database itself. */
  | "overloaded";

/** What a failure is: a database failure that passes, or a bug. */
export function judgeFailure(error: unknown): DatabaseTrouble | "fault" {
  return troubleOf(error) ?? "fault";
}

/** The database's trouble that an error tells of; undefined where it tells of none. */
export function troubleOf(error: unknown): DatabaseTrouble | undefined {
  if (error instanceof Overloaded) return "overloaded";
  const state = sqlStateOf(error);
  if (state !== undefined) return BY_STATE.find(([pattern]) => pattern.test(state))?.[1];
  if (!(error instanceof Error)) return undefined;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (SLOW_CODES.has(code)) return "database_slow";
  if (AWAY_CODES.has(code) || AWAY_KINDS.has(kindOf(error) ?? "")) return "database_unreachable";
  if (error.message === "Query read timeout") return "database_slow";
  return AWAY_MESSAGES.some((message) => error.message.includes(message))
    ? "database_unreachable"
    : undefined;
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const BY_STATE: readonly (readonly [RegExp, DatabaseTrouble])[] = [
  [/^(?:08|57P0|28|3D)|^53300$/, "database_unreachable"],
  [/^(?:55P03|57014|40001|40P01)$/, "database_slow"],
  [/^25006$/, "database_read_only"],
  [/^53|^58/, "database_full"],
];

/** https://www.prisma.io/docs/orm/reference/error-reference */
const AWAY_CODES = new Set(["P1001", "P1002", "P1017", "P2024", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT"]);
/** A transaction that could not begin in time, or that the client has ended for its length. */
const SLOW_CODES = new Set(["P1008", "P2028"]);

/** Kinds of the database client's driver errors that come without a SQLSTATE. */
const AWAY_KINDS = new Set([
  "DatabaseNotReachable",
  "ConnectionClosed",
  "SocketTimeout",
  "TlsConnectionError",
]);

/** The driver's own errors have neither code nor kind. */
const AWAY_MESSAGES = [
  "timeout exceeded when trying to connect",
  "Connection terminated",
  "connection error and is not queryable",
  "Client was closed and is not queryable",
];

function kindOf(error: Error): string | undefined {
  const meta = "meta" in error ? recordOf(error.meta) : undefined;
  const driver = recordOf(meta?.["driverAdapterError"]) ?? error;
  const kind = recordOf("cause" in driver ? driver.cause : undefined)?.["kind"];
  return typeof kind === "string" ? kind : undefined;
}

function recordOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
}
