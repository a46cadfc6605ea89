import chromium from "@sparticuz/chromium";
import { existsSync } from "node:fs";
import { chromium as playwright, type Browser, type Page } from "playwright-core";

const INSTALLED = ["/usr/bin/google-chrome", "/usr/bin/chromium", "/usr/bin/chromium-browser"];

/** A real headless Chromium: an installed one where there is one, else the one from the npm package. */
export async function openBrowser(): Promise<Browser> {
  const installed = INSTALLED.find((path) => existsSync(path));
  if (installed !== undefined)
    return playwright.launch({ executablePath: installed, args: ["--no-sandbox"] });
  // The package's own arguments keep everything in one process, which then dies with the first closed page.
  const args = chromium.args.filter((each) => each !== "--single-process" && each !== "--no-zygote");
  return playwright.launch({ executablePath: await chromium.executablePath(), args });
}

/** A page whose console errors and failed scripts are collected. */
export async function watchedPage(browser: Browser): Promise<{ page: Page; problems: string[] }> {
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  return { page, problems };
}
