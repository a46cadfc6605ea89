import { createReadStream, statSync } from "node:fs";
import path from "node:path";

import type { AuditReport } from "../report/render-report.ts";
import { FileProblem } from "./file-problem.ts";
import { FileMatch, type MatchedFiles } from "./match-files.ts";
import { readEvents } from "./read-events.server.ts";
import { readOrders } from "./read-orders.server.ts";
import { reportFromFiles } from "./report-from-files.ts";
import { runFileChecks, type FileVerdicts } from "./run-file-checks.ts";

export interface FilesToAudit {
  readonly orders: string;
  readonly events: string | null;
  /** Whose name stands on the report. */
  readonly agency: string | null;
  /** Unix milliseconds. */
  readonly now: number;
  /** Told now and then how far a file is read, 0 to 1. */
  readonly onProgress?: (file: string, share: number) => void;
}

export type FilesAudited =
  | {
      readonly kind: "audited";
      readonly files: MatchedFiles;
      readonly verdicts: FileVerdicts;
      readonly report: AuditReport;
    }
  /** One line that names file, line and column. */
  | { readonly kind: "problem"; readonly words: string };

/** Reads both files as streams, puts them together and runs every check that they can answer. */
export async function auditFiles(input: FilesToAudit): Promise<FilesAudited> {
  const names = {
    orders: path.basename(input.orders),
    events: input.events === null ? null : path.basename(input.events),
  };
  try {
    const match = new FileMatch(names);
    for await (const order of readOrders(bytesOf(input.orders, names.orders, input), names.orders, input.now))
      match.addOrder(order);
    if (input.events !== null && names.events !== null)
      for await (const row of readEvents(bytesOf(input.events, names.events, input), names.events, input.now))
        match.addEvent(row);
    const files = match.result();
    const verdicts = runFileChecks(files, input.now);
    const madeOn = new Date(input.now).toISOString().slice(0, 10);
    const report = reportFromFiles({ files, verdicts, names, agency: input.agency, madeOn });
    return { kind: "audited", files, verdicts, report };
  } catch (error) {
    if (error instanceof FileProblem) return { kind: "problem", words: error.message };
    throw error;
  }
}

const CHUNK = 256 * 1024;
/** Below this a file is read in a moment. */
const LARGE = 20 * 1024 * 1024;

async function* bytesOf(
  file: string,
  name: string,
  { onProgress }: FilesToAudit,
): AsyncGenerator<Uint8Array> {
  try {
    const { size } = statSync(file);
    let read = 0;
    let told = 0;
    for await (const chunk of createReadStream(file, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>) {
      yield chunk;
      read += chunk.length;
      if (size >= LARGE && read / size >= told + 0.05) {
        told = read / size;
        onProgress?.(name, told);
      }
    }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
    throw code?.startsWith("E") ? new FileProblem({ file: name }, "unreadable", { reason: code }) : error;
  }
}
