/**
 * `npm run drill [-- NAME …] [--database embedded|server]`: fault drills against real processes of the app and a small
 * Shopify and Meta that keep books of their own. Each drill ends with one JSON line per database; exit 1 when a promise
 * broke.
 */
import { readdirSync } from "node:fs";
import path from "node:path";
import process from "node:process";

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
const args = process.argv.slice(2);
// `--home` is the option's former name.
const at = args.findIndex((arg) => arg === "--database" || arg === "--home");
const named = at < 0 ? undefined : args[at + 1];
const kinds = (["embedded", "server"] as const).filter((kind) => named === undefined || named === kind);
const wanted = args.filter((_arg, index) => at < 0 || (index !== at && index !== at + 1));
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0 || kinds.length === 0) {
  process.stderr.write(`Known drills: ${known.join(", ")}. Databases: embedded, server.\n`);
  process.exit(2);
}

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
