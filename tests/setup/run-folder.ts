import { chmodSync, mkdtempSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { freemem, tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";

const PREFIX = "tandem-run-";
/** Where Linux keeps files in memory. */
const MEMORY = "/dev/shm";
const TMPFS = 0x01021994;
/** Free space that is asked for; a database of a test takes up to 60 MB. */
const ROOM = 2 * 2 ** 30;

/**
 * All that a run of tests writes into the system's temporary folder goes into one of its own, which is gone afterwards
 * whatever a test has left. In memory where there is room: an embedded database alone is more than a thousand small files,
 * and what they hold outlives no test.
 */
export default function makeRunFolder(): void {
  if (path.basename(tmpdir()).startsWith(PREFIX)) return;
  const place = hasRoomInMemory() ? MEMORY : tmpdir();
  removeLeftOver(place);
  const folder = mkdtempSync(path.join(place, `${PREFIX}${process.pid}-`));
  chmodSync(folder, 0o755); // run as root, the database server runs as a user of its own
  process.env["TMPDIR"] = folder;
  process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
}

function hasRoomInMemory(): boolean {
  try {
    const { type, bavail, bsize } = statfsSync(MEMORY);
    return type === TMPFS && bavail * bsize > ROOM && freemem() > 3 * ROOM;
  } catch {
    return false;
  }
}

/** Of runs that were killed. */
function removeLeftOver(place: string): void {
  for (const name of readdirSync(place)) {
    const [, pid] = new RegExp(`^${PREFIX}(\\d+)-`).exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid)))
      rmSync(path.join(place, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
