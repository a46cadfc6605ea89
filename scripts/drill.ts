/**
 * `npm run drill [-- NAME …] [--database embedded|server]`: fault drills against real processes of the app and a small
 * Shopify and Meta that keep books of their own. Each drill ends with one JSON line per database; exit 1 when a promise
 * broke.
 */
import { readdirSync } from "node:fs";
import path from "node:path";
import process from "node:process";

import { obeyCommand } from "./command-line/read-command.ts";
import { ensureBuild } from "./ensure-build.ts";

interface Drill {
  readonly run: (options: {
    databaseKind: "embedded" | "server";
  }) => Promise<({ readonly ok: boolean } & object) | undefined>;
}

const folder = path.resolve("tests/drill/drills");
const known = readdirSync(folder)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -3))
  .sort();
const DATABASES = ["embedded", "server"] as const;
const { options, words: wanted } = obeyCommand({
  typed: "npm run drill",
  does: "Breaks things on purpose, against real processes of the app, and checks that nothing is lost or counted twice.",
  takes: "one to ten minutes a drill",
  options: [
    { flags: "--database <kind>", does: "one kind of database instead of both", choices: DATABASES },
    { flags: "--home <kind>", does: "the former name of --database", choices: DATABASES },
  ],
  words: { form: "[name...]", does: "drills; all of them without a name", known },
  more: "Each drill ends with one JSON line for each kind of database. Exit 1: a promise was broken.",
});
// By either name of the one option there is.
const [named] = Object.values(options);
const kinds = DATABASES.filter((kind) => named === undefined || named === kind);

ensureBuild();
let broken = 0;
for (const name of wanted.length > 0 ? wanted : known) {
  const { run } = (await import(path.join(folder, `${name}.ts`))) as Drill;
  for (const databaseKind of kinds) {
    const result = await run({ databaseKind }).catch((error: unknown) => ({
      databaseKind,
      ok: false,
      error: error instanceof Error ? error.message : String(error),
    }));
    if (!result) continue;
    if (!result.ok) broken += 1;
    console.log(JSON.stringify({ drill: name, ...result }));
  }
}
process.exit(broken > 0 ? 1 : 0);
