/**
 * `node scripts/list-licences.ts`: writes docs/licences.md from the lockfile, so that what production depends on, and
 * under which terms, is read in review. tests/unit/supply-chain.test.ts fails when the page is behind the lockfile.
 */
import { readFileSync, writeFileSync } from "node:fs";

export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

interface LockEntry {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
}

/** The packages that a production installation has, by name. */
export function productionPackages(lockfile: string): readonly LockedPackage[] {
  const { packages } = JSON.parse(lockfile) as { packages: Record<string, LockEntry> };
  const found = Object.entries(packages).flatMap(([path, entry]) =>
    path === "" || entry.dev || entry.devOptional
      ? []
      : [
          {
            name: path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length),
            version: entry.version ?? "?",
            licence: entry.license ?? "none stated",
          },
        ],
  );
  const distinct = new Map(found.map((each) => [`${each.name}@${each.version}`, each]));
  return [...distinct.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

export function licencesPage(packages: readonly LockedPackage[]): string {
  const counts = new Map<string, number>();
  for (const { licence } of packages) counts.set(licence, (counts.get(licence) ?? 0) + 1);
  const summary = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return [
    "# Licences of what production depends on",
    "",
    "Made by `node scripts/list-licences.ts` from package-lock.json; a test fails when it is behind.",
    "",
    "| Licence | Packages |",
    "| --- | --- |",
    ...summary.map(([licence, count]) => `| ${licence} | ${count} |`),
    "",
    "| Package | Version | Licence |",
    "| --- | --- | --- |",
    ...packages.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`),
    "",
  ].join("\n");
}

if (import.meta.main)
  writeFileSync(
    "docs/licences.md",
    licencesPage(productionPackages(readFileSync("package-lock.json", "utf8"))),
  );
