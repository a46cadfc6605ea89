import type { PGlite } from "@electric-sql/pglite";

/** Statements between two looks. */
const EVERY = 100;
/** Up to twice so many pages of 8 kB, whatever is done with a table costs next to nothing. */
const SMALL_PAGES = 4;
/** From so many on the plans stay as they are, and reading samples of the rows would keep others waiting. */
const LARGE_PAGES = 8_000;
/** Rows that are read for a table's statistics: 300 times this. */
const SAMPLE = 10;

/**
 * Tells the embedded database when a table has doubled, as autovacuum tells a server. Plans that are kept (of foreign keys,
 * of triggers) are made once a session, and made anew only when a table's statistics change: one that was made for an empty
 * table reads all of it, for every row, when it is full (docs/decisions/0854).
 */
export function followGrowth(lite: PGlite): void {
  const query = lite.query.bind(lite);
  let statements = 0;
  let looking = false;
  const look = async (): Promise<void> => {
    const { rows } = await query<{ name: string }>(GROWN);
    for (const { name } of rows)
      await lite.exec(
        `SET default_statistics_target = ${SAMPLE}; ANALYZE ${name}; RESET default_statistics_target`,
      );
  };
  lite.query = (...statement) => {
    const answer = query(...statement);
    statements += 1;
    if (statements >= EVERY && !looking) {
      statements = 0;
      looking = true;
      // What fails here fails for whoever asks the database next, and is said there.
      void look()
        .catch(() => undefined)
        .finally(() => {
          looking = false;
        });
    }
    return answer as never; // of the type that the caller named: nothing is looked at in between
  };
}

/** pages: what the statistics say; relpages is 0 for a table that was empty then, or that nobody has looked at. */
const GROWN = `
  SELECT quote_ident(c.relname) AS name
  FROM pg_class c
  WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relpages < ${LARGE_PAGES}
    AND pg_relation_size(c.oid) > 2 * 8192 * greatest(c.relpages, ${SMALL_PAGES})`;
