/** Shopify's own tools on the real folders. Slow (seconds), offline, and the only judges whose word counts at deployment. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const BIN = path.join(ROOT, "node_modules/.bin");

function shopify(...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = {
    PATH: `${BIN}:${process.env["PATH"] ?? ""}`,
    HOME: process.env["HOME"] ?? "/tmp",
    CI: "1",
    SHOPIFY_CLI_NO_ANALYTICS: "1",
    NO_COLOR: "1",
    NODE_ENV: "production" as const,
  };
  return new Promise((resolve) => {
    execFile(
      path.join(BIN, "node"),
      [path.join(BIN, "shopify"), ...words],
      { cwd: ROOT, env },
      (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === "number" ? error.code : error ? 1 : 0, stdout, stderr });
      },
    );
  });
}

describe("shopify", () => {
  it("theme check has nothing to say about the app embed", async () => {
    const check = await shopify(
      "theme",
      "check",
      "--path",
      "extensions/storefront-pixel",
      "--config",
      "theme-check:theme-app-extension",
      "-o",
      "json",
    );
    expect(JSON.parse(check.stdout)).toEqual([]);
    expect(check.stderr).not.toMatch(/error/i);
    expect(check.code).toBe(0);
  });

  it("app build accepts all three tomls and builds a pixel of at most 8 kB gzip", async () => {
    // Left to itself, the CLI would run `npm install` in the folder that the other tests are using.
    const build = await shopify("app", "build", "--skip-dependencies-installation");
    expect(build.stdout + build.stderr).toContain("built!");
    expect(build.stdout + build.stderr).not.toMatch(/\b(warn|error|offen[cs]e)/i);
    expect(build.code).toBe(0);
    const bundle = readFileSync(path.join(ROOT, "extensions/checkout-pixel/dist/checkout-pixel.js"));
    expect(gzipSync(bundle, { level: 9 }).length).toBeLessThanOrEqual(8000);
  });
});
