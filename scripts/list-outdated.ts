/** `npm run outdated`: direct dependencies that are behind or deprecated, as npm's registry tells. Exit 0 either way. */
import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { promisify } from "node:util";

import pLimit from "p-limit";
import { z } from "zod";

import { obeyCommand } from "./command-line/read-command.ts";

obeyCommand({
  typed: "npm run outdated",
  does: "Lists direct dependencies that are behind their newest version, and those that their authors have deprecated.",
  takes: "about half a minute; asks npm's registry",
});

const versions = z.record(z.string(), z.string()).default({});
const MANIFEST = z.object({ dependencies: versions, devDependencies: versions });
const OUTDATED = z.record(
  z.string(),
  z.object({ current: z.string().optional(), wanted: z.string(), latest: z.string() }),
);

/** The project's own, and what benchmarks alone need. */
const folders = [".", "bench/packages"].map((folder) => {
  const { dependencies, devDependencies } = MANIFEST.parse(
    JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")),
  );
  const answer = spawnSync("npm", ["outdated", "--json"], { cwd: folder, encoding: "utf8" });
  return {
    direct: { ...dependencies, ...devDependencies },
    behind: OUTDATED.parse(JSON.parse(answer.stdout || "{}")),
  };
});
const direct = Object.assign({}, ...folders.map((each) => each.direct)) as Record<string, string>;
const behind = Object.assign({}, ...folders.map((each) => each.behind)) as z.infer<typeof OUTDATED>;

const run = promisify(execFile);
const limit = pLimit(6);
const deprecated = await Promise.all(
  Object.entries(direct).map(([name, version]) =>
    limit(async () => {
      const { stdout } = await run("npm", ["view", `${name}@${version}`, "deprecated"]).catch(() => ({
        stdout: "",
      }));
      return { name, words: stdout.trim() };
    }),
  ),
);

const lines = [
  ...Object.entries(behind)
    // A benchmark's package is asked for by its exact version, and is installed elsewhere or not at all.
    .filter(([name, { latest }]) => direct[name] !== latest)
    .map(([name, { latest }]) => `${name}: ${direct[name] ?? "not asked for"}, newest ${latest}`),
  ...deprecated.filter(({ words }) => words).map(({ name, words }) => `${name}: deprecated: ${words}`),
];
process.stdout.write(lines.length > 0 ? `${lines.join("\n")}\n` : "Nothing is behind.\n");
