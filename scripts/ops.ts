/**
 * `npm run ops -- COMMAND [OPTIONS]`: what an operator does by hand, with the app's own variables (DATABASE_URL and the
 * rest). Prints one JSON object. The embedded database has one process at a time: stop the app first.
 */
import process from "node:process";
import { parseArgs } from "node:util";

import { systemClock } from "#app/platform/process/clock.ts";
import { openDatabase } from "#app/platform/database/database.server.ts";
import { readEnvironment } from "#app/platform/process/environment.server.ts";
import { FolderInUse } from "#app/platform/database/folder-lock.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { createSecretBox } from "#app/platform/process/secret-box.server.ts";

import { UsageProblem, type OpsCommand } from "./ops/command.ts";
import { drain } from "./ops/drain.ts";
import { pause, resume } from "./ops/pause.ts";
import { retry, retryFilter } from "./ops/retry.ts";
import { rotateKey } from "./ops/rotate-key.ts";
import { status } from "./ops/status.ts";
import { sweep } from "./ops/sweep.ts";

/** Every command there is; a new one is a file in scripts/ops and a line here. */
const COMMANDS: Readonly<Record<string, OpsCommand>> = {
  status,
  retry,
  "retry-filter": retryFilter,
  pause,
  resume,
  drain,
  sweep,
  "rotate-key": rotateKey,
};

const [name = "", ...args] = process.argv.slice(2);
const command = COMMANDS[name];
process.exitCode = command ? await runCommand(command) : listCommands();

async function runCommand({ options, usage, run }: OpsCommand): Promise<number> {
  try {
    const { values } = parseArgs({ args, options, strict: true });
    const read = readEnvironment(process.env);
    if (!read.ok) throw new UsageProblem(read.problems.join("\n"));
    const { environment } = read;
    const box = createSecretBox(environment.APP_ENCRYPTION_KEY, environment.APP_ENCRYPTION_KEYS_OLD);
    if (!box.ok) throw new UsageProblem(box.problem);
    // Standard output is for the answer.
    const log = createLog("silent");
    const database = await openDatabase({
      databaseUrl: environment.DATABASE_URL,
      dataDirectory: environment.TANDEM_DATA_DIR,
      poolSize: 4,
      log,
    });
    try {
      const context = { environment, database, secretBox: box.box, clock: systemClock, log };
      const result = await run(context, values as Record<string, string | boolean | undefined>);
      const asText = (_key: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);
      console.log(JSON.stringify(result, asText, 2));
      return result.ok === false ? 1 : 0;
    } finally {
      await database.close();
    }
  } catch (error) {
    if (error instanceof UsageProblem || error instanceof FolderInUse || isArgumentProblem(error)) {
      process.stderr.write(`${error.message}\nusage: npm run ops -- ${usage}\n`);
      return 2;
    }
    throw error;
  }
}

function isArgumentProblem(error: unknown): error is Error {
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}

function listCommands(): number {
  const lines = Object.values(COMMANDS).map(({ usage, does }) => `  ${usage}\n      ${does}`);
  process.stderr.write(`npm run ops -- COMMAND\n\n${lines.join("\n")}\n`);
  return name === "" || name === "help" ? 0 : 2;
}
