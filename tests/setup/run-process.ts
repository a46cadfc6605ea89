import { execFile } from "node:child_process";
import process from "node:process";

import { childEnvironment } from "#sandbox/child-environment.ts";

/**
 * Runs the project's Node with a script and waits for its end, however long that takes on a busy machine: the test's
 * own limit is the only one. Nothing of this process's environment but the path and the clock reaches it.
 *
 * @returns status null when a signal ended it
 */
export function runNode(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [...args],
      { env: { ...childEnvironment(), NODE_ENV: "production", ...environment }, maxBuffer: 16 * 2 ** 20 },
      (error, stdout, stderr) => {
        if (error && child.exitCode === null && child.signalCode === null) reject(error);
        else resolve({ status: child.exitCode, stdout, stderr });
      },
    );
  });
}
