import { readFileSync } from "node:fs";

/** Resident memory of the largest of the processes that this one started, in MB; 0 on a system without /proc. */
export function residentMb(): number {
  try {
    const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8")
      .trim()
      .split(" ");
    const sizes = children.map((pid) =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0),
    );
    return Math.round(Math.max(0, ...sizes) / 1024);
  } catch {
    return 0;
  }
}
