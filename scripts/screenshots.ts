/**
 * `npm run screenshots`: every page of the admin, as a merchant sees it in Shopify's frame, into screenshots/. In the
 * states of `screenshot-states.ts`, wide, as on a phone and as on a small one. Ends with 1 when a page wrote an error to
 * the console, did not open, scrolls sideways or has a fault of access of any weight.
 * `npm run screenshots -- empty troubled`: only these states. `--language de`: in another language. `--pages overview,audit`:
 * only these pages.
 * `npm run screenshots -- --listing`: the icon and the pictures of docs/listing instead.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";

import { startWorld } from "#sandbox/start-world.ts";
import { findAccessFaults } from "#tests/browser/find-access-faults.ts";
import { startMailReceiver } from "#tests/setup/alert-receivers.ts";
import { openAdmin, openBrowser, type Admin } from "#tests/browser/open-admin.ts";
import { LANGUAGES } from "#app/texts/language.ts";

import { obeyCommand } from "./command-line/read-command.ts";
import { ensureBuild } from "./ensure-build.ts";
import { takeListingPictures } from "./listing-pictures.ts";
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
  { name: "funnel-overview", at: "/app/funnel?event=ViewContent", route: "app.funnel.tsx" },
  { name: "funnel-browser-only", at: "/app/funnel?event=PageView", route: "app.funnel.tsx" },
  { name: "funnel-off", at: "/app/funnel?event=Search", route: "app.funnel.tsx" },
  { name: "funnel-events", at: "/app/events?event=ViewContent", route: "app.events._index.tsx" },
  { name: "funnel-events-off", at: "/app/events?event=Search", route: "app.events._index.tsx" },
  { name: "funnel-none-found", at: "/app/events?event=AddToCart&q=nothing", route: "app.events._index.tsx" },
  {
    name: "funnel-event",
    at: {
      page: "/app/events?event=InitiateCheckout",
      link: 'a[href*="/app/events/InitiateCheckout/"]',
    },
    route: "app.events_.$event.$id.tsx",
  },
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
  { name: "audit", at: "/app/audit", route: "app.audit.tsx" },
  { name: "audit-orders", at: "/app/audit/orders", route: "app.audit_.orders.tsx" },
  { name: "datasets", at: "/app/datasets", route: "app.datasets._index.tsx" },
  {
    name: "dataset",
    at: { page: "/app/datasets", link: 'a[href^="/app/datasets/"]:not([href$="/new"])' },
    route: "app.datasets.$id.tsx",
  },
  { name: "dataset-new", at: "/app/datasets/new", route: "app.datasets.new.tsx" },
  { name: "settings", at: "/app/settings", route: "app.settings.tsx" },
  { name: "alerts", at: "/app/alerts", route: "app.alerts._index.tsx" },
  { name: "alerts-new", at: "/app/alerts/new", route: "app.alerts.$id.tsx" },
  {
    name: "alerts-channel",
    at: { page: "/app/alerts", link: 'a[href^="/app/alerts/"]:not([href$="/new"])' },
    route: "app.alerts.$id.tsx",
  },
  { name: "test-events", at: "/app/test-events", route: "app.test-events.tsx" },
  { name: "privacy", at: "/app/privacy", route: "app.privacy.tsx" },
  { name: "unknown-address", at: "/app/nothing", route: "app.$.tsx", answers404: true },
  { name: "unknown-event", at: "/app/events/999999999", route: "app.events.$id.tsx", answers404: true },
  { name: "events-none-found", at: "/app/events?q=nothing", route: "app.events._index.tsx" },
];

const { words: asked, options } = obeyCommand({
  typed: "npm run screenshots",
  does: "Takes a picture of every page of the admin at three widths, into screenshots/.",
  takes: "two to five minutes a state",
  options: [
    { flags: "--language <tag>", does: "that the admin is read in; English without it", choices: LANGUAGES },
    { flags: "--pages <names>", does: "names of pictures, with commas; all of them without it" },
    { flags: "--listing", does: "the icon and the pictures of docs/listing instead, 1600 by 900" },
  ],
  words: {
    form: "[state...]",
    does: "states of a store; all of them without a name",
    known: Object.keys(SCREENSHOT_STATES),
  },
  more: "Exit 1: a page wrote an error to the console, did not open, scrolls sideways or has a fault of access.",
});
const language = String(options["language"] ?? "en");
const pages = typeof options["pages"] === "string" ? options["pages"].split(",") : undefined;
const states = asked.length > 0 ? asked : Object.keys(SCREENSHOT_STATES);

ensureBuild();
if (options["listing"] === true) {
  await takeListingPictures();
  process.exit(0);
}
mkdirSync(FOLDER, { recursive: true });
const problems: string[] = [];
for (const [name, state] of Object.entries(SCREENSHOT_STATES))
  if (states.includes(name)) await takeState(name, state);
process.stderr.write(problems.length > 0 ? `${problems.join("\n")}\n` : "No page complained.\n");
process.exit(problems.length > 0 ? 1 : 0);

async function takeState(stateName: string, state: ScreenshotState): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "tandem-screenshots-"));
  const mail = state.hasMail ? await startMailReceiver() : undefined;
  const world = await startWorld({
    dataDirectory: folder,
    ...(mail && {
      environment: { SMTP_URL: `smtp://127.0.0.1:${mail.port}`, ALERT_FROM: "alerts@tandem.example" },
    }),
  });
  const browser = await openBrowser();
  try {
    await world.signIn(state.shop);
    await state.fill(world, state.shop);
    for (const width of WIDTHS) {
      const admin = await openAdmin(world, browser, {
        shop: state.shop,
        width,
        language,
        ...(state.locale === undefined ? {} : { locale: state.locale }),
      });
      for (const picture of PICTURES) {
        if (!existsSync(`app/routes/${picture.route}`)) continue;
        if (state.only && !state.only.includes(picture.name)) continue;
        if (pages && !pages.includes(picture.name)) continue;
        const before = admin.problems().length;
        const name = [picture.name, stateName, ...(language === "en" ? [] : [language]), width].join("-");
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
    await mail?.close();
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
