import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import type { Browser } from "playwright-core";

import { startWorld } from "#sandbox/start-world.ts";
import { openAdmin, openBrowser } from "#tests/browser/open-admin.ts";

import { fillShortHistory } from "./history-short.ts";

export const LISTING_FOLDER = "docs/listing/pictures";
/** What Shopify asks of an icon, in pixels, and of a picture of an app on a desktop. */
export const ICON_SIZE = 1200;
export const PICTURE_SIZE = { width: 1600, height: 900 };
/** A page is drawn so much smaller and shown larger, so that it can be read in the listing's narrow column. */
const SCALE = 4 / 3;
/** So many pixels of the page are a whole number of the screen's. */
const WHOLE = 3;
/** JPEG: below this, letters get a rim. */
const QUALITY = 82;

interface ListingPicture {
  readonly name: string;
  /** A path of the app, or the page on which its address stands as a link. */
  readonly at: string | { readonly page: string; readonly link: string };
  /** What stands at the top of the picture; default the page's own top. */
  readonly from?: string;
}

const SHOP = "tandem-demo.myshopify.com";
const DATASET = "1234567890123456";
/** Enough for a week and the one before it to be compared. */
const HISTORY = { days: 16, ordersPerDay: 10 };

/** What each shows stands in docs/listing/README.md. */
export const LISTING_PICTURES: readonly ListingPicture[] = [
  { name: "overview", at: "/app?days=7" },
  { name: "events", at: "/app/events" },
  {
    name: "both-copies",
    at: {
      page: "/app/events?pairing=paired",
      link: 'a[href*="/app/events/"]:not([href*="csv"])',
    },
  },
  { name: "funnel", at: "/app/funnel?event=AddToCart&days=7" },
  { name: "audit", at: "/app/audit" },
  { name: "consent", at: "/app/settings", from: "#consent" },
];

/** Draws the icon and takes each picture of the app alone, without the frame of an admin around it (requirement 4.4.4). */
export async function takeListingPictures(): Promise<void> {
  mkdirSync(LISTING_FOLDER, { recursive: true });
  const folder = mkdtempSync(path.join(tmpdir(), "tandem-listing-"));
  const browser = await openBrowser();
  await drawIcon(browser);
  const world = await startWorld({ dataDirectory: folder });
  try {
    await world.signIn(SHOP);
    await world.connectDataset(SHOP, DATASET);
    await fillShortHistory(world, SHOP, HISTORY);
    const admin = await openAdmin(world, browser, { shop: SHOP, scale: SCALE });
    // A busy machine is slow for a while after the history.
    admin.page.setDefaultTimeout(180_000);
    const [width, height] = [PICTURE_SIZE.width / SCALE, PICTURE_SIZE.height / SCALE];
    for (const { name, at, from } of LISTING_PICTURES) {
      const app = await admin.open(typeof at === "string" ? at : at.page);
      if (typeof at !== "string") {
        const link = await app.locator(at.link).first().getAttribute("href");
        await admin.open(new URL(link ?? "", "http://localhost").pathname);
      }
      const frame = admin.page.locator("iframe#app");
      // The window grows by what the app's frame lacks.
      const box = await frame.boundingBox();
      const window = admin.page.viewportSize();
      if (!box || !window) throw new Error("the app has no frame");
      await admin.page.setViewportSize({
        width: Math.ceil(window.width + width + WHOLE - box.width),
        height: Math.ceil(window.height + height + WHOLE - box.height),
      });
      const page = await admin.frame();
      if (from !== undefined)
        await page.locator(from).evaluate((part) => scrollBy(0, part.getBoundingClientRect().top - 16));
      // Charts measure their place anew.
      await admin.page.waitForTimeout(1_000);
      const { x, y } = (await frame.boundingBox()) ?? box;
      await admin.page.screenshot({
        path: path.join(LISTING_FOLDER, `${name}.jpg`),
        type: "jpeg",
        quality: QUALITY,
        clip: { x: Math.ceil(x / WHOLE) * WHOLE, y: Math.ceil(y / WHOLE) * WHOLE, width, height },
      });
    }
    await admin.close();
  } finally {
    await browser.close();
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The project's mark on a ground that fills the square: Shopify rounds the corners, and asks for no transparency. */
async function drawIcon(browser: Browser): Promise<void> {
  const mark = readFileSync("public/favicon.svg", "utf8");
  const page = await browser.newPage({ viewport: { width: ICON_SIZE, height: ICON_SIZE } });
  await page.setContent(
    `<body style="margin:0;background:#d6e6ff"><div style="padding:${ICON_SIZE / 10}px">${mark}</div></body>`,
  );
  await page.screenshot({ path: path.join(LISTING_FOLDER, "icon.png") });
  await page.close();
}
