import pg from "pg";
import type { Browser, Page } from "playwright-core";

import type { EventReport } from "#sandbox/meta/control/describe-state.ts";
import { watchedPage } from "#tests/setup/sandbox/open-browser.ts";
import type { OrderRecord } from "#sandbox/shopify/store.ts";
import { startWorld, type World, type WorldOptions } from "#sandbox/start-world.ts";
import { createServerDatabase } from "#tests/setup/open-test-database.ts";

import { oneBrowser } from "./one-browser.ts";

/** A shop of the sandbox with the real app behind it, on PostgreSQL so that its rows can be read while it runs. */
export interface Storefront {
  readonly world: World;
  readonly shop: string;
  readonly dataset: string;
  readonly url: string;
  readonly browser: Browser;
  /**
   * A new visitor in a browser that remembers nothing.
   * @param tolerated console errors that the test itself causes
   * @param clock the browser's, Unix milliseconds; set before the first page, because a page that is running sees the
   *   year 1970 for the moment of the change, and makes identifiers of it
   */
  visit(switches?: string, tolerated?: RegExp, clock?: number): Promise<Visitor>;
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** What the app made of an order; undefined until it knows it. */
  conversion(order: OrderRecord): Promise<ConversionRow | undefined>;
  /** What Meta holds under the order's number. */
  purchase(order: OrderRecord): EventReport | undefined;
  /** Every Purchase that Meta has received, whatever its ID. */
  purchases(): EventReport[];
  close(): Promise<void>;
}

export interface ConversionRow {
  readonly event_id: string;
  readonly pairing: string;
  readonly via: string;
  readonly value: string;
  /** `delivered`, or `skipped: no_consent` and so on. */
  readonly delivery: string;
}

export interface Visitor {
  readonly page: Page;
  /** Console errors and failed scripts since the first page, without the tolerated ones. */
  problems(): string[];
  /** The shop's first page, until Meta's script has given this browser its ID. */
  arrive(): Promise<void>;
  /** Product, cart, checkout, "Pay now": ends on the thank-you page (or on the offer before it). */
  buy(): Promise<OrderRecord>;
  /** From a product to the checkout page. */
  toCheckout(): Promise<void>;
  pay(): Promise<OrderRecord>;
  /** The value of a cookie of the shop, or undefined. */
  cookie(name: string): Promise<string | undefined>;
  cartAttributes(): Promise<Record<string, string>>;
  accept(): Promise<void>;
  decline(): Promise<void>;
  close(): Promise<void>;
}

export const DEMO_SHOP = "tandem-demo.myshopify.com";
/** Germany: where the regional policy wants recorded consent. */
export const GERMAN_SHOP = "radhaus-berlin.myshopify.com";
export const DATASET = "1234567890123456";

export interface StorefrontOptions extends Pick<WorldOptions, "webhookTimeScale"> {
  readonly shop?: string;
  /** How long the server copy waits for the browser's report. Seconds; the app's default when absent. */
  readonly reportWaitSeconds?: number;
  /** Which copies are made of which event, as the store's settings hold it; the app's defaults when absent. */
  readonly events?: Readonly<Record<string, string>>;
}

/** Starts everything: a database on the run's server, the sandboxes, the app; installs it, connects a dataset, switches the embed on. */
export async function openStorefront(options: StorefrontOptions = {}): Promise<Storefront> {
  const { shop = DEMO_SHOP } = options;
  const { url: databaseUrl, drop } = await createServerDatabase();
  const world = await startWorld({
    databaseUrl,
    ...(options.webhookTimeScale === undefined ? {} : { webhookTimeScale: options.webhookTimeScale }),
  });
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const query = async <Row extends object>(sql: string, values: readonly unknown[] = []) =>
    (await client.query<Row>(sql, [...values])).rows;
  const browser = await oneBrowser();
  await prepareShop(world, shop, async () => {
    if (options.events) await query("UPDATE store SET events = $1", [JSON.stringify(options.events)]);
  });
  if (options.reportWaitSeconds !== undefined)
    await query("UPDATE store SET report_wait_seconds = $1", [options.reportWaitSeconds]);
  const url = world.shopify.store(shop).storefrontUrl;

  return {
    world,
    shop,
    dataset: DATASET,
    url,
    browser,
    query,
    visit: (switches, tolerated, clock) => visitShop(world, browser, shop, switches, tolerated, clock),
    conversion: async (order) => {
      const [row] = await query<ConversionRow>(
        `SELECT c.event_id, c.pairing, c.via, c.value::text,
                (SELECT string_agg(concat_ws(': ', d.state, d.skip_reason), ', ') FROM delivery d
                 WHERE d.conversion_id = c.id) AS delivery
         FROM conversion c WHERE c.order_id = $1`,
        [order.id],
      );
      return row;
    },
    purchase: (order) => world.meta.event(DATASET, "Purchase", String(order.payload.order_number)),
    purchases: () => world.meta.events({ dataset: DATASET, name: "Purchase" }),
    close: async () => {
      await client.end();
      await world.close();
      await drop();
    },
  };
}

/**
 * What a merchant does: open the app, connect a dataset, switch the embed on in the theme editor.
 * @param choose settings, before Shopify's side learns of them with the dataset
 */
export async function prepareShop(
  world: World,
  shop: string,
  choose: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await world.signIn(shop);
  await choose();
  await world.connectDataset(shop, DATASET);
  world.shopify.store(shop).embed.active = true;
}

/** Errors that Chromium reports for what a test itself has taken away: an address that is blocked or down. */
export const BLOCKED = /Content Security Policy|ERR_BLOCKED_BY_CSP|ERR_BLOCKED_BY_CLIENT/;
export const APP_DOWN = /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|502/;

export async function visitShop(
  world: World,
  browser: Browser,
  shop: string,
  switches?: string,
  tolerated = /^$/,
  clock?: number,
): Promise<Visitor> {
  const store = world.shopify.store(shop);
  const { page, problems } = await watchedPage(browser);
  if (clock !== undefined) await page.clock.setSystemTime(clock);
  if (switches !== undefined) await page.goto(`${store.storefrontUrl}/__switches?${switches}`);

  /** The checkout's token is in its address; the order is the one that was placed with it. */
  const orderOfPage = (): OrderRecord => {
    const token = /\/checkouts\/cn\/([0-9a-f]+)\//.exec(page.url())?.[1];
    const order = [...store.orders.values()].find(({ payload }) => payload.checkout_token === token);
    if (!order) throw new Error(`no order was placed with the checkout of ${page.url()}`);
    return order;
  };
  const visitor: Visitor = {
    page,
    problems: () => problems.filter((problem) => !tolerated.test(problem)),
    arrive: async () => {
      await page.goto(store.storefrontUrl);
      await page.waitForFunction(() => document.cookie.includes("_fbp="));
    },
    toCheckout: async () => {
      await page.goto(`${store.storefrontUrl}/products/tee`);
      await page.click("button[name=add]");
      await page.click("button[name=checkout]");
      await page.waitForURL(/\/checkouts\//);
    },
    pay: async () => {
      await page.click("button[name=pay]");
      await page.waitForURL(/\/(thank-you|post-purchase)$/);
      return orderOfPage();
    },
    buy: async () => {
      await visitor.toCheckout();
      return visitor.pay();
    },
    cookie: async (name) =>
      (await page.context().cookies(store.storefrontUrl)).find((cookie) => cookie.name === name)?.value,
    cartAttributes: () =>
      page.evaluate(async () => {
        const cart = (await (await fetch("/cart.js")).json()) as { attributes: Record<string, string> };
        return cart.attributes;
      }),
    accept: () => page.click("[data-consent=accept]"),
    decline: () => page.click("[data-consent=decline]"),
    close: () => page.close(),
  };
  return visitor;
}

/** How Meta counted one Purchase, short enough to compare at a glance. */
export function verdict(event: EventReport | undefined) {
  return event === undefined
    ? undefined
    : {
        id: event.id,
        copies: event.copies.map(({ channel }) => channel).sort(),
        counted: event.counted,
        differences: event.differences,
      };
}
