import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { deserialize, serialize } from "node:v8";

import { embeddedFolder } from "#app/platform/database/database-adapter.server.ts";
import type { MetaBooks } from "#sandbox/meta/meta-books.ts";
import type { StoreBooks } from "#sandbox/shopify/store.ts";

/**
 * 90 days of history as a demo begins with them: the app's database, and what Shopify and Meta know of it. Unpacked once,
 * copied and moved to today by each start (docs/decisions/0853).
 */
export const PREPARED_HISTORY = ".cache/demo-history";

export interface HistoryBooks {
  /** Unix milliseconds. */
  readonly endedAt: number;
  readonly days: number;
  /** Of the storefront, as it was then. */
  readonly storefrontUrl: string;
  readonly store: StoreBooks;
  readonly meta: MetaBooks;
}

const STAMP = "made-from";
const BOOKS = "books.v8";
const DATABASE = "database";

/** The books of the history in the folder; undefined where there is none, or one of another stamp. */
export function readHistory(stamp: string, folder = PREPARED_HISTORY): HistoryBooks | undefined {
  try {
    if (readFileSync(path.join(folder, STAMP), "utf8") !== stamp) return undefined;
    return deserialize(readFileSync(path.join(folder, BOOKS))) as HistoryBooks;
  } catch {
    return undefined;
  }
}

/**
 * Keeps the embedded database of `dataDirectory`, which nobody has open, with the books. It is whole or not there.
 *
 * @param stamp what it was made from
 */
export function keepHistory(
  dataDirectory: string,
  books: HistoryBooks,
  stamp: string,
  folder = PREPARED_HISTORY,
): void {
  mkdirSync(path.dirname(folder), { recursive: true });
  const own = mkdtempSync(`${folder}-`);
  cpSync(embeddedFolder({ dataDirectory }), path.join(own, DATABASE), { recursive: true });
  writeFileSync(path.join(own, BOOKS), serialize(books));
  writeFileSync(path.join(own, STAMP), stamp);
  rmSync(folder, { recursive: true, force: true });
  renameSync(own, folder);
}

/** Takes the place of the embedded database in `dataDirectory`, which nobody has open. */
export function copyHistory(dataDirectory: string, folder = PREPARED_HISTORY): void {
  const place = embeddedFolder({ dataDirectory });
  rmSync(place, { recursive: true, force: true });
  mkdirSync(path.dirname(place), { recursive: true });
  cpSync(path.join(folder, DATABASE), place, { recursive: true });
}
