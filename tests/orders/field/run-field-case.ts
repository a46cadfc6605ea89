import { fileURLToPath } from "node:url";
import { runPayload } from "../../../scripts/payload.ts";

/** Absolute path of a file beside this one. */
export function fieldFile(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/**
 * One order of this folder (made after a public fault report) through `npm run payload`, as an operator would run it.
 *
 * @returns what the command prints, parsed: the event, or `{ skipped }`
 */
export function runFieldCase(
  order: string,
  options: { readonly settings?: string; readonly report?: string; readonly explain?: boolean } = {},
): Record<string, unknown> {
  const { exitCode, output } = runPayload([
    fieldFile(order),
    ...(options.settings === undefined ? [] : ["--settings", fieldFile(options.settings)]),
    ...(options.report === undefined ? [] : ["--report", fieldFile(options.report)]),
    ...(options.explain === true ? ["--explain"] : []),
  ]);
  if (exitCode !== 0) throw new Error(output);
  return JSON.parse(output) as Record<string, unknown>;
}
