import type { Page } from "playwright-core";

import type { EventReport } from "#sandbox/meta/control/describe-state.ts";
import type { Storefront, Visitor } from "./open-storefront.ts";

/** Every event of the web pixel with both copies. */
export const ALL_EVENTS = {
  ViewContent: "both",
  ViewCategory: "both",
  Search: "both",
  AddToCart: "both",
  InitiateCheckout: "both",
  AddPaymentInfo: "both",
};
export type WalkEvent = keyof typeof ALL_EVENTS;
export const WALK: readonly WalkEvent[] = [
  "ViewCategory",
  "Search",
  "ViewContent",
  "AddToCart",
  "InitiateCheckout",
  "AddPaymentInfo",
];

/** The scopes without which Shopify tells pixels nothing of a person. */
export function grantPersonalData({ world, shop }: Storefront): void {
  const { installation } = world.shopify.store(shop);
  const fields = ["name", "email", "phone", "address", "personal_data"];
  if (installation)
    installation.scopes = [...installation.scopes, ...fields.map((field) => `read_customer_${field}`)];
}

/** Paths of the requests that a page and its workers make of the app and of Meta, in order; `pages`: where they came from. */
export function listenToTracking(page: Page): { app: string[]; meta: string[]; pages: string[] } {
  const heard = { app: [] as string[], meta: [] as string[], pages: [] as string[] };
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/pixel/")) heard.app.push(pathname);
    if (pathname === "/pixel/events") heard.pages.push(new URL(page.url()).pathname);
    if (pathname === "/tr/" || pathname.endsWith("/fbevents.js")) heard.meta.push(pathname);
  });
  return heard;
}

/** Long enough for a page's events to be gathered and told. */
export const TOLD_MS = 3_000;

/**
 * From a collection over a search to a product, and into the cart: ends on the cart's page.
 *
 * @param told waits until the step has been told; by default a while, for a visitor of whom nothing is told
 */
export async function walkToCart(
  { page }: Visitor,
  url: string,
  told: (name: WalkEvent) => Promise<unknown> = () => page.waitForTimeout(TOLD_MS),
): Promise<void> {
  const steps = [
    ["/collections/all", "ViewCategory"],
    ["/search?q=tee", "Search"],
    ["/products/tee", "ViewContent"],
  ] as const;
  for (const [path, name] of steps) {
    await page.goto(url + path);
    await told(name);
  }
  await page.fill("input[name=quantity]", "2");
  await page.click("button[name=add]");
  await page.waitForURL(/\/cart$/);
  await told("AddToCart");
}

/** How Meta counts the events of one name since `since` (their number before). */
export function counted(events: readonly EventReport[]) {
  return events.map(({ copies, counted: times, differences }) => ({
    copies: copies.map(({ channel }) => channel).sort(),
    counted: times,
    differences,
  }));
}

export const BOTH_ONCE = { copies: ["browser", "server"], counted: 1, differences: [] };
export const SERVER_ONCE = { copies: ["server"], counted: 1, differences: [] };

/** What both copies of an event said, as Meta received it: parameters, and hashes with browser and click ID. */
export function saidOf({ world, dataset }: Storefront, { name, id }: EventReport) {
  const copies = world.meta
    .payloads()
    .filter((each) => each.dataset === dataset && each.name === name && each.id === id);
  return Object.fromEntries(
    copies.map(({ channel, payload }) => {
      const { custom_data = {}, user_data = {}, fbp, fbc } = payload as Payload;
      const person = { fbp, fbc, ...user_data };
      const known = Object.entries(person).filter(
        ([key, value]) => value !== undefined && !/^client_/.test(key),
      );
      return [
        channel,
        {
          // The Pixel's address has texts where the API has numbers; the API may have lists of one.
          parameters: Object.fromEntries(
            Object.entries(custom_data).map(([key, value]) => [key, plain(value)]),
          ),
          person: Object.fromEntries(known.map(([key, value]) => [key, String(value)])),
        },
      ];
    }),
  );
}

interface Payload {
  readonly custom_data?: Record<string, unknown>;
  readonly user_data?: Record<string, unknown>;
  readonly fbp?: string;
  readonly fbc?: string;
}

const plain = (value: unknown): string => (typeof value === "object" ? JSON.stringify(value) : String(value));
