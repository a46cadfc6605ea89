import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

import { expect, it } from "vitest";

const CLIENT = "build/client";
const LIMIT = 180_000;

interface Loaded {
  readonly module: string;
  /** Everything that the module needs before it runs. */
  readonly imports?: readonly string[];
}
interface Manifest {
  readonly entry: Loaded;
  readonly routes: Readonly<Record<string, Loaded>>;
}

const manifestFile = (): string => globSync("assets/manifest-*.js", { cwd: CLIENT })[0] ?? "";

function readManifest(): Manifest {
  const text = readFileSync(path.join(CLIENT, manifestFile()), "utf8");
  return JSON.parse(text.replace(/^window\.__remixManifest=/, "").replace(/;\s*$/, "")) as Manifest;
}

/** Every script that a browser loads before the overview can be used. */
function firstLoad(): readonly string[] {
  const { entry, routes } = readManifest();
  const overview = ["root", "routes/app", "routes/app._index"].map((id) => routes[id]);
  const loaded = [entry, ...overview].flatMap((each) => (each ? [each.module, ...(each.imports ?? [])] : []));
  expect(overview.every(Boolean)).toBe(true);
  return [...new Set([manifestFile(), ...loaded])];
}

it("the overview's first load is at most 180 kB of our JavaScript, gzip", () => {
  const bytes = firstLoad().reduce(
    (sum, file) => sum + gzipSync(readFileSync(path.join(CLIENT, file))).byteLength,
    0,
  );
  expect(bytes).toBeLessThan(LIMIT);
  // Less than this, and the test looks at the wrong files: React alone is more.
  expect(bytes).toBeGreaterThan(80_000);
});
