/**
 * `npm run ops -- COMMAND [OPTIONS]`: what an operator does by hand, with the app's own variables (DATABASE_URL and the
 * rest). Prints one JSON object. The embedded database has one process at a time: stop the app first.
 *
 * What a command works with is loaded when it runs: `--help` and a wrong word are answered at once.
 */
import process from "node:process";

import { obeyCommand, type CommandText } from "./command-line/read-command.ts";
import { audit } from "./ops/audit.ts";
import { UsageProblem, type OpsCommand } from "./ops/command.ts";
import { drain } from "./ops/drain.ts";
import { pause, resume } from "./ops/pause.ts";
import { retry, retryFilter } from "./ops/retry.ts";
import { rotateKey } from "./ops/rotate-key.ts";
import { seed } from "./ops/seed.ts";
import { status } from "./ops/status.ts";
import { sweep } from "./ops/sweep.ts";

/** Every command there is; a new one is a file in scripts/ops and a line here. */
const COMMANDS: Readonly<Record<string, OpsCommand>> = {
  status,
  audit,
  retry,
  "retry-filter": retryFilter,
  pause,
  resume,
  drain,
  sweep,
  "rotate-key": rotateKey,
  seed,
};

const NAMES = Object.keys(COMMANDS);
const ALL: CommandText = {
  typed: "npm run ops",
  does: "What an operator does by hand, with the app's own variables (DATABASE_URL and the rest). Prints one JSON object.",
  takes: "a second, mostly",
  words: { form: "<command>", does: "what to do", known: NAMES },
  more: `${NAMES.map((name) => `  ${name.padEnd(14)}${COMMANDS[name]?.does ?? ""}`).join("\n")}

npm run ops -- COMMAND --help says what each takes. Variables may stand in .env. The embedded database has one process at
a time: stop the app first. Exit 1: it could not be done. Exit 2: wrong use.`,
};

const [name = "--help", ...args] = process.argv.slice(2);
const command = COMMANDS[name];
if (command) process.exitCode = await runCommand(command);
else obeyCommand(ALL, [name === "help" ? "--help" : name]);

/** The variables do not allow to begin; nothing is wrong with what was typed. */
function refuseVariables(problems: readonly string[]): 1 {
  process.stderr.write(
    `The variables are not complete.\n${problems.map((each) => `  ${each}`).join("\n")}\n`,
  );
  return 1;
}

async function runCommand({ options, does, takes = "a second", run }: OpsCommand): Promise<number> {
  const read = obeyCommand({ typed: `npm run ops -- ${name}`, does, takes, options }, args);
  const { systemClock } = await import("#app/platform/process/clock.ts");
  const { openDatabase } = await import("#app/platform/database/database.server.ts");
  const { readEnvironment } = await import("#app/platform/process/environment.server.ts");
  const { FolderInUse } = await import("#app/platform/database/folder-lock.server.ts");
  const { createLog } = await import("#app/platform/process/log.server.ts");
  const { createSecretBox } = await import("#app/platform/process/secret-box.server.ts");
  const variables = readEnvironment(process.env);
  if (!variables.ok) return refuseVariables(variables.problems);
  const { environment } = variables;
  const box = createSecretBox(environment.APP_ENCRYPTION_KEY, environment.APP_ENCRYPTION_KEYS_OLD);
  if (!box.ok) return refuseVariables([box.problem]);
  // Standard output is for the answer.
  const log = createLog("silent");
  try {
    const database = await openDatabase({
      databaseUrl: environment.DATABASE_URL,
      dataDirectory: environment.TANDEM_DATA_DIR,
      poolSize: 4,
      log,
    });
    try {
      const context = { environment, database, secretBox: box.box, clock: systemClock, log };
      const result = await run(context, read.options);
      const asText = (_key: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);
      console.log(JSON.stringify(result, asText, 2));
      return result.ok === false ? 1 : 0;
    } finally {
      await database.close();
    }
  } catch (error) {
    if (error instanceof FolderInUse) {
      process.stderr.write(`${error.message}\n`);
      return 1;
    }
    if (!(error instanceof UsageProblem)) throw error;
    process.stderr.write(`error: ${error.message}\n(npm run ops -- ${name} --help says what there is)\n`);
    return 2;
  }
}
