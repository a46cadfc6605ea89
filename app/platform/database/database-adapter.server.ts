import { mkdirSync } from "node:fs";
import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";

import { PGlite } from "@electric-sql/pglite";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaPGlite } from "pglite-prisma-adapter";

/** Where the rows live: a PostgreSQL server when a URL is given, else the embedded database in a folder. */
export interface DatabasePlace {
  /** postgresql://… ; undefined or empty = embedded */
  readonly databaseUrl?: string | undefined;
  /** Folder of the embedded database; default `.data`. */
  readonly dataDirectory?: string | undefined;
}

/** The folder PGlite itself writes to; the lock file stands beside it. */
export function embeddedFolder(place: DatabasePlace): string {
  return path.resolve(place.dataDirectory || ".data", "postgres");
}

/** Opens (creating it when needed) the embedded database. Exactly one process may have it open: see folder-lock. */
export async function openEmbedded(place: DatabasePlace): Promise<PGlite> {
  const folder = embeddedFolder(place);
  mkdirSync(folder, { recursive: true });
  return inSlices(await PGlite.create({ dataDir: folder }));
}

/** How long statements may follow each other before everybody else gets a turn. Milliseconds. */
const SLICE_MS = 10;

/**
 * The embedded database works in this very thread, and statements that wait for each other would run back to back in one
 * turn of the event loop. Node takes one new connection a turn, so under load those that connect for the first time would
 * wait longer than anybody does (docs/decisions/0504). Statements within a transaction go on at once.
 */
function inSlices(lite: PGlite): PGlite {
  const query = lite.query.bind(lite);
  let before: Promise<unknown> = Promise.resolve();
  let begun = 0;
  const run = async (statement: Parameters<typeof query>) => {
    if (performance.now() - begun > SLICE_MS) {
      await nextTurn();
      begun = performance.now();
    }
    return query(...statement);
  };
  lite.query = (...statement) => {
    const mine = before.then(() => run(statement));
    before = mine.catch(() => undefined);
    return mine as never; // of the type that the caller named: nothing is looked at in between
  };
  return lite;
}

/** The driver adapter for the Prisma command line (`prisma.config.ts`), which developers use to write migrations. */
export async function openAdapterFactory(place: DatabasePlace): Promise<PrismaPg | PrismaPGlite> {
  if (place.databaseUrl) return new PrismaPg({ connectionString: place.databaseUrl });
  return new PrismaPGlite(await openEmbedded(place));
}
