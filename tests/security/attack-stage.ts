import { BROWSER_AGENT, API_SECRET, startWorld, type World } from "#sandbox/start-world.ts";
import { withOwnShopId } from "#sandbox/shopify/orders/order-json.ts";
import { openTestDatabase, type TestDatabase } from "#tests/setup/open-test-database.ts";
import { orderBody, webhookRequest } from "./webhook-desk.ts";

export const MINE = "tandem-demo.myshopify.com";
export const THEIRS = "kawa-goods.myshopify.com";

/** The real process on a database that can be looked into meanwhile, with two stores signed in. */
export interface AttackStage {
  readonly world: World;
  readonly test: TestDatabase;
  /** A signed webhook; gives the status. */
  webhook(topic: string, shop: string, body: string, headers?: Record<string, string>): Promise<number>;
  /** The fixture as an order of this store, paid at `at` (Unix milliseconds); gives the status. */
  pay(shop: string, id: string, at: number, more?: Record<string, unknown>): Promise<number>;
  /** As a browser asks, with a session token where one is given. */
  ask(path: string, token?: string, init?: RequestInit): Promise<Response>;
  /** A page of the admin as Shopify opens it in its frame, for the store MINE. */
  launch(path: string): Promise<Response>;
  close(): Promise<void>;
}

export async function openAttackStage(): Promise<AttackStage> {
  const test = await openTestDatabase("server");
  const world = await startWorld({ databaseUrl: test.url, environment: { TRUSTED_PROXIES: "1" } });
  await world.signIn(MINE);
  await world.signIn(THEIRS);
  const to = { origin: world.app.url, secret: API_SECRET };
  const webhook: AttackStage["webhook"] = async (topic, shop, body, headers = {}) =>
    (await fetch(webhookRequest(topic, shop, body, headers, to))).status;
  return {
    world,
    test,
    webhook,
    pay: (shop, id, at, more) =>
      webhook("orders/paid", shop, withOwnShopId(orderBody(id, at, more), world.shopify.store(shop).id)),
    ask: (path, token, init = {}) =>
      fetch(world.app.url + path, {
        ...init,
        redirect: "manual",
        headers: {
          "user-agent": BROWSER_AGENT,
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...init.headers,
        },
      }),
    launch: async (path) =>
      fetch(await world.shopify.launchUrl(MINE, path), { headers: { "user-agent": BROWSER_AGENT } }),
    close: async () => {
      await world.close();
      await test.destroy();
    },
  };
}
