/** What a browser does to a page that tells events: it freezes it, it is slow. */
import type { Browser } from "playwright-core";
import { beforeAll, expect, it } from "vitest";

import { oneBrowser } from "./one-browser.ts";
import { visitShop } from "./open-storefront.ts";
import { shareStorefront } from "./share-storefront.ts";
import {
  ALL_EVENTS,
  BOTH_ONCE,
  counted,
  grantPersonalData,
  listenToTracking,
  TOLD_MS,
  walkToCart,
} from "./walk-funnel.ts";

const EVERY = { interval: 200 };
const shop = shareStorefront({ events: ALL_EVENTS });
let browser: Browser;

beforeAll(async () => {
  grantPersonalData(shop());
  browser = await oneBrowser();
});

const views = () => shop().world.meta.events({ dataset: shop().dataset, name: "ViewContent" });

it("back and forward again: each page that Shopify loads is a view, told once, with what the page before has left", async () => {
  const visitor = await visitShop(shop().world, browser, shop().shop);
  const { page } = visitor;
  await visitor.arrive();
  const heard = listenToTracking(page);
  // Each page goes before its events have been gathered: they are in the tab's storage.
  await page.goto(`${shop().url}/products/tee`);
  await page.waitForTimeout(800);
  await page.goto(`${shop().url}/products/ornament`);
  await page.waitForTimeout(800);
  await page.goBack();
  await page.waitForTimeout(800);
  await page.goForward();
  await page.waitForTimeout(TOLD_MS);
  await expect.poll(() => counted(views()), EVERY).toEqual([BOTH_ONCE, BOTH_ONCE, BOTH_ONCE, BOTH_ONCE]);
  expect(heard.app).toEqual(["/pixel/events"]);
  expect(visitor.problems()).toEqual([]);
  await visitor.close();
});

it("a page that the browser freezes, as it does before it keeps it for a way back, goes on afterwards", async () => {
  shop().world.meta.reset("received");
  const visitor = await visitShop(shop().world, browser, shop().shop);
  const { page } = visitor;
  await visitor.arrive();
  const heard = listenToTracking(page);
  const devtools = await page.context().newCDPSession(page);
  await page.goto(`${shop().url}/products/tee`);
  await page.waitForTimeout(400);
  await devtools.send("Page.setWebLifecycleState", { state: "frozen" });
  await new Promise((resolve) => setTimeout(resolve, TOLD_MS));
  await devtools.send("Page.setWebLifecycleState", { state: "active" });
  await expect.poll(() => counted(views()), EVERY).toEqual([BOTH_ONCE]);
  expect(heard.app).toEqual(["/pixel/events"]);
  await visitor.close();
});

/** Longest run of our programs on the page, and longest task of the web pixel's worker, in milliseconds. */
function longestOf(trace: Buffer): { page: number; worker: number; runs: number } {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const workers = traceEvents
    .filter(({ name, args }) => name === "thread_name" && /DedicatedWorker/.test(args?.name ?? ""))
    .map(({ pid, tid }) => `${pid}:${tid}`);
  const ours = traceEvents.filter(({ args }) => /\/cdn\/extensions\/tandem\//.test(args?.data?.url ?? ""));
  const tasks = traceEvents.filter(({ pid, tid }) => workers.includes(`${pid}:${tid}`));
  const longest = (events: readonly TraceEvent[]) =>
    Math.max(0, ...events.map(({ dur = 0, tdur = dur }) => tdur / 1000));
  return { page: longest(ours), worker: longest(tasks), runs: ours.length };
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds by the clock, and of the thread's own work: a busy machine lets a thread wait in the middle of a task. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string; readonly data?: { readonly url?: string } };
}

const TASK_MS = 50;

/** A visit on a slow phone that ends in the cart; gives our longest tasks in it. */
async function visitOnSlowPhone(): Promise<ReturnType<typeof longestOf>> {
  shop().world.meta.reset("received");
  const visitor = await visitShop(shop().world, browser, shop().shop);
  const { page } = visitor;
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await browser.startTracing(page, {
    categories: ["devtools.timeline", "disabled-by-default-devtools.timeline", "v8.execute", "__metadata"],
  });
  await visitor.arrive();
  await walkToCart(visitor, shop().url);
  const longest = longestOf(await browser.stopTracing());
  await expect.poll(() => counted(views()), EVERY).toEqual([BOTH_ONCE]);
  await visitor.close();
  return longest;
}

it("on a slow phone none of our tasks takes 50 ms, and every event arrives", async () => {
  // What else the machine does only ever adds to a task: the shortest of three visits says most about ours.
  let longest = await visitOnSlowPhone();
  for (let again = 0; again < 2 && Math.max(longest.page, longest.worker) >= TASK_MS; again += 1)
    longest = await visitOnSlowPhone();
  expect(longest.runs).toBeGreaterThan(0);
  expect(longest.page).toBeLessThan(TASK_MS);
  expect(longest.worker).toBeLessThan(TASK_MS);
});
