import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { RequestedTokenType, Session, Shopify } from "@shopify/shopify-api";
import { startShopify, type ShopifySandbox } from "../start-shopify.ts";

/** The real library, rerouted as in the demo, against the sandbox over HTTP. */
const SHOP = "tandem-demo.myshopify.com";
const API_KEY = "0123456789abcdef";
const API_SECRET = "shpss_test_secret";
let clock = 0;
const now = (): number => Date.now() + clock;

let sandbox: ShopifySandbox;
let shopify: Shopify;
let requested: typeof RequestedTokenType;

beforeAll(async () => {
  sandbox = await startShopify({ appUrl: "http://localhost:1", apiKey: API_KEY, apiSecret: API_SECRET, now });
  vi.stubEnv("SANDBOX_SHOPIFY_URL", sandbox.url);
  // The adapter that the app's library has: adapters are the process's own, and other test files share this one.
  await import("@shopify/shopify-api/adapters/web-api");
  const library = await import("@shopify/shopify-api");
  requested = library.RequestedTokenType;
  shopify = library.shopifyApi({
    apiKey: API_KEY,
    apiSecretKey: API_SECRET,
    apiVersion: library.ApiVersion.October26,
    hostName: "app.example",
    isEmbeddedApp: true,
    logger: { level: library.LogSeverity.Error },
  });
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await sandbox.close();
});

const exchange = async (token: Promise<string>): Promise<Session> =>
  (
    await shopify.auth.tokenExchange({
      shop: SHOP,
      sessionToken: await token,
      requestedTokenType: requested.OfflineAccessToken,
      expiring: true,
    })
  ).session;

const statusOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "ok",
    (error: { response?: { code?: number; body?: { error?: string } } }) => [
      error.response?.code,
      error.response?.body?.error,
    ],
  );

const askShopName = (session: Session): Promise<unknown> =>
  new shopify.clients.Graphql({ session }).request("{ shop { name } }").then((answer) => answer.data);

describe("token exchange through Shopify's own library", () => {
  it("is refused before the merchant has installed the app", async () => {
    expect(await statusOf(exchange(sandbox.idToken(SHOP)))).toEqual([400, "app_not_installed"]);
  });

  it("gives an offline token of an hour with a refresh token, good for the Admin API", async () => {
    sandbox.install(SHOP);
    const session = await exchange(sandbox.idToken(SHOP));
    const seconds = ((session.expires?.getTime() ?? 0) - Date.now()) / 1000;
    expect(seconds).toBeGreaterThan(3590);
    expect(seconds).toBeLessThanOrEqual(3600);
    expect(session.scope).toBe("read_orders,read_customers,write_pixels,read_pixels,read_customer_events");
    expect(session.refreshToken).toMatch(/^shprt_/);
    expect(await askShopName(session)).toEqual({ shop: { name: "Tandem Demo" } });
  });

  it("refuses a token of another secret, an expired one and one of another shop by Shopify's name for it", async () => {
    const stranger = await startShopify({
      appUrl: "http://localhost:1",
      apiKey: API_KEY,
      apiSecret: "other",
    });
    const body = (token: string) => ({
      method: "POST",
      headers: { "content-type": "application/json", "x-sandbox-host": SHOP },
      body: JSON.stringify({
        client_id: API_KEY,
        client_secret: API_SECRET,
        grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
        subject_token: token,
        subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
        requested_token_type: "urn:shopify:params:oauth:token-type:offline-access-token",
        expiring: "1",
      }),
    });
    const tokens = [stranger.idToken(SHOP), sandbox.idToken(SHOP, -1), sandbox.idToken("radhaus-berlin")];
    for (const token of tokens) {
      const answer = await fetch(`${sandbox.url}/admin/oauth/access_token`, body(await token));
      expect(answer.status).toBe(400);
      expect(((await answer.json()) as { error: string }).error).toBe("invalid_subject_token");
    }
    await stranger.close();
  });

  it("refuses tokens that never expire, as for public apps since April 2026", async () => {
    const work = shopify.auth.tokenExchange({
      shop: SHOP,
      sessionToken: await sandbox.idToken(SHOP),
      requestedTokenType: requested.OfflineAccessToken,
      expiring: false,
    });
    expect(await statusOf(work)).toEqual([400, "invalid_request"]);
  });

  it("expires after an hour, refreshes, and keeps the old refresh token until the new one is used", async () => {
    const first = await exchange(sandbox.idToken(SHOP));
    const refresh = async (token: string | undefined) =>
      (await shopify.auth.refreshToken({ shop: SHOP, refreshToken: token ?? "" })).session;
    clock += 3_601_000;
    expect(await statusOf(askShopName(first))).toEqual([401, undefined]);
    const second = await refresh(first.refreshToken);
    expect(await askShopName(second)).toEqual({ shop: { name: "Tandem Demo" } });
    const again = await refresh(first.refreshToken);
    await refresh(again.refreshToken);
    expect(await statusOf(refresh(first.refreshToken))).toEqual([400, "invalid_grant"]);
    clock = 0;
  });

  it("kills every token of a shop at its uninstall; a reinstall starts with new ones", async () => {
    const session = await exchange(sandbox.idToken(SHOP));
    void sandbox.uninstall(SHOP, { lost: true });
    expect(await statusOf(askShopName(session))).toEqual([403, undefined]);
    expect(
      await statusOf(shopify.auth.refreshToken({ shop: SHOP, refreshToken: session.refreshToken ?? "" })),
    ).toEqual([400, "app_not_installed"]);
    sandbox.install(SHOP);
    expect(await askShopName(await exchange(sandbox.idToken(SHOP)))).toEqual({
      shop: { name: "Tandem Demo" },
    });
  });
});
