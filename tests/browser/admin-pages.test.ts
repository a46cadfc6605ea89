import { expect, it, describe } from "vitest";

import { troubleOrders } from "./admin-orders.ts";
import { findAccessFaults } from "./find-access-faults.ts";
import { SHOP, shareAdmin } from "./share-admin.ts";

const DATASET = "1234567890123456";
const PAGES = [
  "/app",
  "/app?days=90",
  "/app/events",
  "/app/events?view=attention&status=dead&source=web",
  "/app/datasets",
  "/app/datasets/new",
  "/app/settings",
  "/app/test-events",
  "/app/privacy",
  "/app/nothing",
] as const;
const WIDTHS = [1280, 390, 320] as const;

const house = shareAdmin();

describe.each(["before there is anything", "in trouble"])("%s", (state) => {
  it("opens every page without a serious fault, an error or a sideways scroll", async () => {
    const { world, enter } = house();
    await world.signIn(SHOP);
    if (state === "in trouble") {
      await world.connectDataset(SHOP, DATASET);
      await troubleOrders(world, SHOP, DATASET);
    }
    const faults: string[] = [];
    for (const width of WIDTHS) {
      const merchant = await enter({ width });
      for (const page of PAGES) {
        const frame = await merchant.open(page);
        expect(await frame.locator("h1").count(), page).toBe(1);
        expect(await frame.getByRole("main").count(), page).toBe(1);
        faults.push(...(await findAccessFaults(frame)).map((fault) => `${page} at ${width}: ${fault}`));
        if (await scrollsSideways(frame)) faults.push(`${page} at ${width}: scrolls sideways`);
      }
      // The browser itself reports an answer of 404 as an error of the console.
      merchant.forgive(/status of 404/);
    }
    expect(faults).toEqual([]);
  });
});

it.each(["all", "attention", "skipped"])("shows an event of the view %s without a fault", async (view) => {
  const merchant = await house().enter();
  const list = await merchant.open(`/app/events?view=${view}`);
  const href = await list.locator('a[href^="/app/events/"]').first().getAttribute("href");
  for (const width of WIDTHS) {
    const narrow = await house().enter({ width });
    const frame = await narrow.open(href ?? "");
    expect(await findAccessFaults(frame)).toEqual([]);
    expect(await scrollsSideways(frame)).toBe(false);
  }
});

it("shows Home’s charts without JavaScript, and their numbers as tables", async () => {
  const { world, enter } = house();
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
