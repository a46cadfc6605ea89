import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { isPrepared, PREPARED_FOLDER } from "../app/platform/database/prepared-folder.server.ts";

const INPUTS = [
  "app/**/*.{ts,tsx,css,json}",
  "extensions/**/*.{ts,liquid,toml,json}",
  "public/**/*",
  "server.ts",
  "vite.config.ts",
  "package-lock.json",
  "prisma/schema.prisma",
];
const STAMP = "build/.inputs";
/** The process that `npm start` runs: server.ts with the routes, in one bundle. */
export const APP_PROCESS = "build/server/tandem.js";

/**
 * Builds the app and both browser programs unless the build at hand was made from these very files, and prepares the
 * embedded database: after the build, which empties the folder that both stand in.
 */
export function ensureBuild(): void {
  buildApp();
  if (!isPrepared(PREPARED_FOLDER, "prisma/migrations"))
    run(process.execPath, ["scripts/prepare-database.ts"]);
}

function buildApp(): void {
  const wanted = fingerprint();
  if (
    existsSync(APP_PROCESS) &&
    existsSync("extensions/checkout-pixel/dist/checkout-pixel.js") &&
    read(STAMP) === wanted
  )
    return;
  process.stderr.write("Building the app …\n");
  run(process.execPath, ["scripts/build-extensions.ts"]);
  run(path.resolve("node_modules/.bin/remix"), ["vite:build", "--logLevel=error"]);
  mkdirSync("build", { recursive: true });
  // The build may have rewritten a committed asset: what counts is what it read last.
  writeFileSync(STAMP, fingerprint());
}

function fingerprint(): string {
  const hash = createHash("sha256");
  for (const file of globSync(INPUTS, { exclude: (name) => name.includes("/dist") }).sort()) {
    if (statSync(file).isFile() && !file.includes(".test.")) hash.update(file).update(readFileSync(file));
  }
  return hash.digest("hex");
}

function read(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, {
    stdio: ["ignore", 2, 2],
    env: { ...process.env, NODE_ENV: "production" },
  });
  if (status !== 0) throw new Error(`"${path.basename(command)} ${args.join(" ")}" failed`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureBuild();
