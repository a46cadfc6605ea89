import { troubleOf, type DatabaseTrouble } from "./judge-failure.ts";

/** What a failed statement is counted as: a trouble of the database, or a statement that it refuses (a value, a constraint). */
export type StatementFailure = DatabaseTrouble | "refused";

/** @param error as the driver throws it: a server's own has its SQLSTATE in `code` */
export function statementFailureOf(error: unknown): StatementFailure {
  const isServers = error instanceof Error && "severity" in error && "code" in error;
  return (
    troubleOf(isServers ? new Error(error.message, { cause: { code: error.code } }) : error) ?? "refused"
  );
}

type Method = (...args: readonly unknown[]) => unknown;

/**
 * Tells of each failure of a driver's method, whichever way it answers: by the callback that is its last argument, or by a
 * promise. What the caller gets is the same as before.
 */
export function watchFailures<Name extends string>(
  target: Record<Name, unknown>,
  name: Name,
  onFailure: (error: unknown) => void,
): void {
  const method = (target[name] as Method).bind(target);
  const watched: Method = (...args) => {
    const last = args.at(-1);
    if (typeof last !== "function") {
      const result = method(...args);
      // A branch of its own: the caller's promise still rejects.
      if (result instanceof Promise) result.catch(onFailure);
      return result;
    }
    return method(...args.slice(0, -1), (error: unknown, ...rest: readonly unknown[]) => {
      if (error) onFailure(error);
      (last as Method)(error, ...rest);
    });
  };
  Object.assign(target, { [name]: watched });
}
