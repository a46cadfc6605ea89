import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";

import type { Frame } from "playwright-core";
import { expect, it, describe } from "vitest";

import { LATE, arrived, sendOrder, troubleOrders } from "./admin-orders.ts";
import { findAccessFaults } from "./find-access-faults.ts";
import type { Admin } from "./open-admin.ts";
import { SHOP, shareAdmin } from "./share-admin.ts";

const DATASET = "1234567890123456";
const SECOND = "2234567890123456";
const PAGES = [
  "/app",
  "/app?days=90",
  "/app/events",
  "/app/events?view=attention&status=dead&source=web",
  "/app/datasets",
  "/app/datasets/new",
  "/app/settings",
  "/app/alerts",
  "/app/alerts/new",
  "/app/test-events",
  "/app/privacy",
  "/app/nothing",
] as const;
const WIDTHS = [1280, 390, 320] as const;

const shared = shareAdmin();

/** One after the other, in one store. */
const STATES: Readonly<Record<string, () => Promise<void>>> = {
  "before there is anything": () => shared().world.signIn(SHOP),
  "with one order": async () => {
    const { world } = shared();
    await world.connectDataset(SHOP, DATASET);
    await arrived(world, DATASET, await sendOrder(world, SHOP, LATE));
  },
  "with two datasets": async () => {
    const { world } = shared();
    await world.connectDataset(SHOP, SECOND, "Agency");
    await arrived(world, SECOND, await sendOrder(world, SHOP, LATE));
  },
  "in trouble": () => troubleOrders(shared().world, SHOP, DATASET),
};

describe.each(Object.keys(STATES).map((state, index) => ({ state, index })))("$state", ({ state, index }) => {
  it("opens every page without a fault of access, an error or a sideways scroll", async () => {
    await STATES[state]?.();
    const faults: string[] = [];
    const merchant = await shared().enter();
    const pages = [...PAGES, ...(await pagesOfOne(merchant))];
    for (const [place, page] of pages.entries()) {
      const widths = widthsFrom(place + index);
      await merchant.page.setViewportSize({ width: widths[0], height: 900 });
      const frame = await merchant.open(page);
      for (const width of widths) {
        await merchant.resize(width);
        expect(await frame.locator("h1").count(), page).toBe(1);
        expect(await frame.getByRole("main").count(), page).toBe(1);
        faults.push(...(await look(frame, width)).map((fault) => `${page} at ${width}: ${fault}`));
        if (await scrollsSideways(frame)) faults.push(`${page} at ${width}: scrolls sideways`);
      }
    }
    // The browser itself reports an answer of 404 as an error of the console.
    merchant.forgive(/status of 404/);
    expect(faults).toEqual([]);
  });
});

/** Pages without a fault, as they stood: width and elements. */
const faultless = new Set<string>();

/**
 * What is wrong with the page at this width. A page that stands there as it has stood before, in another state of the store,
 * is not asked again. On one phone it is asked only what depends on the layout, if it has the elements that it has on the
 * other one: no style of ours or of Polaris changes between the two.
 */
async function look(frame: Frame, width: number): Promise<readonly string[]> {
  const elements = createHash("sha256")
    .update(await frame.evaluate(writeElements))
    .digest("base64");
  if (faultless.has(`${width} ${elements}`)) return [];
  const [, ...phones] = WIDTHS;
  const isKnown = phones.some((phone) => phone !== width && faultless.has(`${phone} ${elements}`));
  const faults = await findAccessFaults(frame, {
    asks: isKnown && width !== WIDTHS[0] ? "layout" : "all",
  });
  if (faults.length === 0) faultless.add(`${width} ${elements}`);
  return faults;
}

/** Runs in a page: its elements, without what differs from load to load and is not shown. */
function writeElements(): string {
  const page = document.documentElement.cloneNode(true) as HTMLElement;
  for (const each of page.querySelectorAll("script, meta")) each.remove();
  // The server and the browser write the same declarations in two ways.
  for (const each of page.querySelectorAll<HTMLElement>("[style]"))
    each.setAttribute("style", each.style.cssText);
  // Ends with the session of this load.
  for (const form of page.querySelectorAll("form")) form.removeAttribute("action");
  return page.outerHTML;
}

/**
 * The widths in an order of its own for each page and state: a page is loaded in the first and resized to the others,
 * and over the states it is loaded in each.
 */
function widthsFrom(turn: number): readonly [number, number, number] {
  const [wide, phone, small] = WIDTHS;
  const orders = [
    [wide, phone, small],
    [phone, small, wide],
    [small, wide, phone],
  ] as const;
  return orders[turn % 3] ?? orders[0];
}

/** The page of each dataset, and of the newest order of each view that there is one in. */
async function pagesOfOne(merchant: Admin): Promise<readonly string[]> {
  const found = new Set<string>();
  const list = await merchant.open("/app/datasets");
  const datasets = await list.locator('a[href^="/app/datasets/"]').all();
  for (const each of datasets) {
    const href = await each.getAttribute("href");
    if (href !== null && !href.endsWith("/new")) found.add(href);
  }
  for (const view of ["all", "attention", "skipped"]) {
    const log = await merchant.open(`/app/events?view=${view}`);
    const [first] = await log.locator("a[data-primary-link]").all();
    const href = await first?.getAttribute("href");
    if (href) found.add(href);
  }
  return [...found];
}

it("has no style that changes between the two phones", () => {
  const polaris = createRequire(import.meta.url).resolve("@shopify/polaris/build/esm/styles.css");
  const sheets = [polaris, ...globSync("app/**/*.css")].map((file) => readFileSync(file, "utf8"));
  const widths = sheets.flatMap((sheet) =>
    [...sheet.matchAll(/@(?:media|container)[^{]*/g)].flatMap(([query]) =>
      [...query.matchAll(/([\d.]+)(px|r?em)/g)].map(
        ([, size, unit]) => Number(size) * (unit === "px" ? 1 : 16),
      ),
    ),
  );
  expect(widths.length).toBeGreaterThan(100);
  expect(widths.filter((width) => width >= 320 && width <= 390)).toEqual([]);
});

it("shows the overview’s charts without JavaScript, and their numbers as tables", async () => {
  const { world, enter } = shared();
  const { page } = await enter({ javaScript: false });
  await page.goto(await world.shopify.launchUrl(SHOP, "/app"));
  const table = page.locator("details", { hasText: "Show as a table" }).first();
  await table.locator("summary").click();
  expect(await table.locator("tbody tr").count()).toBe(30);
  expect(await page.locator(".tandem-plot").first().isVisible()).toBe(true);
});

async function scrollsSideways(frame: { evaluate<T>(read: () => T): Promise<T> }): Promise<boolean> {
  return frame.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}
