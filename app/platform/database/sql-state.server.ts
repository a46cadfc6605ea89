/**
 * What the database says of a failed statement: PostgreSQL's five-character SQLSTATE, whichever driver brought it.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */

/** The SQLSTATE of an error of the database client; undefined for an error that is not the database's answer. */
export function sqlStateOf(error: unknown): string | undefined {
  const cause = causeOf(error);
  // The embedded database's driver says `code`; the server's `originalCode`, where it names the kind itself.
  for (const value of [cause?.["originalCode"], cause?.["code"]])
    if (typeof value === "string" && /^[0-9A-Z]{5}$/.test(value)) return value;
  return undefined;
}

/**
 * Whether the database refused the values themselves (class 22: data exception, 23: integrity constraint, 54: a limit of
 * its own, such as a key too long for an index): the same statement fails again, and without the row that is to blame it
 * would not. Anything else (no connection, a deadlock, a
 * full disk) says nothing about the rows.
 */
export function isRefusedByValue(error: unknown): boolean {
  return /^(?:2[23]|54)/.test(sqlStateOf(error) ?? "");
}

/** A raw statement's error carries the driver's in `meta`; the client's own calls throw the driver's itself. */
function causeOf(error: unknown): Record<string, unknown> | undefined {
  const own = recordOf(error);
  const driver = recordOf(recordOf(own?.["meta"])?.["driverAdapterError"]);
  return recordOf(driver?.["cause"]) ?? recordOf(own?.["cause"]);
}

function recordOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
}
