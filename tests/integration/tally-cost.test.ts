import { beforeAll, describe, expect, it } from "vitest";

import { addDataset, addOrders } from "#tests/drill/outbox-fixture.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const SMALL = 200;
const LARGE = 3_200;
/** What else the machine does makes a round slow, never quick: the quickest count, and on a busy one there are more. */
const ROUNDS = 5;
const MOST_ROUNDS = 40;
/** 16 times the rows: 16 if the time follows them, 256 if it follows their square. */
const MOST_TIMES = 64;

/** Milliseconds that each trigger of a statement took, as the database itself says. */
type TriggerTimes = ReadonlyMap<string, number>;

interface Explained {
  readonly Triggers: readonly { readonly "Trigger Name": string; readonly Time: number }[];
}

class RolledBack extends Error {}

/**
 * Counting follows the number of rows that a statement changes. A trigger's plan is made once per connection, here for a
 * single row: what was planned for one must not turn a batch into a comparison of every row with every other.
 */
describe.each(DATABASE_KINDS)("the cost of counting on the %s database", (databaseKind) => {
  const store = shareTestDatabase(databaseKind);

  beforeAll(async () => {
    const dataset = await addDataset(store.database, "700001");
    await addOrders(store.database, dataset, { count: LARGE, paidAt: Date.now() - 60_000 });
  });

  /** Changes the first so many rows in a transaction of its own that comes to nothing. */
  const change = async (sizes: readonly number[], statement: (size: number) => string) => {
    const times: TriggerTimes[] = [];
    await store.database.prisma
      .$transaction(async (transaction) => {
        for (const size of sizes) {
          const rows = await transaction.$queryRawUnsafe<{ "QUERY PLAN": readonly Explained[] }[]>(
            `EXPLAIN (ANALYZE, FORMAT JSON) ${statement(size)}`,
          );
          const triggers = rows[0]?.["QUERY PLAN"][0]?.Triggers ?? [];
          times.push(new Map(triggers.map((trigger) => [trigger["Trigger Name"], trigger.Time])));
        }
        throw new RolledBack();
      })
      .catch((error: unknown) => {
        if (!(error instanceof RolledBack)) throw error;
      });
    return times;
  };

  it.each([
    {
      trigger: "tally_deliveries_updated",
      what: "a claim",
      statement: (size: number) =>
        `UPDATE delivery SET state = 'leased' WHERE id IN (SELECT id FROM delivery ORDER BY id LIMIT ${size})`,
    },
    {
      trigger: "tally_deliveries_updated",
      what: "a settlement",
      statement: (size: number) =>
        `UPDATE delivery SET state = CASE state WHEN 'delivered' THEN 'due' ELSE 'delivered' END, sent_keys = '{em,country}'
         WHERE id IN (SELECT id FROM delivery ORDER BY id LIMIT ${size})`,
    },
    {
      trigger: "tally_conversions_updated",
      what: "a pairing",
      statement: (size: number) =>
        `UPDATE conversion SET pairing = CASE pairing WHEN 'paired' THEN 'pending' ELSE 'paired' END
         WHERE id IN (SELECT id FROM conversion ORDER BY id LIMIT ${size})`,
    },
    {
      trigger: "tally_customers_updated",
      what: "reports that tell who is new",
      statement: (size: number) =>
        `UPDATE conversion SET customer_kind = CASE customer_kind WHEN 'new' THEN 'returning' ELSE 'new' END
         WHERE id IN (SELECT id FROM conversion ORDER BY id LIMIT ${size})`,
    },
  ])("grows with the rows of $what, not with their square", async ({ trigger, statement }) => {
    const small: number[] = [];
    const large: number[] = [];
    const ratio = () => Math.min(...large) / Math.min(...small);
    for (let round = 0; round < ROUNDS || (round < MOST_ROUNDS && ratio() >= MOST_TIMES); round += 1) {
      const [, few, many] = await change([1, SMALL, LARGE], statement);
      small.push(few?.get(trigger) ?? NaN);
      large.push(many?.get(trigger) ?? NaN);
    }
    expect(ratio()).toBeLessThan(MOST_TIMES);
  });
});
