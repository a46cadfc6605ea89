import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";

import { startWorld, type World } from "#sandbox/start-world.ts";
import { createServerDatabase } from "#tests/setup/open-test-database.ts";

import { oneBrowser } from "./one-browser.ts";
import { openAdmin, type Admin, type AdminOptions } from "./open-admin.ts";

export const SHOP = "tandem-demo.myshopify.com";

/** The world of one test file, on a database server (an embedded one is in storefront-embedded and demo-tour), and merchants in front of it who leave after each test. */
export interface SharedAdmin {
  readonly world: World;
  enter(options?: Partial<AdminOptions>): Promise<Admin>;
}

/**
 * An error in the console of any merchant's page fails the test, unless the test takes it as expected.
 *
 * @param environment further variables of the app's process, asked for before it starts
 */
export function shareAdmin(
  environment: () => Readonly<Record<string, string>> = () => ({}),
): () => SharedAdmin {
  let open: { world: World; browser: Browser; drop: () => Promise<void> } | undefined;
  const inside: Admin[] = [];
  beforeAll(async () => {
    const { url, drop } = await createServerDatabase();
    const world = await startWorld({ databaseUrl: url, environment: environment() });
    open = { world, browser: await oneBrowser(), drop };
  });
  afterEach(async () => {
    const left = inside.splice(0);
    const problems = left.flatMap((admin) => admin.problems());
    for (const admin of left) await admin.close();
    expect(problems).toEqual([]);
  });
  afterAll(async () => {
    await open?.world.close();
    await open?.drop();
  });
  return () => {
    if (!open) throw new Error("the world is open during tests only");
    const { world, browser } = open;
    return {
      world,
      enter: async (options) => {
        const admin = await openAdmin(world, browser, { shop: SHOP, ...options });
        inside.push(admin);
        return admin;
      },
    };
  };
}

/** From now on every form of this page of the app gets the answer of an app in trouble; its pages still load. */
export function failActions(page: Page, path: string): Promise<unknown> {
  return page.route(
    (url) => url.pathname === path,
    (route) =>
      route.request().method() === "POST"
        ? route.fulfill({ headers: { "x-remix-error": "yes" }, json: { message: "in trouble" } })
        : route.continue(),
  );
}
