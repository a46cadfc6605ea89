import { defineConfig } from "vitest/config";

/**
 * Limits are a safety net against a test that never ends. No test expects anything of the machine's speed: it waits for
 * what it expects.
 *
 * `unit`: beside the code, no database. `integration`: real databases (embedded and server), real HTTP. `browser`: real
 * Chromium against the built app. Each is a project, so that `vitest --project unit` stays fast.
 */
const shared = {
  setupFiles: ["./tests/setup/fail-on-console-error.ts"],
  testTimeout: 240_000,
  hookTimeout: 240_000,
  expect: { poll: { timeout: 120_000 } },
};

/**
 * V8 loses track of its write-protected code pages when PGlite's WebAssembly is compiled and dropped often, and ends the
 * process ("Check failed: jit_page.has_value()"). The protection needs hardware that only Linux on x64 makes use of.
 */
const withoutPageKeys =
  process.platform === "linux" && process.arch === "x64" ? ["--no-memory-protection-keys"] : [];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: "unit",
          include: [
            "{app,sandbox,extensions,scripts,bench}/**/*.test.ts",
            "tests/{unit,orders,extensions}/**/*.test.ts",
          ],
          globalSetup: ["./tests/setup/unpack-browser.ts"],
        },
      },
      {
        test: {
          ...shared,
          name: "integration",
          execArgv: withoutPageKeys,
          include: ["tests/integration/**/*.test.ts"],
          globalSetup: ["./tests/setup/start-postgres.ts"],
          maxWorkers: 2,
        },
      },
      {
        test: {
          ...shared,
          name: "browser",
          include: ["tests/browser/**/*.test.ts"],
          globalSetup: ["./tests/setup/unpack-browser.ts", "./tests/setup/build-app.ts"],
          fileParallelism: false,
        },
      },
    ],
  },
});
