import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

import { z } from "zod";
import { describe, expect, it } from "vitest";

import { childEnvironment } from "#sandbox/child-environment.ts";

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync("package.json", "utf8")));

/** The commands that are scripts of ours: [as it is typed, its file]. */
const OURS = Object.entries(scripts).flatMap(([name, line]) => {
  const file = /with-install\.mjs (?:--\S+ )*(scripts\/\S+\.ts)$/.exec(line)?.[1];
  return file === undefined ? [] : [[name === "test" ? "npm test" : `npm run ${name}`, file] as const];
});

/** Node as the commands are run, without any variable of the app. */
function run(file: string, ...typed: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...typed], {
    encoding: "utf8",
    env: { ...childEnvironment(), NODE_ENV: "test" },
  });
  return { status, stdout, stderr };
}

describe("every command of ours", () => {
  it("is found in package.json", () => {
    expect(OURS.map(([typed]) => typed)).toEqual(
      expect.arrayContaining(["npm run demo", "npm test", "npm run payload", "npm run audit", "npm run ops"]),
    );
  });

  it.each(OURS)(
    "%s explains itself: what it does, how long it takes, a line an option, exit 0",
    (typed, file) => {
      const { status, stdout, stderr } = run(file, "--help");
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(stdout).toMatch(new RegExp(`^Usage: ${typed} -- `));
      expect(stdout.replaceAll(/\s+/g, " ")).toMatch(/ Takes [^.]+\./);
      expect(stdout).toMatch(/-h, --help +says this/);
    },
  );

  it.each(OURS)("%s names an option that there is not, exit 2", (_typed, file) => {
    const { status, stdout, stderr } = run(file, "--halp");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/--halp/);
    expect(stderr).toMatch(/Did you mean --help\?|--help says what there is/);
    expect(stderr).not.toMatch(/\n {4}at /);
  });
});

describe("npm run ops", () => {
  const COMMANDS = [
    "status",
    "audit",
    "retry",
    "retry-filter",
    "pause",
    "resume",
    "drain",
    "sweep",
    "rotate-key",
    "seed",
  ];

  it("lists its commands", () => {
    const { status, stdout } = run("scripts/ops.ts");
    expect(status).toBe(0);
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${command} `, "m"));
  });

  it.each(COMMANDS)("%s explains itself without any variable", (command) => {
    const { status, stdout } = run("scripts/ops.ts", command, "--help");
    expect(status).toBe(0);
    expect(stdout).toContain(`Usage: npm run ops -- ${command}`);
  });

  it("names the command that was meant", () => {
    expect(run("scripts/ops.ts", "stauts")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("Did you mean status?"),
    });
  });

  it("says which variables are missing, and does not call it wrong use", () => {
    const { status, stderr } = run("scripts/ops.ts", "status");
    expect(status).toBe(1);
    expect(stderr).toMatch(/^The variables are not complete\.\n {2}SHOPIFY_API_KEY is missing\./);
    expect(stderr).not.toMatch(/usage/i);
  });
});

it("reads .env where the app's own commands say so, by Node's own option", () => {
  for (const name of ["start", "worker", "dev:remix", "ops"])
    expect(scripts[name]).toContain("--env-file-if-exists=.env");
  expect(execFileSync(process.execPath, ["--help"], { encoding: "utf8" })).toContain("--env-file-if-exists");
});
