import { defineConfig } from "vitest/config";

/**
 * `unit`: beside the code, no database. `integration`: real databases (embedded and server), real HTTP. `browser`: real
 * Chromium against the built app. Each is a project, so that `vitest --project unit` stays fast.
 */
const shared = {
  setupFiles: ["./tests/setup/fail-on-console-error.ts"],
  testTimeout: 30_000,
  hookTimeout: 120_000,
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: "unit",
          include: [
            "{app,sandbox,extensions,storefront,scripts,bench}/**/*.test.ts",
            "tests/{unit,orders,extensions}/**/*.test.ts",
          ],
          exclude: ["**/node_modules/**", "**/*.integration.test.ts"],
        },
      },
      {
        test: {
          ...shared,
          name: "integration",
          include: ["tests/integration/**/*.test.ts", "{app,sandbox}/**/*.integration.test.ts"],
          globalSetup: ["./tests/setup/start-postgres.ts"],
          maxWorkers: 2,
        },
      },
      {
        test: {
          ...shared,
          name: "browser",
          include: ["tests/browser/**/*.test.ts"],
          testTimeout: 120_000,
          globalSetup: ["./tests/setup/build-app.ts"],
          fileParallelism: false,
        },
      },
    ],
  },
});
