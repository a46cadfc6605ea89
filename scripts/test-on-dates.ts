/**
 * `npm run test:dates [-- DATE …] [--project NAME] [--only FILE]`: the unit and integration tests while the machine says
 * another date. DATE is year-ahead, month-end, year-end (default: all three) or an ISO 8601 instant.
 *
 * The date is shifted by libfaketime in every process of the run alike: Node, the embedded database in it, PostgreSQL and
 * the app's own processes (sandbox/child-environment.ts hands it on). The shift is a number of seconds, so that time runs
 * on and all processes agree; timers keep to the monotonic clock, which is left alone, and so are the times of files.
 * One part keeps today's date: Chromium, which some unit tests of the sandbox drive (tests/setup/sandbox/
 * open-browser.ts), takes some twenty times as long under libfaketime. A buyer's clock may be wrong as well.
 *
 * Exit code: 0 all passed, 1 a test failed, 2 nothing was tried (an unknown date, no libfaketime, or no effect of it).
 */
import { spawnSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import path from "node:path";
import process from "node:process";

import { obeyCommand } from "./command-line/read-command.ts";
import { datesToTest, TEST_DATES } from "./dates-to-test.ts";
import { ensureBuild } from "./ensure-build.ts";

/** Where Debian, Fedora, Alpine and a build from source put it. The MT build is the one for programs with threads. */
const LIBRARIES = [
  "/usr/lib/*/faketime/libfaketimeMT.so.1",
  "/usr/{lib,lib64,local/lib}/faketime/libfaketimeMT.so.1",
];
/** The clock may be off by so much between asking for a date and reading it in a new process. */
const TOLERANCE_MS = 60_000;

const { options, words: positionals } = obeyCommand({
  typed: "npm run test:dates",
  does: "Runs the unit and integration tests while the machine says another date (Linux, with libfaketime).",
  takes: "about ten minutes a date",
  words: {
    form: "[date...]",
    does: `${TEST_DATES.join(", ")}, or an ISO 8601 instant; all three without one`,
  },
  options: [
    { flags: "--project <name...>", does: "which tests; unit and integration without it" },
    { flags: "--only <file...>", does: "only these test files" },
  ],
  more: "Exit 1: a test failed. Exit 2: nothing was tried (an unknown date, no libfaketime, or no effect of it).",
});
const listOf = (name: string, otherwise: readonly string[]): readonly string[] => {
  const given: unknown = options[name];
  return Array.isArray(given) ? given.map(String) : otherwise;
};
const projects = listOf("project", ["unit", "integration"]);
const only = listOf("only", []);

const library = [process.env.LIBFAKETIME ?? "", ...globSync(LIBRARIES)].find(
  (file) => file && existsSync(file),
);
if (!library)
  stop(
    "libfaketime is missing: the date cannot be shifted. Install it (Debian and Ubuntu: apt-get install faketime), or " +
      "name the file in LIBFAKETIME, such as LIBFAKETIME=/opt/faketime/lib/libfaketimeMT.so.1. Linux only.",
  );

const wanted = positionals.length > 0 ? positionals : TEST_DATES;
// Each date is worked out before the first long run, so that a misspelt one fails at once.
for (const name of wanted) instantOf(name);

ensureBuild(); // on today's date: nothing of the build depends on it
const lines: string[] = [];
let failed = false;
for (const name of wanted)
  for (const project of projects) {
    // Each project begins anew at the date, so that midnight passes in each.
    const at = instantOf(name);
    const env = shifted(library, at - Date.now());
    checkShift(env, at);
    process.stdout.write(`\n== ${project} tests on ${new Date(at).toISOString()} (${name})\n`);
    const { status } = spawnSync(
      process.execPath,
      [path.resolve("node_modules/vitest/vitest.mjs"), "run", "--project", project, ...only],
      { stdio: "inherit", env },
    );
    failed ||= status !== 0;
    lines.push(`${status === 0 ? "ok    " : "FAILED"} ${name}: ${project}`);
  }
process.stdout.write(`\n${lines.join("\n")}\n`);
process.exitCode = failed ? 1 : 0;

function instantOf(name: string): number {
  const named = new Map<string, number>(Object.entries(datesToTest(Date.now()))).get(name);
  const at = named ?? Date.parse(name);
  if (Number.isNaN(at))
    stop(
      `"${name}" is no date: expected ${TEST_DATES.join(", ")}, or an instant such as 2028-02-29T12:00:00Z.`,
    );
  return at;
}

/** @param byMs how far every clock of the run is ahead of this process's */
function shifted(preload: string, byMs: number): NodeJS.ProcessEnv {
  const seconds = Math.round(byMs / 1000);
  return {
    ...process.env,
    LD_PRELOAD: preload,
    FAKETIME: `${seconds < 0 ? "" : "+"}${seconds}s`,
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
    // A shift needs no memory shared between processes; the server's user could not open ours.
    FAKETIME_DISABLE_SHM: "1",
    NO_FAKE_STAT: "1",
    TZ: "UTC",
  };
}

/** A library that the loader refuses, or a Node that does not ask the C library for the time, is found here. */
function checkShift(env: NodeJS.ProcessEnv, at: number): void {
  const { stdout, stderr } = spawnSync(process.execPath, ["-p", "Date.now()"], { encoding: "utf8", env });
  if (!(Math.abs(Number(stdout) - at) < TOLERANCE_MS))
    stop(`${env.LD_PRELOAD} did not shift the date of ${process.execPath}. ${stderr.trim()}`.trim());
}

function stop(problem: string): never {
  process.stderr.write(`${problem}\n`);
  process.exit(2);
}
