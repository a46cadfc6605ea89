import process from "node:process";

import { browserPath } from "#tests/setup/sandbox/open-browser.ts";

/**
 * Once for the run, before test files in several processes open the browser; into the system's temporary folder, where the
 * next run finds it.
 */
export default async function unpackBrowser(): Promise<void> {
  process.env["TANDEM_TEST_BROWSER"] = await browserPath();
}
