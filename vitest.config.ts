import { pathToFileURL } from "node:url";

import { defineConfig } from "vitest/config";

import { SlowFilesFirst } from "./tests/setup/slow-files-first.ts";

/** For the processes of tests, and by NODE_OPTIONS for those that they start. */
const SHORT_LIVED = `--import=${pathToFileURL("tests/setup/short-lived.mjs").href}`;

/**
 * Limits are a safety net against a test that never ends. No test expects anything of the machine's speed: it waits for
 * what it expects.
 *
 * `unit`: beside the code, no database. `integration`: real databases (embedded and server), real HTTP. `browser`: real
 * Chromium against the built app. `neighbours`: what measures one store beside another, and therefore runs alone. Each is a
 * project, so that `vitest --project unit` stays fast.
 */
const shared = {
  env: { NODE_OPTIONS: SHORT_LIVED },
  // First the detour: Shopify's library keeps the fetch of the moment at which any test file of a process imports it.
  setupFiles: ["./sandbox/shopify/reroute.mjs", "./tests/setup/fail-on-console-error.ts"],
  testTimeout: 240_000,
  hookTimeout: 240_000,
  expect: { poll: { timeout: 120_000 } },
};

/** Once for each project, in this order: the browser is kept for the next run, what comes after it is not. */
const SETUP = [
  "./tests/setup/unpack-browser.ts",
  "./tests/setup/run-folder.ts",
  "./tests/setup/start-postgres.ts",
  "./tests/setup/build-app.ts",
];

/**
 * Integration and browser tests run in one pool of vitest, which gives each process that is free the next file of either
 * kind. Most of a file's time is waiting, for pages that settle and for what must not come: with four the processors are
 * busy all the time, and with five a page took longer than a test's clock allows.
 */
const maxWorkers = 4;

/**
 * V8 loses track of its write-protected code pages when PGlite's WebAssembly is compiled and dropped often, and ends the
 * process ("Check failed: jit_page.has_value()"). The protection needs hardware that only Linux on x64 makes use of.
 */
const withoutPageKeys =
  process.platform === "linux" && process.arch === "x64" ? ["--no-memory-protection-keys"] : [];

/** A process that holds many files' modules has much that stays: Node's own small space for new objects makes it copy often. */
const fewCollections = ["--min-semi-space-size=16", "--max-semi-space-size=64"];

export default defineConfig({
  test: {
    sequence: { sequencer: SlowFilesFirst },
    projects: [
      {
        test: {
          ...shared,
          name: "unit",
          include: [
            "{app,sandbox,extensions,scripts,bench}/**/*.test.ts",
            "tests/{unit,orders,extensions}/**/*.test.ts",
          ],
          globalSetup: ["./tests/setup/unpack-browser.ts", "./tests/setup/run-folder.ts"],
          // Loading the same modules again for each file would cost as much as the tests. What a test stubs it restores.
          isolate: false,
          execArgv: [SHORT_LIVED, ...fewCollections],
        },
      },
      {
        test: {
          ...shared,
          name: "integration",
          execArgv: [SHORT_LIVED, ...withoutPageKeys, ...fewCollections],
          include: ["tests/integration/**/*.test.ts"],
          isolate: false,
          globalSetup: SETUP,
          maxWorkers,
        },
      },
      {
        test: {
          ...shared,
          name: "neighbours",
          execArgv: [SHORT_LIVED],
          include: ["tests/neighbours/**/*.test.ts"],
          globalSetup: SETUP,
        },
      },
      {
        test: {
          ...shared,
          name: "browser",
          execArgv: [SHORT_LIVED, ...withoutPageKeys, ...fewCollections],
          include: ["tests/browser/**/*.test.ts"],
          globalSetup: SETUP,
          isolate: false,
          maxWorkers,
        },
      },
    ],
  },
});
