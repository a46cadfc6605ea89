import type { Browser } from "playwright-core";

import { openBrowser } from "#tests/setup/sandbox/open-browser.ts";

const kept = globalThis as { browserOfTests?: Promise<Browser> };

/**
 * The browser of this process of tests, for all its files: whoever visits has a context, and so cookies and storage, of
 * their own. It ends with the process. A file that ends or bends its browser opens one itself.
 */
export async function oneBrowser(): Promise<Browser> {
  const before = await kept.browserOfTests?.catch(() => undefined);
  if (before?.isConnected()) return before;
  kept.browserOfTests = openBrowser();
  return kept.browserOfTests;
}
