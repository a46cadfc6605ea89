/**
 * Makes the embedded database with this version's schema once, in build/prepared-database, for first starts and for
 * tests to copy. Does nothing where it is there already.
 */
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { openDatabase } from "../app/platform/database/database.server.ts";
import { embeddedFolder } from "../app/platform/database/database-adapter.server.ts";
import { createLog } from "../app/platform/process/log.server.ts";
import {
  isPrepared,
  PREPARED_FOLDER,
  preparedFiles,
  preparedFrom,
} from "../app/platform/database/prepared-folder.server.ts";

/** Takes about ten seconds when there is work to do. */
export async function prepareDatabase(): Promise<void> {
  const migrations = path.resolve("prisma/migrations");
  if (isPrepared(PREPARED_FOLDER, migrations)) return;
  process.stderr.write("Preparing the embedded database …\n");
  const madeFrom = preparedFrom(migrations);
  mkdirSync(path.dirname(PREPARED_FOLDER), { recursive: true });
  // Others may prepare at the same time: each in a folder of its own, and the last one to finish stays.
  const own = mkdtempSync(`${PREPARED_FOLDER}-`);
  try {
    const dataDirectory = path.join(own, "data");
    const database = await openDatabase({ dataDirectory, preparedFolder: "", log: createLog("silent") });
    await database.close();
    const whole = path.join(own, "whole");
    cpSync(embeddedFolder({ dataDirectory }), preparedFiles(whole).database, { recursive: true });
    writeFileSync(preparedFiles(whole).madeFrom, madeFrom);
    rmSync(PREPARED_FOLDER, { recursive: true, force: true });
    renameSync(whole, PREPARED_FOLDER);
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await prepareDatabase();
