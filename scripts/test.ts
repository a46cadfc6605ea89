/**
 * `npm test`: every check there is, stopping at none, so that one run shows all that is wrong. Steps run side by side,
 * because half of a test's time is waiting, and what only computes fills the gaps; what a step writes comes when it has
 * ended. Ends with one line that counts, and exits 1 when anything failed.
 *
 * `npm test -- unit`, `integration`, `browser` or `neighbours` runs that part; any other word runs the test files with
 * that word in their path.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { constants, setPriority } from "node:os";
import path from "node:path";
import process from "node:process";
import { stripVTControlCharacters } from "node:util";

import { obeyCommand } from "./command-line/read-command.ts";

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** Where vitest writes its results, which are counted test by test. */
  readonly report?: string;
  /**
   * Takes the processor only while the others leave it idle, however long that makes it. For what does nothing but compute:
   * beside it, a test that waits for an answer gets it as soon as without it.
   */
  readonly yields?: boolean;
}

const bin = (name: string) => path.resolve("node_modules/.bin", name);
const reports = path.resolve(".cache/reports");

const PARTS = ["unit", "integration", "browser", "neighbours"] as const;

type Part = (typeof PARTS)[number];

/** Parts that are given together share one pool of processes. */
const vitest = (parts: readonly Part[], names: readonly string[] = []): Step => {
  const report = path.join(reports, `${parts.join("-")}.json`);
  return {
    name: `tests: ${parts.join(" and ")}`,
    command: [
      bin("vitest"),
      "run",
      ...names,
      ...(names.length > 0 ? ["--passWithNoTests"] : []),
      ...parts.flatMap((part) => ["--project", part]),
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ],
    report,
  };
};

/** Every file that holds code, by the rules of .dependency-cruiser.mjs. */
const MODULES_CHECK = [
  ...["--config", ".dependency-cruiser.mjs", "--output-type", "err"],
  ...["app", "extensions", "sandbox", "scripts", "bench", "server.ts"],
];

/** Two gigabytes of types that stay: with Node's own small space for new objects, a sixth of the work is collecting. */
const FEW_COLLECTIONS = ["--min-semi-space-size=64", "--max-semi-space-size=128"];

const FIRST: Step = { name: "build extensions", command: ["node", "scripts/build-extensions.ts"] };
const CHECKS: readonly Step[] = [
  { name: "format", command: [bin("prettier"), "--check", "--log-level=warn", "."], yields: true },
  { name: "types and lint", command: ["node", ...FEW_COLLECTIONS, "scripts/check-code.ts"], yields: true },
  { name: "types of the extensions", command: [bin("tsc"), "-p", "extensions/tsconfig.json"], yields: true },
  { name: "order of the modules", command: [bin("depcruise"), ...MODULES_CHECK], yields: true },
];
const BUILD: Step = { name: "build", command: ["node", "scripts/ensure-build.ts"] };

/** A step that shows nothing until its end says so often that it lives. */
const SIGN_OF_LIFE_MS = 60_000;

let passed = 0;
let failed = 0;
const lines: string[] = [];
/** One line a failed test, said again at the end, where it is found in the longest output. */
const failures: string[] = [];

/** Seconds of each test file. */
const seconds = new Map<string, number>();

const { words: asked } = obeyCommand({
  typed: "npm test",
  does: "Runs every check there is: format, types, lint, the order of the modules, and every test.",
  takes: "a quarter to half an hour on two cores, by how fast they are",
  words: {
    form: "[part or name...]",
    does: `${PARTS.join(", ")}, or words of test files' paths; everything without one`,
  },
  more: "Exit 1: something failed. It stops at nothing, so that one run shows all that is wrong.",
});
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
if (asked.length > 0) for (const part of partsOf(asked)) await run(part, { isLive: true });
else {
  await run(FIRST);
  await Promise.all([
    inTurn(CHECKS),
    run(BUILD).then(() =>
      Promise.all([vitest(["unit"]), vitest(["integration", "browser"])].map((step) => run(step))),
    ),
  ]);
  await run(vitest(["neighbours"]));
}

if (passed + failed === 0) failures.push(`  no test file has ${asked.join(" or ")} in its path`);
process.stdout.write(`\nslowest files\n${slowest().join("\n")}\n`);
process.stdout.write(`\n${[...lines, ...failures].join("\n")}\n\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

function sinceSeconds(started: number): string {
  return ((performance.now() - started) / 1000).toFixed(1);
}

async function inTurn(steps: readonly Step[]): Promise<void> {
  for (const step of steps) await run(step);
}

/** @param options.isLive what the step writes is shown at once: for a step that runs alone */
async function run(step: Step, { isLive = false } = {}): Promise<void> {
  process.stdout.write(`\n== ${step.name}\n`);
  const started = performance.now();
  const [command = "", ...args] = step.command;
  const child = spawn(command, args, { stdio: isLive ? "inherit" : ["ignore", "pipe", "pipe"] });
  if (step.yields && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  const written: Buffer[] = [];
  const sign = setInterval(() => {
    if (!isLive) process.stdout.write(`   ${step.name}: ${sinceSeconds(started)} s so far\n`);
  }, SIGN_OF_LIFE_MS);
  for (const output of [child.stdout, child.stderr])
    output?.on("data", (chunk: Buffer) => written.push(chunk));
  const [status] = (await once(child, "close")) as [number | null];
  clearInterval(sign);
  const took = sinceSeconds(started);
  if (!isLive) process.stdout.write(`\n== ${step.name} took ${took} s\n${Buffer.concat(written).toString()}`);
  const counts = step.report
    ? readCounts(step.report)
    : { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, failures: [] };
  failures.push(...counts.failures);
  passed += counts.passed;
  // A runner that dies, or fails outside of any test, counts as one failure.
  failed += counts.failed + (status !== 0 && counts.failed === 0 ? 1 : 0);
  lines.push(`${status === 0 && counts.failed === 0 ? "ok    " : "FAILED"} ${step.name} (${took} s)`);
}

/** The steps of `npm test -- unit` or `npm test -- NAME …`. */
function partsOf(words: readonly string[]): readonly Step[] {
  const parts = PARTS.filter((part) => words.includes(part));
  const names = words.filter((word) => !(PARTS as readonly string[]).includes(word));
  return (parts.length > 0 ? parts : PARTS).map((part) => vitest([part], names));
}

function slowest(): readonly string[] {
  return [...seconds]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 10)
    .map(([file, took]) => `${took.toFixed(1).padStart(7)} s  ${path.relative(process.cwd(), file)}`);
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly failures: readonly string[];
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly testResults: readonly FileReport[];
}

interface FileReport {
  readonly name: string;
  /** Of the file; failed too where it could not be loaded or set up. */
  readonly status: string;
  readonly message: string;
  readonly startTime: number;
  readonly endTime: number;
  readonly assertionResults: readonly {
    readonly status: string;
    readonly fullName: string;
    readonly failureMessages: readonly string[];
  }[];
}

function readCounts(file: string): Counts {
  try {
    const report = JSON.parse(readFileSync(file, "utf8")) as VitestReport;
    for (const each of report.testResults) seconds.set(each.name, (each.endTime - each.startTime) / 1000);
    const found = report.testResults.flatMap(failuresOf);
    return { passed: report.numPassedTests, failed: found.length, failures: found };
  } catch {
    return { passed: 0, failed: 1, failures: [] };
  }
}

/** A line for each test that failed, or one for the file where it could not be loaded or set up: its tests never ran. */
function failuresOf({ name, status, message, assertionResults }: FileReport): readonly string[] {
  const file = path.relative(process.cwd(), name);
  const tests = assertionResults.filter((each) => each.status === "failed");
  if (tests.length === 0 && status === "failed") return [`  ${file}: ${firstLines(message)}`];
  return tests.map(
    ({ fullName, failureMessages }) => `  ${file} > ${fullName}: ${firstLines(failureMessages[0])}`,
  );
}

function firstLines(message = ""): string {
  return stripVTControlCharacters(message).split("\n").slice(0, 3).join(" ").slice(0, 300);
}
