import { readFileSync, globSync } from "node:fs";

import { z } from "zod";
import { describe, expect, it } from "vitest";

const versions = z.record(z.string(), z.string());
const MANIFEST = z
  .object({ dependencies: versions, devDependencies: versions, scripts: versions })
  .parse(JSON.parse(readFileSync("package.json", "utf8")));
/** What benchmarks alone need (bench/packages/load-package.ts). */
const BENCH_MANIFEST = z
  .object({ dependencies: versions })
  .parse(JSON.parse(readFileSync("bench/packages/package.json", "utf8")));
const ALL = { ...MANIFEST.dependencies, ...MANIFEST.devDependencies, ...BENCH_MANIFEST.dependencies };
const PAGE = readFileSync("docs/dependencies.md", "utf8");

/** Packages of a section of the page. */
function listed(title: string): readonly string[] {
  const section = PAGE.split(/^## /m).find((part) => part.startsWith(title)) ?? "";
  return [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, name = ""]) => name).toSorted();
}

/** All of our own source, once. */
const SOURCE = globSync([
  "{app,extensions,sandbox,scripts,bench,tests}/**/*.{ts,tsx,mjs}",
  "*.{ts,js}",
  ".dependency-cruiser.mjs",
])
  .filter((file) => !file.endsWith("dependencies.test.ts"))
  .map((file) => readFileSync(file, "utf8"))
  .join("\n");

/** Used by what is no import: as the command that a script runs, by another package, by the compiler. */
const USED_OTHERWISE: Readonly<Record<string, RegExp>> = {
  "axe-core": /axe\.min\.js|require\.resolve\("axe-core/,
  "dependency-cruiser": /depcruise/,
  node: /node_modules", "node", "bin"/,
  prettier: /prettier/,
  prisma: /prisma generate/,
  "@shopify/cli": /shopify app dev/,
  "@remix-run/dev": /@remix-run\/dev/,
  typescript: /\btsc\b/,
};

describe("dependencies", () => {
  it("have a reason each, on the page, and the page has no others", () => {
    expect(listed("In production")).toEqual(Object.keys(MANIFEST.dependencies).toSorted());
    expect(listed("For development")).toEqual(Object.keys(MANIFEST.devDependencies).toSorted());
    expect(listed("For benchmarks alone")).toEqual(Object.keys(BENCH_MANIFEST.dependencies).toSorted());
  });

  it("are of one exact version each", () => {
    for (const [name, version] of Object.entries(ALL))
      expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  });

  it.each(Object.keys(ALL).filter((name) => !name.startsWith("@types/")))("%s is used", (name) => {
    const escaped = name.replaceAll(/[/.]/g, "\\$&");
    const imported = new RegExp(`["']${escaped}(?:/[^"']*)?["']`);
    const otherwise = USED_OTHERWISE[name];
    const commands = Object.values(MANIFEST.scripts).join("\n");
    expect(imported.test(SOURCE) || (otherwise !== undefined && otherwise.test(SOURCE + commands))).toBe(
      true,
    );
  });

  it("of types alone belong to a package that is there", () => {
    for (const name of Object.keys(MANIFEST.devDependencies).filter((each) => each.startsWith("@types/")))
      expect(Object.keys(ALL), name).toContain(name.slice("@types/".length));
  });
});
