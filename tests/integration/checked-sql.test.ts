import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { COLUMN_NAMES, INPUT_TYPES } from "#app/intake/write-conversions.server.ts";
import { openTestDatabase, type TestDatabase } from "#tests/setup/open-test-database.ts";
import { differences } from "#tests/sql/compare-types.ts";
import { openDescriber } from "#tests/sql/describe-statement.ts";
import { findStatements, type Found, type Statement } from "#tests/sql/find-statements.ts";

/** Texts that a statement takes from an object, as the source words them. */
const GIVEN = {
  // Looked at below, one condition after the other.
  "conditions.where": "TRUE",
  "conditions.driver": "TRUE",
  "conditions.facets": "TRUE",
  "deliveries.sql": "TRUE",
  // One of the columns that hold sealed values; the tests of key rotation run it on each.
  "where.table": "dataset",
  "where.column": "sealed_token",
  "where.purpose": "'dataset:' || store_id",
  "where.keyType": "bigint",
  // Derived from the one list of a conversion's columns.
  COLUMN_NAMES: COLUMN_NAMES.sql,
  INPUT_TYPES: INPUT_TYPES.sql,
};

/** Conditions that reach their statement in an object: each within what that statement reads from. */
const CONDITIONS: Readonly<Record<string, (condition: string) => string>> = {
  "app/quality/event-conditions.server.ts": (condition) =>
    `SELECT 1 FROM delivery d JOIN conversion c ON c.id = d.conversion_id
     CROSS JOIN (VALUES ('web', 'paired', 'DE')) AS k(source, pairing, country) WHERE ${condition}`,
  "app/delivery/shown-pairing.server.ts": (condition) =>
    `SELECT 1 FROM conversion c CROSS JOIN (VALUES ('web', 'paired')) AS k(source, pairing) WHERE ${condition}`,
};

/**
 * Every raw statement below app/ is read from the source, with each way that its conditions can go, and described by a
 * real server with this version's schema: it must be understood, take what the code hands over, and give the columns and
 * types that the code declares.
 */
describe("every raw statement", () => {
  let found: Found;
  let test: TestDatabase;
  beforeAll(async () => {
    found = findStatements("app", GIVEN);
    test = await openTestDatabase("server");
  });
  afterAll(() => test.destroy());

  it("can be read from the source, with each of its fragments", () => {
    expect(found.unresolved).toEqual([]);
    expect(found.unused.map(({ place }) => place).filter((place) => !conditionOf(place))).toEqual([]);
    expect(found.statements.length).toBeGreaterThan(60);
  });

  it("is understood by the database, hands over what it takes, and declares its rows as they are", async () => {
    expect(await faultsOf(test.url, found)).toEqual([]);
  });

  it("is looked at closely enough to find what is planted", async () => {
    const planted = findStatements("tests/sql/planted", {});
    expect(await faultsOf(test.url, planted)).toEqual([
      expect.stringContaining(':5 declares "id" as number, and it is int8'),
      expect.stringContaining(':6 reads "state", which no type declares'),
      expect.stringContaining(':7 declares "installedAt", which is not read'),
      expect.stringContaining(":8 hands over boolean as $1, which is int8"),
      expect.stringContaining(':9 column "stat" of relation "store" does not exist'),
    ]);
  });
});

async function faultsOf(url: string, { statements, unused }: Found): Promise<readonly string[]> {
  const describer = await openDescriber(url);
  const wrong = new Set<string>();
  const look = async (statement: Statement, within = (sql: string) => sql) => {
    for (const text of statement.texts) {
      try {
        const described = await describer.describe(within(text.sql));
        for (const line of differences(statement, text, described)) wrong.add(line);
      } catch (error) {
        wrong.add(`${statement.place} ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
  for (const statement of statements) await look(statement);
  for (const condition of unused) await look(condition, conditionOf(condition.place));
  await describer.close();
  return [...wrong];
}

function conditionOf(place: string): ((condition: string) => string) | undefined {
  return CONDITIONS[place.slice(0, place.lastIndexOf(":"))];
}
