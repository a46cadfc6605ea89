import { afterAll, beforeAll } from "vitest";

import { openTestDatabase, type DatabaseKind, type TestDatabase } from "./open-test-database.ts";

/**
 * One database for the tests of a describe, from before the first to after the last. It is there during hooks and tests
 * only; what they find in it they clear or seed themselves.
 */
export function shareTestDatabase(databaseKind: DatabaseKind): Omit<TestDatabase, "destroy"> {
  let opened: TestDatabase | undefined;
  const current = (): TestDatabase => {
    if (!opened) throw new Error("the database is open during hooks and tests only");
    return opened;
  };
  beforeAll(async () => {
    opened = await openTestDatabase(databaseKind);
  });
  afterAll(() => opened?.destroy());
  return {
    get database() {
      return current().database;
    },
    get url() {
      return current().url;
    },
    get dataDirectory() {
      return current().dataDirectory;
    },
  };
}
