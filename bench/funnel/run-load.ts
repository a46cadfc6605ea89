import { execFile } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { promisify } from "node:util";

export interface LoadTask {
  readonly kind: "orders" | "events";
  readonly url: string;
  /** Signs orders. */
  readonly secret: string;
  /** In turn. */
  readonly shops: readonly string[];
  /** Requests. */
  readonly perSecond: number;
  readonly seconds: number;
  /** The first order's number, or the first page's. */
  readonly from: number;
}

export interface LoadReport {
  readonly sent: number;
  /** Requests by HTTP status, or "error". */
  readonly statuses: Readonly<Record<string, number>>;
  /** From the request's first byte to the answer's last. Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
  /** Events that the answers called given up. */
  readonly shed: number;
  /** Of the load's own process. */
  readonly cpuSeconds: number;
  /** IDs of what was acknowledged. */
  readonly taken: readonly string[];
}

/** Sends a load from a process of its own. */
export async function runLoad(task: LoadTask): Promise<LoadReport> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [path.resolve("bench/funnel/send-load.ts"), JSON.stringify(task)],
    { maxBuffer: 2 ** 26, cwd: process.cwd() },
  );
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "{}") as LoadReport;
}
