import { browserPath } from "#sandbox/shopify/testing/open-browser.ts";

/** Once for the run, before test files in several processes open the browser. */
export default async function unpackBrowser(): Promise<void> {
  await browserPath();
}
