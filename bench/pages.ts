import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";

import type { Browser, Frame, Page } from "playwright-core";

import { startWorld, type World } from "#sandbox/start-world.ts";
import { openAdmin, openBrowser, type Admin } from "#tests/browser/open-admin.ts";

import { fillHistory } from "../scripts/demo-history.ts";
import { ensureBuild } from "../scripts/ensure-build.ts";
import { serveEmptyPage } from "./pages/serve-empty-page.ts";
import { readCost, watchPage, watchTitle, type PageCost } from "./pages/watch-page.ts";

const SHOP = "tandem-demo.myshopify.com";
const DATASET = "1234567890123456";
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? "5");
const SLOWER = 4;
/** What comes after the page is alive still blocks it. */
const REST_MS = 2_000;
const PAGES = {
  overview: "/app",
  overview90: "/app?days=90",
  events: "/app/events",
  event: "/app/events",
  datasets: "/app/datasets",
  dataset: "/app/datasets",
  newDataset: "/app/datasets/new",
  settings: "/app/settings",
  testEvents: "/app/test-events",
  privacy: "/app/privacy",
} as const;
/** Pages of one thing: opened by the first link of this kind on the page above. */
const THINGS: Readonly<Record<string, string>> = {
  event: 'a[href*="/app/events/"]:not([href*="csv"])',
  dataset: 'a[href^="/app/datasets/"]:not([href$="/new"])',
};
/** Milliseconds, and bytes of gzip of the app's own scripts; the last one holds for the overview. */
const TARGETS = { lcp: 2_000, blocking: 600, hydrated: 2_500, firstClick: 1_200, script: 180_000 } as const;

/**
 * Every page of the admin in Chromium with the processor four times slower, 90 days of history in the store, and beside
 * them in the same rounds an empty page of Polaris: medians of `BENCH_ROUNDS` (5) loads with an empty cache. The first
 * click is one on Events in the admin's menu, from an overview that is just alive.
 */
export async function run(): Promise<object> {
  ensureBuild();
  const folder = mkdtempSync(path.join(tmpdir(), "tandem-pages-"));
  const world = await startWorld({ dataDirectory: folder });
  const browser = await openBrowser();
  const empty = await serveEmptyPage();
  try {
    await world.signIn(SHOP);
    world.shopify.store(SHOP).embed.active = true;
    await world.connectDataset(SHOP, DATASET);
    await fillHistory(world, SHOP, { kind: "eventful" });
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measure(world, browser, empty.url));
    return report(rounds);
  } finally {
    empty.close();
    await browser.close();
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Round {
  readonly costs: Readonly<Record<string, PageCost>>;
  readonly firstClick: number;
}

async function measure(world: World, browser: Browser, emptyUrl: string): Promise<Round> {
  const costs: Record<string, PageCost> = { empty: await loadEmpty(world, browser, emptyUrl) };
  for (const [name, at] of Object.entries(PAGES)) {
    const address = name in THINGS ? await findThing(world, browser, name, at) : at;
    costs[name] = await withAdmin(world, browser, async ({ page }) =>
      readWhenAlive(await load(world, page, address)),
    );
  }
  return { costs, firstClick: await withAdmin(world, browser, (admin) => clickOnEvents(world, admin)) };
}

/** A visitor of its own with an empty cache and a slow processor. */
async function withAdmin<T>(world: World, browser: Browser, act: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = await openAdmin(world, browser, { shop: SHOP });
  try {
    await admin.page.addInitScript(watchPage);
    const devTools = await admin.page.context().newCDPSession(admin.page);
    await devTools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    return await act(admin);
  } finally {
    await admin.close();
  }
}

async function load(world: World, page: Page, address: string): Promise<Frame> {
  await page.goto(world.shopify.adminUrl(SHOP, address), { waitUntil: "commit" });
  const frame = await (await page.waitForSelector("iframe#app")).contentFrame();
  if (!frame) throw new Error("the app has no frame");
  await waitUntilAlive(frame);
  return frame;
}

async function loadEmpty(world: World, browser: Browser, url: string): Promise<PageCost> {
  return withAdmin(world, browser, async ({ page }) => {
    await page.goto(url);
    await waitUntilAlive(page.mainFrame());
    return readWhenAlive(page.mainFrame());
  });
}

function waitUntilAlive(frame: Frame): Promise<unknown> {
  return frame.waitForFunction(() => performance.getEntriesByName("tandem-hydrated").length > 0, undefined, {
    polling: 100,
  });
}

async function readWhenAlive(frame: Frame): Promise<PageCost> {
  await frame.waitForTimeout(REST_MS);
  return frame.evaluate(readCost);
}

async function findThing(world: World, browser: Browser, name: string, at: string): Promise<string> {
  const admin = await openAdmin(world, browser, { shop: SHOP });
  const href = await (
    await admin.open(at)
  )
    .locator(THINGS[name] ?? "")
    .first()
    .getAttribute("href");
  await admin.close();
  return new URL(href ?? "", "http://localhost").pathname;
}

async function clickOnEvents(world: World, { page }: Admin): Promise<number> {
  const frame = await load(world, page, "/app");
  await frame.evaluate(watchTitle, "Events");
  await page.getByRole("navigation").getByRole("link", { name: "Events", exact: true }).click();
  const drawn = await frame.waitForFunction(() => (window as { drawnAt?: number }).drawnAt);
  const clicked = await page.evaluate(() => (window as { clickedAt?: number }).clickedAt);
  return Number(await drawn.jsonValue()) - Number(clicked);
}

function report(rounds: readonly Round[]): object {
  const names = ["empty", ...Object.keys(PAGES)];
  const pages = Object.fromEntries(
    names.map((name) => [
      name,
      {
        lcp: middle(rounds, (round) => round.costs[name]?.lcp),
        blocking: middle(rounds, (round) => round.costs[name]?.blocking),
        hydrated: middle(rounds, (round) => round.costs[name]?.hydrated),
        script: middle(rounds, (round) => round.costs[name]?.script),
      },
    ]),
  );
  const firstClick = middle(rounds, (round) => round.firstClick);
  const missed = [
    ...names.flatMap((name) =>
      (["lcp", "blocking", "hydrated"] as const)
        .filter((key) => name !== "empty" && (pages[name]?.[key] ?? Infinity) > TARGETS[key])
        .map((key) => `${name}: ${key}`),
    ),
    ...((pages["overview"]?.script ?? Infinity) > TARGETS.script ? ["overview: script"] : []),
    ...(firstClick > TARGETS.firstClick ? ["first click on Events"] : []),
  ];
  console.log(table(names, pages));
  console.log(`first click on Events: ${firstClick} ms (target ${TARGETS.firstClick})`);
  console.log(missed.length === 0 ? "All targets kept." : `Missed: ${missed.join(", ")}.`);
  return { rounds: rounds.length, slower: SLOWER, targets: TARGETS, pages, firstClick, missed };
}

function table(names: readonly string[], pages: Readonly<Record<string, PageCost>>): string {
  const heads = ["page", "LCP ms", "blocking ms", "hydrated ms", "script kB"];
  const rows = names.map((name) => {
    const cost = pages[name];
    return [name, cost?.lcp, cost?.blocking, cost?.hydrated, Math.round((cost?.script ?? 0) / 1000)];
  });
  const targets = ["target", TARGETS.lcp, TARGETS.blocking, TARGETS.hydrated, TARGETS.script / 1000];
  return [heads, ...rows, targets]
    .map((row) => row.map((cell) => String(cell ?? "").padEnd(13)).join(""))
    .join("\n");
}

function middle(rounds: readonly Round[], read: (round: Round) => number | undefined): number {
  const sorted = rounds.map((round) => read(round) ?? NaN).sort((a, b) => a - b);
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? NaN);
}
