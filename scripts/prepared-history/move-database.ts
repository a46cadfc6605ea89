import { keepPartitions } from "#app/funnel/keep-partitions.server.ts";
import type { Database } from "#app/platform/database/database.server.ts";

import type { TimeMover } from "./move-times.ts";

/** Further than any day of the history, so that no moved row meets one that is not yet moved. Days. */
const ASIDE = 100_000;
/** Rows whose JSON is rewritten by one statement. */
const BATCH = 500;

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

/**
 * Moves every time in an embedded database: columns of times and days, and times within JSON. Counts stay what they were,
 * since triggers are silent meanwhile. The database is for this process alone.
 *
 * @param now Unix milliseconds: the funnel's partitions are made for this day
 */
export async function moveDatabase(database: Database, mover: TimeMover, now: number): Promise<void> {
  const { prisma } = database;
  const run = (statement: string) => prisma.$executeRawUnsafe(statement);
  await run("SET session_replication_role = replica");
  // A day added to a time keeps the hour of this zone.
  await run(`SET TIME ZONE '${mover.timeZone}'`);
  const columns = await readColumns(database);
  for (const [table, of] of Map.groupBy(columns, (column) => column.table)) {
    if (table === "funnel_event") await moveFunnelEvents(database, of, mover, now);
    else await moveTable(database, table, of, mover);
  }
  await run("RESET TIME ZONE");
  await run("RESET session_replication_role");
}

/** Of tables that are no partition of another one, without what the database computes itself. */
function readColumns({ prisma }: Database): Promise<readonly Column[]> {
  return prisma.$queryRawUnsafe<Column[]>(`
    SELECT c.table_name::text AS table, c.column_name::text AS column, c.data_type::text AS type
    FROM information_schema.columns c
    JOIN pg_class t ON t.relname = c.table_name AND t.relnamespace = 'public'::regnamespace
    WHERE c.table_schema = 'public' AND c.is_generated = 'NEVER' AND NOT t.relispartition AND t.relkind IN ('r', 'p')
      AND c.data_type IN ('timestamp with time zone', 'timestamp without time zone', 'date', 'json', 'jsonb')
    ORDER BY 1, 2`);
}

async function moveTable(
  { prisma }: Pick<Database, "prisma">,
  table: string,
  columns: readonly Column[],
  mover: TimeMover,
): Promise<void> {
  await moveJson({ prisma }, table, columns, mover);
  /** Assignments for the columns of a kind. 1970 stands for "never" and stays. */
  const adding = (kind: RegExp, amount: string): string =>
    columns
      .filter(({ type }) => kind.test(type))
      .map(
        ({ column: name }) =>
          `"${name}" = CASE WHEN "${name}" > '2000-01-01' THEN "${name}" + ${amount} ELSE "${name}" END`,
      )
      .join(", ");
  const update = async (assignments: string): Promise<void> => {
    if (assignments !== "") await prisma.$executeRawUnsafe(`UPDATE "${table}" SET ${assignments}`);
  };
  await update(adding(/^timestamp/, `interval '${mover.days} days'`));
  await update(adding(/^date$/, String(ASIDE)));
  await update(adding(/^date$/, `(${mover.days - ASIDE})`));
}

async function moveJson(
  { prisma }: Pick<Database, "prisma">,
  table: string,
  columns: readonly Column[],
  mover: TimeMover,
): Promise<void> {
  for (const { column, type } of columns.filter((each) => each.type.startsWith("json"))) {
    const rows = await prisma.$queryRawUnsafe<{ at: string; text: string }[]>(
      `SELECT ctid::text AS at, "${column}"::text AS text FROM "${table}" WHERE "${column}" IS NOT NULL`,
    );
    const isMarks = table === "sighting" && column === "marks";
    const moved = rows.flatMap(({ at, text }) => {
      const now = isMarks ? moveMarks(text, mover.days) : mover.text(text);
      return now === text ? [] : [{ at, text: now }];
    });
    for (let start = 0; start < moved.length; start += BATCH)
      await prisma.$executeRawUnsafe(
        `UPDATE "${table}" t SET "${column}" = m.text::${type}
         FROM jsonb_to_recordset($1::jsonb) AS m(at text, text text) WHERE t.ctid = m.at::tid`,
        JSON.stringify(moved.slice(start, start + BATCH)),
      );
  }
}

/** [hour since 1970, reports that named it, reports] */
function moveMarks(text: string, days: number): string {
  const marks = JSON.parse(text) as readonly (readonly number[])[];
  return JSON.stringify(marks.map(([hour = 0, ...counts]) => [hour + days * 24, ...counts]));
}

/** A day of events is a partition: they go aside, and come back when the partitions of their new days are there. */
async function moveFunnelEvents(
  database: Database,
  columns: readonly Column[],
  mover: TimeMover,
  now: number,
): Promise<void> {
  const { prisma } = database;
  await prisma.$executeRawUnsafe(`CREATE TEMPORARY TABLE moved_event AS SELECT * FROM funnel_event`);
  await prisma.$executeRawUnsafe(`TRUNCATE funnel_event`);
  await keepPartitions(database, now);
  await moveTable(database, "moved_event", columns, mover);
  // The day is the event's own, in UTC; what is too old by now has no partition.
  await prisma.$executeRawUnsafe(`UPDATE moved_event SET day = (event_time AT TIME ZONE 'UTC')::date`);
  await prisma.$executeRawUnsafe(
    `INSERT INTO funnel_event SELECT * FROM moved_event
     WHERE day > (to_timestamp(${now / 1_000}) AT TIME ZONE 'UTC')::date - 7`,
  );
  await prisma.$executeRawUnsafe(`DROP TABLE moved_event`);
}
