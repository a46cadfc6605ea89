import { execFile } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { promisify } from "node:util";

export interface Load {
  readonly url: string;
  readonly secret: string;
  readonly connections: number;
  readonly seconds: number;
  /** The first order's ID. */
  readonly from: number;
  /** The first sells most (Zipf). */
  readonly shops: readonly string[];
  /** Absent = as fast as it goes. */
  readonly perSecond?: number;
  /** Share of webhooks that repeat an order; default none. */
  readonly duplicates?: number;
}

export interface LoadResult {
  readonly perSecond: number;
  /** Answered 2xx. */
  readonly answered: number;
  readonly refused: number;
  readonly errors: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly sent: number;
  /** Different orders among what was sent. */
  readonly orders: number;
  /** Orders that nobody answered 2xx: under way at the end, or refused. */
  readonly unacknowledged: readonly number[];
}

/** Signed orders from a process of its own. */
export async function generateLoad(load: Load): Promise<LoadResult> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [path.resolve("bench/http-intake/generate-load.mjs"), JSON.stringify(load)],
    { maxBuffer: 2 ** 24 },
  );
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "{}") as LoadResult;
}
