/** `npm run outdated`: direct dependencies that are behind or deprecated, as npm's registry tells. Exit 0 either way. */
import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
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

const manifest = z
  .object({
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(readFileSync("package.json", "utf8")));
const direct = { ...manifest.dependencies, ...manifest.devDependencies };

const answer = spawnSync("npm", ["outdated", "--json"], { encoding: "utf8" });
const behind = z
  .record(z.string(), z.object({ current: z.string().optional(), wanted: z.string(), latest: z.string() }))
  .parse(JSON.parse(answer.stdout || "{}"));

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
  ...Object.entries(behind).map(
    ([name, { current = "not installed", latest }]) => `${name}: ${current}, newest ${latest}`,
  ),
  ...deprecated.filter(({ words }) => words).map(({ name, words }) => `${name}: deprecated: ${words}`),
];
process.stdout.write(lines.length > 0 ? `${lines.join("\n")}\n` : "Nothing is behind.\n");
