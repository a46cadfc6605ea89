import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";

/** Linux counts processor time in these parts of a second. */
const TICKS = 100;

/**
 * CPU seconds of a PostgreSQL server and of all processes that it has or had.
 *
 * @param folder its data folder; @returns null where the system does not tell
 */
export function cpuOfServer(folder: string): number | null {
  const file = path.join(folder, "postmaster.pid");
  if (!existsSync("/proc/self/stat") || !existsSync(file)) return null;
  const [postmaster = ""] = readFileSync(file, "utf8").split("\n", 1);
  const ticks = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => statOf(pid))
    .filter((stat) => stat?.pid === postmaster || stat?.parent === postmaster)
    .reduce((sum, stat) => sum + (stat?.ticks ?? 0), 0);
  return ticks / TICKS;
}

function statOf(pid: string): { pid: string; parent: string | undefined; ticks: number } | undefined {
  try {
    // The name stands in brackets and may hold spaces; what follows are numbers (proc(5), from the third field on).
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /, "")
      .split(" ");
    const ticks = fields.slice(11, 15).reduce((sum, each) => sum + Number(each), 0);
    return { pid, parent: fields[1], ticks };
  } catch {
    return undefined; // ended meanwhile
  }
}
