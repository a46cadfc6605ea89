/**
 * `npm run screenshots`: every page of the admin, as a merchant sees it in Shopify's frame, into screenshots/. In the
 * states of `screenshot-states.ts`, wide, as on a phone and as on a small one. Ends with 1 when a page wrote an error to
 * the console, did not open, scrolls sideways or has a fault of access of any weight.
 * `npm run screenshots -- empty troubled`: only these states.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";

import { startWorld } from "#sandbox/start-world.ts";
import { findAccessFaults } from "#tests/browser/find-access-faults.ts";
import { openAdmin, openBrowser, type Admin } from "#tests/browser/open-admin.ts";

import { ensureBuild } from "./ensure-build.ts";
import { SCREENSHOT_STATES, type ScreenshotState } from "./screenshot-states.ts";

const WIDTHS = [1280, 390, 320] as const;
const FOLDER = "screenshots";
/** Room that the admin around the app takes, and the tallest picture worth looking at. Pixels. */
const FURNITURE = 110;
const TALLEST = 6_000;

interface Picture {
  readonly name: string;
  /** A path of the app, or where its address stands as a link. */
  readonly at: string | { readonly page: string; readonly link: string };
  /** The file without which the page does not exist. */
  readonly route: string;
  /** The browser itself reports such an answer as an error of the console. */
  readonly answers404?: boolean;
}

const events = (view: string): Picture => ({
  name: view === "all" ? "events" : `events-${view}`,
  at: view === "all" ? "/app/events" : `/app/events?view=${view}`,
  route: "app.events._index.tsx",
});
const anEvent = (name: string, query = ""): Picture => ({
  name,
  at: { page: `/app/events${query}`, link: 'a[href*="/app/events/"]:not([href*="csv"])' },
  route: "app.events.$id.tsx",
});

const PICTURES: readonly Picture[] = [
  { name: "overview", at: "/app", route: "app._index.tsx" },
  { name: "overview-90-days", at: "/app?days=90", route: "app._index.tsx" },
  ...["all", "attention", "waiting", "recovered", "skipped"].map(events),
  anEvent("event-paired", "?pairing=paired"),
  anEvent("event-recovered", "?view=recovered"),
  anEvent("event-skipped", "?view=skipped"),
  anEvent("event-mismatched", "?pairing=mismatched"),
  anEvent("event-failed", "?status=dead"),
  anEvent("event-held", "?status=held"),
  anEvent("event-retrying", "?status=retrying"),
  anEvent("event-no-browser", "?pairing=no_browser"),
  anEvent("event-browser-only", "?pairing=browser_only"),
  anEvent("event-consent-refused", "?reason=consent_refused"),
  anEvent("event-consent-missing", "?reason=consent_missing"),
  { name: "datasets", at: "/app/datasets", route: "app.datasets._index.tsx" },
  {
    name: "dataset",
    at: { page: "/app/datasets", link: 'a[href^="/app/datasets/"]:not([href$="/new"])' },
    route: "app.datasets.$id.tsx",
  },
  { name: "dataset-new", at: "/app/datasets/new", route: "app.datasets.new.tsx" },
  { name: "settings", at: "/app/settings", route: "app.settings.tsx" },
  { name: "test-events", at: "/app/test-events", route: "app.test-events.tsx" },
  { name: "privacy", at: "/app/privacy", route: "app.privacy.tsx" },
  { name: "unknown-address", at: "/app/nothing", route: "app.$.tsx", answers404: true },
  { name: "unknown-event", at: "/app/events/999999999", route: "app.events.$id.tsx", answers404: true },
  { name: "events-none-found", at: "/app/events?q=nothing", route: "app.events._index.tsx" },
];

const asked = process.argv.slice(2);
const states = asked.length > 0 ? asked : Object.keys(SCREENSHOT_STATES);
const unknown = states.filter((state) => !(state in SCREENSHOT_STATES));
if (unknown.length > 0) {
  process.stderr.write(
    `Unknown: ${unknown.join(" ")}. Known: ${Object.keys(SCREENSHOT_STATES).join(", ")}.\n`,
  );
  process.exit(2);
}

ensureBuild();
mkdirSync(FOLDER, { recursive: true });
const problems: string[] = [];
for (const [name, state] of Object.entries(SCREENSHOT_STATES))
  if (states.includes(name)) await takeState(name, state);
process.stderr.write(problems.length > 0 ? `${problems.join("\n")}\n` : "No page complained.\n");
process.exit(problems.length > 0 ? 1 : 0);

async function takeState(stateName: string, state: ScreenshotState): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "tandem-screenshots-"));
  const world = await startWorld({ dataDirectory: folder });
  const browser = await openBrowser();
  try {
    await world.signIn(state.shop);
    await state.fill(world, state.shop);
    for (const width of WIDTHS) {
      const admin = await openAdmin(world, browser, {
        shop: state.shop,
        width,
        ...(state.locale === undefined ? {} : { locale: state.locale }),
      });
      for (const picture of PICTURES) {
        if (!existsSync(`app/routes/${picture.route}`)) continue;
        if (state.only && !state.only.includes(picture.name)) continue;
        const before = admin.problems().length;
        const name = `${picture.name}-${stateName}-${width}`;
        const trouble = await take(admin, picture, `${FOLDER}/${name}.png`, width).catch(String);
        if (picture.answers404) admin.forgive(/status of 404/);
        const complaints = [...admin.problems().slice(before), ...(trouble ? [trouble] : [])];
        problems.push(...complaints.map((complaint) => `${name}: ${complaint}`));
      }
      await admin.close();
    }
  } finally {
    await browser.close();
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns what went wrong; a page that this state has no example of is left out without a word */
async function take(
  admin: Admin,
  picture: Picture,
  file: string,
  width: number,
): Promise<string | undefined> {
  await admin.page.setViewportSize({ width, height: 900 });
  let app;
  if (typeof picture.at === "string") app = await admin.open(picture.at);
  else {
    const list = await admin.open(picture.at.page);
    const link = await list
      .locator(picture.at.link)
      .first()
      .getAttribute("href", { timeout: 2_000 })
      .catch(() => null);
    if (link === null) return undefined;
    app = await admin.open(new URL(link, "http://localhost").pathname);
  }
  const sideways = await app.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  const height = await app.evaluate(() => document.documentElement.scrollHeight);
  await admin.page.setViewportSize({ width, height: Math.min(height + FURNITURE, TALLEST) });
  // Charts measure their place anew.
  await admin.page.waitForTimeout(500);
  await admin.page.screenshot({ path: file });
  const faults = await findAccessFaults(app);
  return sideways > 1 ? `is ${sideways} px wider than its frame` : faults[0];
}
