import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { realClockEnvironment } from "#sandbox/child-environment.ts";
import { freePort } from "#sandbox/free-port.ts";
import { browserPath } from "#tests/setup/sandbox/open-browser.ts";

import { loadPackage } from "../packages/load-package.ts";

/** What Lighthouse measured of one load; times in milliseconds, as it simulates them for a slow phone. */
export interface LighthouseLoad {
  /** Performance, 0 to 100. */
  readonly score: number;
  readonly fcp: number;
  readonly lcp: number;
  readonly tbt: number;
  readonly cls: number;
  readonly speedIndex: number;
}

const METRICS = {
  fcp: "first-contentful-paint",
  lcp: "largest-contentful-paint",
  tbt: "total-blocking-time",
  cls: "cumulative-layout-shift",
  speedIndex: "speed-index",
} as const;
/** As far as it is used here: https://github.com/GoogleChrome/lighthouse/blob/main/docs/understanding-results.md */
interface Lighthouse {
  default(
    url: string,
    flags: {
      readonly port: number;
      readonly onlyCategories: readonly string[];
      readonly logLevel: string;
      readonly maxWaitForLoad: number;
    },
  ): Promise<
    | {
        readonly lhr: {
          readonly categories: Readonly<Record<string, { readonly score: number | null }>>;
          readonly audits: Readonly<Record<string, { readonly numericValue?: number }>>;
          readonly runtimeError?: { readonly message: string };
        };
      }
    | undefined
  >;
}

/** A load with everything that a page starts late; Lighthouse has longer limits of its own for each step. Milliseconds. */
const LONGEST_MS = 120_000;

/**
 * One load of the page by a new visitor, by Lighthouse's own configuration for mobile phones, in a browser of its own.
 * @throws where Lighthouse could not measure the page
 */
export async function runLighthouse(url: string): Promise<LighthouseLoad> {
  const { default: lighthouse } = (await loadPackage("lighthouse")) as Lighthouse;
  const port = await freePort();
  const profile = mkdtempSync(path.join(tmpdir(), "tandem-lighthouse-"));
  const browser = spawn(
    await browserPath(),
    [
      ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
      ...[`--remote-debugging-port=${port}`, `--user-data-dir=${profile}`, "about:blank"],
    ],
    { stdio: "ignore", env: { ...realClockEnvironment(), NODE_ENV: "production" } },
  );
  const ended = new Promise((resolve) => browser.once("exit", resolve));
  try {
    await waitForBrowser(port);
    const result = await lighthouse(url, {
      port,
      onlyCategories: ["performance"],
      logLevel: "error",
      maxWaitForLoad: LONGEST_MS / 2,
    });
    const { categories, audits, runtimeError } = result?.lhr ?? {};
    if (runtimeError || !audits) throw new Error(`Lighthouse: ${runtimeError?.message ?? "no result"}`);
    const valueOf = (metric: keyof typeof METRICS): number => audits[METRICS[metric]]?.numericValue ?? NaN;
    return {
      score: Math.round((categories?.["performance"]?.score ?? NaN) * 100),
      fcp: Math.round(valueOf("fcp")),
      lcp: Math.round(valueOf("lcp")),
      tbt: Math.round(valueOf("tbt")),
      cls: Math.round(valueOf("cls") * 10_000) / 10_000,
      speedIndex: Math.round(valueOf("speedIndex")),
    };
  } finally {
    browser.kill("SIGKILL");
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function waitForBrowser(port: number): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (performance.now() < deadline) {
    const isUp = await fetch(`http://127.0.0.1:${port}/json/version`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the browser did not start");
}

/** The load in the middle by its score, then by its blocking time. */
export function middleLoad(loads: readonly LighthouseLoad[]): LighthouseLoad {
  const sorted = loads.toSorted((a, b) => a.score - b.score || b.tbt - a.tbt);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (!middle) throw new Error("no load was measured");
  return middle;
}
