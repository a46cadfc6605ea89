import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * One process on one embedded database folder: two would break it. The lock is a file naming its owner; a lock whose
 * owner no longer runs (kill -9, power cut) is taken over. An owner is a process ID with its start time, so that a
 * recycled process ID is not mistaken for a living owner.
 */
export interface FolderLock {
  release(): void;
}

export class FolderInUse extends Error {
  override readonly name = "FolderInUse";
}

export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, "tandem.lock");
  const mine = `${process.pid} ${startOf(process.pid) ?? "?"}\n`;
  const draft = path.join(folder, `tandem.lock.${process.pid}.${process.hrtime.bigint()}`);
  writeFileSync(draft, mine);
  try {
    for (let round = 0; round < 10; round += 1) {
      if (tryLink(draft, file)) return { release: () => releaseLock(file, mine) };
      const owner = readOwner(file);
      if (owner === undefined) continue;
      if (isAlive(owner)) {
        throw new FolderInUse(
          `The embedded database in ${folder} is in use by process ${owner.split(" ")[0]}: it serves one process at a time. ` +
            `Stop that process, or set DATABASE_URL to a PostgreSQL server to run several.`,
        );
      }
      takeAway(file, owner);
    }
    throw new FolderInUse(
      `The lock ${file} could not be taken. Remove it if no Tandem process runs on this folder.`,
    );
  } finally {
    rmSync(draft, { force: true });
  }
}

function tryLink(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    throw error;
  }
}

function readOwner(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (isCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** Removes a dead owner's lock, and only that one: another starter may have replaced it since it was read. */
function takeAway(file: string, owner: string): void {
  const aside = `${file}.dead.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (isCode(error, "ENOENT")) return;
    throw error;
  }
  if (readFileSync(aside, "utf8") !== owner) tryLink(aside, file);
  rmSync(aside, { force: true });
}

function releaseLock(file: string, mine: string): void {
  if (readOwner(file) === mine) rmSync(file, { force: true });
}

function isAlive(owner: string): boolean {
  const [pidText = "", start = "?"] = owner.trim().split(" ");
  const pid = Number(pidText);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (isCode(error, "ESRCH")) return false;
  }
  const now = startOf(pid);
  return start === "?" || now === undefined || now === start;
}

/** Start time in clock ticks since boot where the system tells (Linux), else undefined. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
