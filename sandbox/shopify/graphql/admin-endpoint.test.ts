import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startShopify, type ShopifySandbox } from "../start-shopify.ts";

const SHOP = "tandem-demo.myshopify.com";
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.parse("2026-06-15T12:00:00Z");
let clock = START;
let sandbox: ShopifySandbox;
let token = "";

const PIXEL_TOML = `
type = "web_pixel_extension"
[settings]
type = "object"
[settings.fields.accountID]
name = "Account"
type = "single_line_text_field"
validations = [{ name = "min", value = "1" }]
`;

beforeAll(async () => {
  const toml = join(mkdtempSync(join(tmpdir(), "pixel-")), "shopify.extension.toml");
  writeFileSync(toml, PIXEL_TOML);
  sandbox = await startShopify({
    appUrl: "http://localhost:1",
    apiKey: "key",
    apiSecret: "secret",
    webPixelToml: toml,
    now: () => clock,
  });
});
afterAll(() => sandbox.close());

beforeEach(() => {
  clock += HOUR;
  sandbox.store(SHOP).orders.clear();
  sandbox.install(SHOP);
  token = sandbox.tokens.issueOffline(SHOP, [], true).access.token;
});

interface Answer {
  readonly data?: Record<string, never> | null;
  readonly errors?: { message: string; path?: string[]; extensions?: Record<string, unknown> }[];
  readonly extensions?: {
    cost: { requestedQueryCost: number; throttleStatus: Record<string, number> };
    search?: unknown[];
  };
}

async function post(query: string, variables: object = {}, given = token, version = "2026-10") {
  return fetch(`${sandbox.url}/admin/api/${version}/graphql.json`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-sandbox-host": SHOP, "x-shopify-access-token": given },
    body: JSON.stringify({ query, variables }),
  });
}
const ask = async (query: string, variables?: object): Promise<Answer> =>
  (await (await post(query, variables)).json()) as Answer;

describe("the door of the Admin API", () => {
  it("turns away unknown, foreign, expired and revoked tokens, and unknown versions", async () => {
    const foreign = sandbox.tokens.issueOffline("radhaus-berlin.myshopify.com", [], true).access.token;
    expect((await post("{ shop { id } }", {}, "shpat_nobody")).status).toBe(401);
    expect((await post("{ shop { id } }", {}, foreign)).status).toBe(401);
    expect((await post("{ shop { id } }", {}, token, "2019-04")).status).toBe(404);
    clock += HOUR;
    expect((await post("{ shop { id } }")).status).toBe(401);
    void sandbox.uninstall(SHOP, { lost: true });
    expect((await post("{ shop { id } }")).status).toBe(403);
  });

  it("says that a field does not exist the way Shopify says it", async () => {
    const { errors, data } = await ask("query Settings { shop { id handle } }");
    expect(data).toBeUndefined();
    expect(errors).toEqual([
      {
        message: "Field 'handle' doesn't exist on type 'Shop'",
        locations: [{ line: 1, column: 28 }],
        path: ["query Settings", "shop", "handle"],
        extensions: { code: "undefinedField", typeName: "Shop", fieldName: "handle" },
      },
    ]);
  });

  it("refuses what the granted scopes do not cover", async () => {
    const { installation } = sandbox.store(SHOP);
    if (installation) installation.scopes = ["write_pixels"];
    const { errors } = await ask("{ orders(first: 1) { nodes { id } } }");
    expect(errors?.[0]?.extensions?.["code"]).toBe("ACCESS_DENIED");
    if (installation) installation.scopes = ["read_orders", "write_pixels", "read_customer_events"];
  });
});

describe("shop and installation", () => {
  it("tells time zone, currency, plan and granted scopes", async () => {
    const { data } = await ask(`{
      shop { name myshopifyDomain ianaTimezone currencyCode plan { shopifyPlus } billingAddress { countryCodeV2 } }
      currentAppInstallation { id accessScopes { handle } }
    }`);
    expect(data).toMatchObject({
      shop: {
        name: "Tandem Demo",
        myshopifyDomain: SHOP,
        ianaTimezone: "America/Los_Angeles",
        currencyCode: "USD",
        plan: { shopifyPlus: false },
        billingAddress: { countryCodeV2: "US" },
      },
      currentAppInstallation: {
        accessScopes: [
          { handle: "read_orders" },
          { handle: "write_pixels" },
          { handle: "read_customer_events" },
        ],
      },
    });
  });
});

const SET = `mutation Set($metafields: [MetafieldsSetInput!]!) {
  metafieldsSet(metafields: $metafields) { metafields { namespace key value } userErrors { field message code } }
}`;

describe("app-owned metafields", () => {
  const field = { namespace: "tandem", key: "storefront", type: "json", value: '{"v":1}' };
  const set = async (change: object) => {
    const ownerId = `gid://shopify/AppInstallation/${sandbox.store(SHOP).installation?.id ?? ""}`;
    const { data } = await ask(SET, { metafields: [{ ownerId, ...field, ...change }] });
    return (data as { metafieldsSet: { metafields: unknown; userErrors: { code: string }[] } } | undefined)
      ?.metafieldsSet;
  };

  it("are written for the app's own installation only, as valid JSON only", async () => {
    expect(await set({})).toEqual({
      metafields: [{ namespace: "tandem", key: "storefront", value: '{"v":1}' }],
      userErrors: [],
    });
    expect((await set({ ownerId: "gid://shopify/AppInstallation/1" }))?.userErrors[0]?.code).toBe(
      "APP_NOT_AUTHORIZED",
    );
    expect((await set({ value: "{" }))?.userErrors[0]?.code).toBe("INVALID_VALUE");
    expect(sandbox.store(SHOP).metafields.get("tandem.storefront")?.value).toBe('{"v":1}');
  });
});

describe("the web pixel", () => {
  const create = (settings: unknown) =>
    ask(
      `mutation ($webPixel: WebPixelInput!) { webPixelCreate(webPixel: $webPixel) { webPixel { id settings } userErrors { code field message } } }`,
      { webPixel: { settings } },
    );
  const codeOf = (answer: Answer): unknown =>
    (answer.data as { webPixelCreate?: { userErrors: { code: string }[] } } | undefined)?.webPixelCreate
      ?.userErrors[0]?.code;

  it("takes the settings of the toml, once", async () => {
    expect((await ask("{ webPixel { id } }")).errors).toHaveLength(1);
    expect(codeOf(await create("not json"))).toBe("INVALID_CONFIGURATION_JSON");
    expect(codeOf(await create('{"accountID":""}'))).toBe("INVALID_SETTINGS");
    expect(codeOf(await create('{"accountID":"a","more":"b"}'))).toBe("INVALID_SETTINGS");
    expect(codeOf(await create('{"accountID":"a"}'))).toBeUndefined();
    expect(codeOf(await create('{"accountID":"a"}'))).toBe("TAKEN");
    expect((await ask("{ webPixel { settings } }")).data).toEqual({
      webPixel: { settings: '{"accountID":"a"}' },
    });
  });

  it("is updated and deleted by its own ID only", async () => {
    const update = (id: string) =>
      ask(
        `mutation ($id: ID!) { webPixelUpdate(id: $id, webPixel: { settings: "{\\"accountID\\":\\"b\\"}" }) { webPixel { id } userErrors { code } } }`,
        { id },
      );
    const id = sandbox.store(SHOP).webPixel?.id ?? "";
    expect((await update("gid://shopify/WebPixel/0")).data).toMatchObject({
      webPixelUpdate: { webPixel: null, userErrors: [{ code: "NOT_FOUND" }] },
    });
    expect((await update(id)).data).toMatchObject({ webPixelUpdate: { webPixel: { id }, userErrors: [] } });
    await ask(`mutation { webPixelDelete(id: "${id}") { deletedWebPixelId userErrors { code } } }`);
    expect(sandbox.store(SHOP).webPixel).toBeUndefined();
  });
});

describe("orders", () => {
  const names = async (query: string, more = "sortKey: UPDATED_AT") => {
    const answer = await ask(
      `query ($q: String) { orders(first: 50, query: $q, ${more}) { nodes { name } } }`,
      { q: query },
    );
    return (answer.data as { orders: { nodes: { name: string }[] } } | undefined)?.orders.nodes.map(
      ({ name }) => name,
    );
  };

  it("are the webhook's orders in the Admin API's words", async () => {
    const order = sandbox.placeOrder(SHOP, {
      country: "US",
      lines: [{ variantId: 40000000000001n, quantity: 3 }],
      discountPercent: 40,
      noteAttributes: [{ name: "_fbp", value: "fb.1.1758805031025.600000001" }],
      checkoutToken: "abc",
    });
    const { data } = await ask(`{ order(id: "gid://shopify/Order/${order.id}") {
      legacyResourceId number test sourceName checkoutToken displayFinancialStatus fullyPaid clientIp createdAt
      totalPriceSet { shopMoney { amount currencyCode } } customAttributes { key value } email
      lineItems(first: 5) { nodes { quantity discountedUnitPriceAfterAllDiscountsSet { shopMoney { amount } } product { legacyResourceId } } }
      transactions { kind status processedAt } shippingAddress { countryCodeV2 } customer { legacyResourceId }
    } }`);
    expect(data).toMatchObject({
      order: {
        legacyResourceId: order.id,
        number: order.payload.order_number,
        checkoutToken: "abc",
        displayFinancialStatus: "PAID",
        clientIp: order.payload.browser_ip,
        customAttributes: [{ key: "_fbp", value: "fb.1.1758805031025.600000001" }],
        email: order.payload.email,
        // 3 x 15.95 less 40 % is 28.71, a third of it 9.57: the figures of the public sample order.
        lineItems: {
          nodes: [
            {
              quantity: 3,
              discountedUnitPriceAfterAllDiscountsSet: { shopMoney: { amount: "9.57" } },
              product: { legacyResourceId: "7000000000001" },
            },
          ],
        },
        transactions: [{ kind: "SALE", status: "SUCCESS" }],
        shippingAddress: { countryCodeV2: "US" },
      },
    });
  });

  it("are found by time, payment and token; a late payment moves updated_at but not created_at", async () => {
    const early = sandbox.placeOrder(SHOP, { at: clock - 3 * DAY, paid: false, checkoutToken: "tok1" });
    const fresh = sandbox.placeOrder(SHOP, { checkoutToken: "tok2" });
    const since = new Date(clock - HOUR).toISOString();
    expect(await names(`updated_at:>='${since}' AND financial_status:paid`)).toEqual([fresh.payload.name]);
    void sandbox.pay(SHOP, early.id, { lost: true });
    expect(await names(`updated_at:>='${since}' financial_status:paid`)).toEqual([
      early.payload.name,
      fresh.payload.name,
    ]);
    expect(await names(`created_at:<'${since}'`)).toEqual([early.payload.name]);
    expect(await names("checkout_token:tok2")).toEqual([fresh.payload.name]);
    expect(await names(`id:${early.id} OR id:${fresh.id}`)).toHaveLength(2);
    expect(await names(`-checkout_token:tok2`)).toEqual([early.payload.name]);
    expect(await names(`(financial_status:paid,pending) AND id:>=${fresh.id}`)).toEqual([fresh.payload.name]);
  });

  it("come page by page without gaps, newest first when reversed", async () => {
    const placed = Array.from({ length: 7 }, (_, index) =>
      sandbox.placeOrder(SHOP, { at: clock - index * 1000 }),
    );
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const answer = await ask(
        `query ($after: String) { orders(first: 3, after: $after, sortKey: CREATED_AT, reverse: true) { nodes { legacyResourceId } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      const page = (
        answer.data as unknown as {
          orders: {
            nodes: { legacyResourceId: string }[];
            pageInfo: { hasNextPage: boolean; endCursor: string };
          };
        }
      ).orders;
      seen.push(...page.nodes.map((node) => node.legacyResourceId));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(placed.map((order) => order.id));
  });

  it("older than sixty days need read_all_orders", async () => {
    sandbox.placeOrder(SHOP, { at: clock - 61 * DAY });
    expect(await names("")).toEqual([]);
  });

  it("warn of a filter that does not exist", async () => {
    const { extensions } = await ask(`{ orders(first: 1, query: "paid_at:>2026") { nodes { id } } }`);
    expect(extensions?.search).toMatchObject([{ warnings: [{ field: "paid_at", code: "invalid_field" }] }]);
  });

  it("hide protected fields from an app without approval, with errors beside the data", async () => {
    sandbox.placeOrder(SHOP);
    sandbox.admin.faults.redactProtected = true;
    const { data, errors } = await ask("{ orders(first: 1) { nodes { name email } } }");
    sandbox.admin.faults.redactProtected = false;
    expect(data).toMatchObject({ orders: { nodes: [{ email: null }] } });
    expect(errors?.[0]?.path).toEqual(["orders", "nodes", 0, "email"]);
  });
});

describe("cost", () => {
  it("is told, and a query beyond 1,000 points is refused whatever the bucket holds", async () => {
    const { extensions } = await ask("{ shop { name plan { shopifyPlus } } }");
    expect(extensions?.cost).toMatchObject({
      requestedQueryCost: 2,
      throttleStatus: { maximumAvailable: 2000, restoreRate: 100 },
    });
    const dear = await ask("{ orders(first: 250) { nodes { lineItems(first: 5) { nodes { id } } } } }");
    expect(dear.errors?.[0]?.extensions?.["code"]).toBe("MAX_COST_EXCEEDED");
  });

  it("throttles with HTTP 200 when the bucket is empty, and heals at 100 points a second", async () => {
    sandbox.admin.bucket(sandbox.store(SHOP)).empty();
    const query = "{ orders(first: 50) { nodes { id customer { id } } } }";
    const response = await post(query);
    expect(response.status).toBe(200);
    expect(((await response.json()) as Answer).errors?.[0]?.extensions?.["code"]).toBe("THROTTLED");
    clock += 2000;
    expect((await ask(query)).errors).toBeUndefined();
  });
});
