import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const WANTED = path.dirname(fileURLToPath(import.meta.url));
const INSTALLED = path.resolve(".cache/bench-packages");
const MANIFEST = "package.json";
const LOCKFILE = "package-lock.json";

/**
 * A package that only benchmarks need: a fifth of all files that `npm ci` would unpack, so they have a lockfile of their
 * own, and are installed when the first benchmark asks for one.
 *
 * @param name as in bench/packages/package.json
 * @returns the package's module
 * @throws where npm cannot install it
 */
export async function loadPackage(name: string): Promise<unknown> {
  install();
  const { resolve } = createRequire(path.join(INSTALLED, MANIFEST));
  return import(pathToFileURL(resolve(name)).href);
}

/** Once for each lockfile. What it writes last tells that it is whole: an installation that was broken off begins anew. */
function install(): void {
  const lockfile = path.join(INSTALLED, LOCKFILE);
  const wanted = readFileSync(path.join(WANTED, LOCKFILE), "utf8");
  const done = path.join(INSTALLED, "installed");
  if (existsSync(done) && readFileSync(done, "utf8") === wanted) return;
  rmSync(INSTALLED, { recursive: true, force: true });
  mkdirSync(INSTALLED, { recursive: true });
  for (const file of [MANIFEST, LOCKFILE]) copyFileSync(path.join(WANTED, file), path.join(INSTALLED, file));
  process.stderr.write("Installing the benchmarks' packages …\n");
  execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: INSTALLED,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  copyFileSync(lockfile, done);
}
