import chromium from "@sparticuz/chromium";
import { existsSync } from "node:fs";
import { chromium as playwright, type Browser, type Page } from "playwright-core";

import { realClockEnvironment } from "#sandbox/child-environment.ts";

/** A safety net and no expectation: for a page that loads, an element that comes. */
const PATIENCE_MS = 120_000;

const INSTALLED = ["/usr/bin/google-chrome", "/usr/bin/chromium", "/usr/bin/chromium-browser"];

/**
 * A real headless Chromium: an installed one where there is one, else the one from the npm package. That package's own
 * `args` are left aside: they switch web security off (no Origin header, no CORS), and then these tests would prove
 * nothing.
 */
export async function openBrowser(): Promise<Browser> {
  const browser = await playwright.launch({
    executablePath: await browserPath(),
    args: ["--no-sandbox", "--disable-gpu", `--host-resolver-rules=MAP ${CDN} ~NOTFOUND`],
    // With a shifted clock a page takes some twenty times as long; a browser may be wrong about the date anyway.
    env: realClockEnvironment(),
  });
  browser.on("context", (context) => context.setDefaultTimeout(PATIENCE_MS));
  return browser;
}

/**
 * Where the browser is: as a run of tests has found it, else an installed one, else the package's own, which is unpacked
 * at the first call. Two processes must not make that call at the same
 * time: each takes for whole what the other one has only begun (tests/setup/unpack-browser.ts).
 */
export async function browserPath(): Promise<string> {
  const found = process.env["TANDEM_TEST_BROWSER"];
  return found ?? INSTALLED.find((path) => existsSync(path)) ?? chromium.executablePath();
}

/** Pages preload from it, and there is no network in a test. Playwright's own `route` would switch the browser's cache off. */
const CDN = "cdn.shopify.com";

/**
 * Collects console errors and failed scripts of a page, without that Shopify's CDN does not answer.
 *
 * @param problems gets a text for each
 */
export function watchProblems(page: Page, problems: string[]): void {
  page.on("console", (message) => {
    const isOfCdn = message.location().url.startsWith(`https://${CDN}/`);
    if (message.type() === "error" && !isOfCdn) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
}

/** Shopify's library answers 410 to anything that calls itself headless. */
const USER_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36";

/** A new visitor's page whose console errors are collected. */
export async function watchedPage(browser: Browser): Promise<{ page: Page; problems: string[] }> {
  const context = await browser.newContext({ userAgent: USER_AGENT });
  const page = await context.newPage();
  const problems: string[] = [];
  watchProblems(page, problems);
  page.on("close", () => void context.close().catch(() => undefined));
  return { page, problems };
}
