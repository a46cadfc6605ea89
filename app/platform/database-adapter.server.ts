import { mkdirSync } from "node:fs";
import path from "node:path";

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
  return PGlite.create({ dataDir: folder });
}

/** The driver adapter for the Prisma command line (`prisma.config.ts`), which developers use to write migrations. */
export async function openAdapterFactory(place: DatabasePlace): Promise<PrismaPg | PrismaPGlite> {
  if (place.databaseUrl) return new PrismaPg({ connectionString: place.databaseUrl });
  return new PrismaPGlite(await openEmbedded(place));
}
