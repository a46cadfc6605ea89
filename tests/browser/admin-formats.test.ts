import { beforeAll, expect, it } from "vitest";

import { LATE, arrived, sendOrder } from "./admin-orders.ts";
import type { Admin } from "./open-admin.ts";
import { changeLocaleData } from "./other-locale-data.ts";
import { shareAdmin } from "./share-admin.ts";

const SHOP = "lahore-parts.myshopify.com";
const DATASET = "1234567890123456";
const PAGES = [
  "/app",
  "/app/events",
  "/app/datasets",
  "/app/settings",
  "/app/test-events",
  "/app/privacy",
] as const;

const shared = shareAdmin();
const pages: string[] = [...PAGES];

beforeAll(async () => {
  const { world } = shared();
  await world.signIn(SHOP);
  await world.connectDataset(SHOP, DATASET);
  const order = await sendOrder(world, SHOP, LATE);
  await arrived(world, DATASET, order);
});

/** The text that the server sent, as a browser without scripts shows it. */
async function serverTexts(): Promise<ReadonlyMap<string, string>> {
  const { world, enter } = shared();
  const { page } = await enter({ shop: SHOP, javaScript: false });
  const texts = new Map<string, string>();
  for (const path of pages) {
    await page.goto(await world.shopify.launchUrl(SHOP, path));
    texts.set(path, await page.locator("body").innerText());
  }
  return texts;
}

async function texts(admin: Admin): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const path of pages) found.set(path, await (await admin.open(path)).locator("body").innerText());
  return found;
}

it.each(["ar-EG", "ja-JP", "en-US"])(
  "shows the server's own text in a browser of %s with other locale data, and leads on from it",
  async (locale) => {
    const { enter } = shared();
    const merchant = await enter({ shop: SHOP, locale });
    await merchant.page.addInitScript(changeLocaleData);
    const frame = await merchant.open("/app/events");
    const href = await frame.locator('a[href^="/app/events/"]').first().getAttribute("href");
    pages.splice(PAGES.length, 1, href ?? "");
    const seen = await texts(merchant);
    const sent = await serverTexts();
    for (const path of pages) {
      expect(seen.get(path), path).not.toContain("≠");
      expect(numbersOf(seen.get(path)), path).toEqual(expect.arrayContaining([...numbersOf(sent.get(path))]));
    }
    // React throws a page away whose text is not the server's, and with it the menu's links.
    await merchant.page.getByRole("navigation").getByRole("link", { name: "Events", exact: true }).click();
    await merchant.page.frameLocator("iframe#app").getByText("PKR").first().waitFor();
    expect(merchant.problems()).toEqual([]);
  },
);

/** Every word with a digit; what a page adds once it is alive (such as a button) has none. */
function numbersOf(text = ""): readonly string[] {
  return text.match(/\S*[0-9]\S*/g) ?? [];
}
