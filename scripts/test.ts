/**
 * `npm test`: every check there is, one after the other, stopping at none, so that one run shows all that is wrong.
 * Ends with one line that counts, and exits 1 when anything failed.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import process from "node:process";

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** A vitest project: counted test by test. */
  readonly report?: string;
}

const bin = (name: string) => path.resolve("node_modules/.bin", name);
const reports = path.resolve(".cache/reports");
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const vitest = (project: string): Step => {
  const report = path.join(reports, `${project}.json`);
  return {
    name: `tests: ${project}`,
    command: [
      bin("vitest"),
      "run",
      "--project",
      project,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ],
    report,
  };
};

const STEPS: readonly Step[] = [
  { name: "format", command: [bin("prettier"), "--check", "--log-level=warn", "."] },
  { name: "build extensions", command: ["node", "scripts/build-extensions.ts"] },
  { name: "types", command: [bin("tsc"), "-p", "tsconfig.json"] },
  { name: "types of the extensions", command: [bin("tsc"), "-p", "extensions/tsconfig.json"] },
  { name: "lint", command: [bin("eslint"), ".", "--max-warnings=0"] },
  { name: "build", command: [bin("remix"), "vite:build", "--logLevel=warn"] },
  vitest("unit"),
  vitest("integration"),
  vitest("browser"),
];

let passed = 0;
let failed = 0;
const lines: string[] = [];

for (const step of STEPS) {
  process.stdout.write(`\n== ${step.name}\n`);
  const started = performance.now();
  const [command = "", ...args] = step.command;
  const { status } = spawnSync(command, args, { stdio: "inherit" });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const counts = step.report
    ? readCounts(step.report)
    : { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 };
  passed += counts.passed;
  // A runner that dies, or fails outside of any test, counts as one failure.
  failed += counts.failed + (status !== 0 && counts.failed === 0 ? 1 : 0);
  lines.push(`${status === 0 && counts.failed === 0 ? "ok    " : "FAILED"} ${step.name} (${seconds} s)`);
}

process.stdout.write(`\n${lines.join("\n")}\n\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

function readCounts(file: string): { passed: number; failed: number } {
  try {
    const report = JSON.parse(readFileSync(file, "utf8")) as {
      numPassedTests: number;
      numFailedTests: number;
    };
    return { passed: report.numPassedTests, failed: report.numFailedTests };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
