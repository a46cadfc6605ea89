import {
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { processSpace, startHeartbeat } from "./lock-heartbeat.server.ts";

/**
 * One process on one embedded database folder: two would break it. The lock is a file naming its owner, and the owner
 * writes the file's time anew every few seconds. A lock whose owner no longer runs (kill -9, power cut) is taken over:
 *
 * - an owner that shares our process IDs is looked up: a process ID with its start time, so that a recycled process ID
 *   is not mistaken for a living owner. That is known at once.
 * - an owner in another container or on another machine cannot be looked up. It lives as long as the file's time
 *   changes; after `silenceMs` without a change it is dead. No two clocks are compared.
 */
export interface FolderLock {
  release(): void;
}

export class FolderInUse extends Error {
  override readonly name = "FolderInUse";
}

export interface FolderLockOptions {
  /** Called when another process has taken the lock away: this one must not write any more. */
  readonly onLost?: () => void;
  /** How often the owner shows that it lives. Milliseconds; default 2,000. */
  readonly heartbeatMs?: number;
  /** After how long without a sign an owner elsewhere is dead. Milliseconds; default 20,000. */
  readonly silenceMs?: number;
  /** Names the processes whose IDs we see; default: this container's. */
  readonly space?: string;
}

/** @throws FolderInUse, with one line that says who has the folder and what to do */
export async function lockFolder(folder: string, options: FolderLockOptions = {}): Promise<FolderLock> {
  const { heartbeatMs = 2_000, silenceMs = 20_000, space = processSpace() } = options;
  // Addresses and browsers of buyers are in there for a while: nobody else on the machine may read them.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const file = path.join(folder, "tandem.lock");
  const mine = `${process.pid} ${startOf(process.pid) ?? "?"} ${space}\n`;
  const draft = path.join(folder, `tandem.lock.${process.pid}.${process.hrtime.bigint()}`);
  writeFileSync(draft, mine);
  try {
    for (let round = 0; round < 10; round += 1) {
      if (tryLink(draft, file)) {
        const stopHeartbeat = startHeartbeat({
          file,
          owner: mine,
          everyMs: heartbeatMs,
          onLost: options.onLost,
        });
        return {
          release: () => {
            stopHeartbeat();
            releaseLock(file, mine);
          },
        };
      }
      const owner = readOwner(file);
      if (owner === undefined) continue;
      const lives = isElsewhere(owner, space)
        ? await showsLife(file, silenceMs, Math.min(heartbeatMs, 500))
        : isAlive(owner);
      if (lives) {
        const where = isElsewhere(owner, space) ? " in another container or on another machine" : "";
        throw new FolderInUse(
          `The embedded database in ${folder} is in use by process ${owner.split(" ")[0]}${where}: it serves one process at a time. ` +
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

/** A lock of an older version names no space: its owner was on this machine. */
function isElsewhere(owner: string, space: string): boolean {
  const theirs = owner.trim().split(" ")[2];
  return theirs !== undefined && theirs !== space;
}

/** Whether the file's time changes, or the file goes, within so long. */
async function showsLife(file: string, silenceMs: number, lookEveryMs: number): Promise<boolean> {
  const timeOf = () => statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  const before = timeOf();
  const began = performance.now();
  while (performance.now() - began < silenceMs) {
    await sleep(lookEveryMs);
    const now = timeOf();
    if (now === undefined) return false;
    if (now !== before) return true;
  }
  return false;
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
