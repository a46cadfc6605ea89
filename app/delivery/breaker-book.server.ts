import type { Clock } from "../platform/clock.ts";
import type { Database } from "../platform/database.server.ts";
import type { Log } from "../platform/log.server.ts";
import {
  DATASET_BREAKER,
  META_BREAKER,
  beginProbe,
  mayProbe,
  newBreaker,
  observe,
  type Breaker,
  type BreakerRule,
} from "./breaker.ts";

/** "meta", or one dataset by its row ID. */
export type BreakerScope = "meta" | `dataset:${bigint}`;

/**
 * The breakers, kept in the database so that every process sees them. A process writes when something failed or a probe
 * answered; as long as all is well it only counts for itself, so that no hot row slows the good days.
 */
export interface BreakerBook {
  /** Counts one request for Meta and for its dataset. Never throws, never makes the caller wait. */
  record(datasetId: bigint, succeeded: boolean): void;
  /** Scopes whose probe is due, each taken for this process. */
  takeProbes(): Promise<readonly BreakerScope[]>;
  /** There was nothing to probe with: the next may come soon. */
  giveBack(scope: BreakerScope): Promise<void>;
  /** Not closed when this process last looked. */
  isUnwell(scope: BreakerScope): boolean;
  /** Waits for what is being written. */
  flush(): Promise<void>;
}

interface Tally {
  since: number;
  successes: number;
  failures: number;
}

interface Row {
  readonly scope: BreakerScope;
  readonly state: Breaker["state"];
  readonly windowStart: Date;
  readonly successes: number;
  readonly failures: number;
  readonly openedAt: Date | null;
  readonly retryAt: Date | null;
  readonly trips: number;
}

export function createBreakerBook(deps: {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
}): BreakerBook {
  const tallies = new Map<BreakerScope, Tally>();
  /** Scopes not closed when last seen: their successes are news. */
  const unwell = new Set<BreakerScope>();
  let writing: Promise<void> | undefined;

  const count = (scope: BreakerScope, succeeded: boolean): void => {
    const now = deps.clock();
    const known = tallies.get(scope);
    const isOld = known !== undefined && Math.abs(now - known.since) >= ruleOf(scope).windowMs;
    const tally = known && !isOld ? known : { since: now, successes: 0, failures: 0 };
    if (succeeded) tally.successes += 1;
    else tally.failures += 1;
    tallies.set(scope, tally);
  };

  const isNews = (scope: BreakerScope, tally: Tally): boolean => tally.failures > 0 || unwell.has(scope);

  const writeAll = async (): Promise<void> => {
    for (;;) {
      const next = [...tallies].find(([scope, tally]) => isNews(scope, tally));
      if (!next) return;
      const [scope, tally] = next;
      tallies.delete(scope);
      try {
        const after = await changeBreaker(deps.database, scope, deps.clock(), (breaker) =>
          observe(breaker, tally, ruleOf(scope), deps.clock(), deps.random()),
        );
        note(scope, after);
      } catch (error) {
        deps.log.warn({ err: error, scope }, "a breaker could not be written");
      }
    }
  };

  const note = (scope: BreakerScope, breaker: Breaker): void => {
    const wasUnwell = unwell.has(scope);
    if (breaker.state === "closed") unwell.delete(scope);
    else unwell.add(scope);
    if (wasUnwell !== unwell.has(scope)) {
      deps.log.warn({ scope, state: breaker.state, failures: breaker.failures }, "a breaker changed");
    }
  };

  const flush = (): Promise<void> =>
    (writing ??= writeAll().finally(() => {
      writing = undefined;
    }));

  return {
    record: (datasetId, succeeded) => {
      // While Meta as a whole is away, a failure says nothing about a dataset.
      const alone = !succeeded && unwell.has("meta");
      const scopes: readonly BreakerScope[] = alone ? ["meta"] : ["meta", `dataset:${datasetId}`];
      for (const scope of scopes) count(scope, succeeded);
      if (
        scopes.some((scope) => isNews(scope, tallies.get(scope) ?? { since: 0, successes: 0, failures: 0 }))
      ) {
        void flush();
      }
    },
    takeProbes: async () => {
      const now = deps.clock();
      const rows = await deps.database.prisma.$queryRaw<{ scope: BreakerScope }[]>`
        SELECT scope FROM breaker
        WHERE state <> 'closed' AND (retry_at <= ${new Date(now)}::timestamptz OR scope = 'meta')
        ORDER BY scope <> 'meta', retry_at LIMIT 32`;
      // Another process may have closed it.
      if (!rows.some(({ scope }) => scope === "meta")) unwell.delete("meta");
      const taken: BreakerScope[] = [];
      for (const { scope } of rows) {
        // While Meta as a whole is away, its datasets have nothing to show.
        if (scope !== "meta" && unwell.has("meta")) continue;
        let won = false;
        const after = await changeBreaker(deps.database, scope, now, (breaker) => {
          won = mayProbe(breaker, now);
          return won ? beginProbe(breaker, ruleOf(scope), now) : breaker;
        });
        note(scope, after);
        if (won) taken.push(scope);
      }
      return taken;
    },
    giveBack: async (scope) => {
      const now = deps.clock();
      await changeBreaker(deps.database, scope, now, (breaker) =>
        breaker.state === "half_open" ? { ...breaker, state: "open", retryAt: now + 1_000 } : breaker,
      );
    },
    isUnwell: (scope) => unwell.has(scope),
    flush: async () => {
      while (writing) await writing;
    },
  };
}

function ruleOf(scope: BreakerScope): BreakerRule {
  return scope === "meta" ? META_BREAKER : DATASET_BREAKER;
}

/** Changes one breaker as if alone: reads, decides, writes only if nobody wrote meanwhile, else again. */
async function changeBreaker(
  database: Database,
  scope: BreakerScope,
  now: number,
  change: (breaker: Breaker) => Breaker,
): Promise<Breaker> {
  for (let round = 0; round < 8; round += 1) {
    const [row] = await database.prisma.$queryRaw<Row[]>`
      SELECT scope, state, window_start AS "windowStart", successes, failures, opened_at AS "openedAt",
             retry_at AS "retryAt", trips FROM breaker WHERE scope = ${scope}`;
    const before = row ? readBreaker(row) : newBreaker(now);
    const after = change(before);
    if (after === before) return after;
    const values = {
      window: new Date(after.windowStart),
      opened: after.openedAt === null ? null : new Date(after.openedAt),
      retry: after.retryAt === null ? null : new Date(after.retryAt),
    };
    const written = row
      ? await database.prisma.$executeRaw`
          UPDATE breaker SET state = ${after.state}, window_start = ${values.window}::timestamptz,
            successes = ${after.successes}::int, failures = ${after.failures}::int,
            opened_at = ${values.opened}::timestamptz, retry_at = ${values.retry}::timestamptz, trips = ${after.trips}::int
          WHERE scope = ${scope} AND state = ${row.state} AND window_start = ${row.windowStart}::timestamptz
            AND successes = ${row.successes}::int AND failures = ${row.failures}::int
            AND retry_at IS NOT DISTINCT FROM ${row.retryAt}::timestamptz`
      : await database.prisma.$executeRaw`
          INSERT INTO breaker (scope, state, window_start, successes, failures, opened_at, retry_at, trips)
          VALUES (${scope}, ${after.state}, ${values.window}::timestamptz, ${after.successes}::int, ${after.failures}::int,
                  ${values.opened}::timestamptz, ${values.retry}::timestamptz, ${after.trips}::int)
          ON CONFLICT (scope) DO NOTHING`;
    if (written > 0) return after;
  }
  // Eight others were quicker: what they saw is what we saw.
  return newBreaker(now);
}

function readBreaker(row: Row): Breaker {
  return {
    state: row.state,
    windowStart: row.windowStart.getTime(),
    successes: row.successes,
    failures: row.failures,
    openedAt: row.openedAt?.getTime() ?? null,
    retryAt: row.retryAt?.getTime() ?? null,
    trips: row.trips,
  };
}
