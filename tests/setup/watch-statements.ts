import type { PrismaClient } from "@prisma/client";

import type { Database } from "#app/platform/database/database.server.ts";

const RAW = /^\$(?:query|execute)Raw/;

/**
 * The same database, whose every statement waits for `before`: a test can let something else happen between any two
 * statements of a program. `index` counts from 0.
 */
export function watchStatements(database: Database, before: (index: number) => Promise<void>): Database {
  let next = 0;
  const watched =
    (target: object, run: (...given: unknown[]) => unknown) =>
    async (...given: unknown[]): Promise<unknown> => {
      await before(next++);
      return Reflect.apply(run, target, given);
    };
  const wrap = <T extends object>(target: T, isStatement: (name: string) => boolean): T =>
    new Proxy(target, {
      get: (own, name) => {
        const value: unknown = Reflect.get(own, name);
        if (typeof name !== "string") return value;
        if (isFunction(value)) return isStatement(name) ? watched(own, value) : value.bind(own);
        return typeof value === "object" && value !== null && !name.startsWith("_")
          ? wrap(value, () => true)
          : value;
      },
    });
  const prisma: PrismaClient = wrap(database.prisma, (name) => RAW.test(name));
  const direct = wrap(database.direct, (name) => RAW.test(name));
  return { ...database, prisma, direct };
}

function isFunction(value: unknown): value is (...given: unknown[]) => unknown {
  return typeof value === "function";
}
