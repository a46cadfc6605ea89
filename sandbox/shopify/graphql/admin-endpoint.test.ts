import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { AdminDesk, HOUR, SHOP, type Answer } from "#tests/setup/sandbox/admin-desk.ts";

const PIXEL_TOML = `
type = "web_pixel_extension"
[settings]
type = "object"
[settings.fields.accountID]
name = "Account"
type = "single_line_text_field"
validations = [{ name = "min", value = "1" }]
[settings.fields.note]
name = "Note"
type = "single_line_text_field"
`;

const webPixelToml = join(mkdtempSync(join(tmpdir(), "pixel-")), "shopify.extension.toml");
writeFileSync(webPixelToml, PIXEL_TOML);
const desk = await AdminDesk.open({ webPixelToml });
afterAll(() => desk.sandbox.close());
beforeEach(() => desk.refresh());

describe("the endpoint of the Admin API", () => {
  it("turns away unknown, foreign, expired and revoked tokens, and unknown versions", async () => {
    const foreign = desk.sandbox.tokens.issueOffline("radhaus-berlin.myshopify.com", []).access.token;
    expect((await desk.post("{ shop { id } }", {}, "shpat_nobody")).status).toBe(401);
    expect((await desk.post("{ shop { id } }", {}, foreign)).status).toBe(401);
    expect((await desk.post("{ shop { id } }", {}, desk.token, "2019-04")).status).toBe(404);
    desk.clock += HOUR;
    expect((await desk.post("{ shop { id } }")).status).toBe(401);
    void desk.sandbox.uninstall(SHOP, { lost: true });
    expect((await desk.post("{ shop { id } }")).status).toBe(403);
  });

  it("says that a field does not exist the way Shopify says it", async () => {
    const { errors, data } = await desk.ask("query Settings { shop { id handle } }");
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
    const { installation } = desk.sandbox.store(SHOP);
    if (installation) installation.scopes = ["write_pixels"];
    const { errors } = await desk.ask("{ orders(first: 1) { nodes { id } } }");
    expect(errors?.[0]?.extensions?.["code"]).toBe("ACCESS_DENIED");
    if (installation) installation.scopes = ["read_orders", "write_pixels", "read_customer_events"];
  });
});

describe("shop and installation", () => {
  it("tells time zone, currency, plan and granted scopes", async () => {
    const { data } = await desk.ask(`{
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
    const ownerId = `gid://shopify/AppInstallation/${desk.sandbox.store(SHOP).installation?.id ?? ""}`;
    const { data } = await desk.ask(SET, { metafields: [{ ownerId, ...field, ...change }] });
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
    expect(desk.sandbox.store(SHOP).metafields.get("tandem.storefront")?.value).toBe('{"v":1}');
  });
});

describe("the web pixel", () => {
  const create = (settings: unknown) =>
    desk.ask(
      `mutation ($webPixel: WebPixelInput!) { webPixelCreate(webPixel: $webPixel) { webPixel { id settings } userErrors { code field message } } }`,
      { webPixel: { settings } },
    );
  const codeOf = (answer: Answer): unknown =>
    (answer.data as { webPixelCreate?: { userErrors: { code: string }[] } } | undefined)?.webPixelCreate
      ?.userErrors[0]?.code;

  it("takes the settings of the toml, once", async () => {
    expect((await desk.ask("{ webPixel { id } }")).errors).toHaveLength(1);
    expect(codeOf(await create("not json"))).toBe("INVALID_CONFIGURATION_JSON");
    expect(codeOf(await create('{"accountID":""}'))).toBe("INVALID_SETTINGS");
    expect(codeOf(await create('{"accountID":"a","more":"b"}'))).toBe("INVALID_SETTINGS");
    expect(codeOf(await create('{"accountID":"a","note":1}'))).toBe("INVALID_SETTINGS");
    expect(codeOf(await create('{"accountID":"a"}'))).toBeUndefined();
    expect(codeOf(await create('{"accountID":"a"}'))).toBe("TAKEN");
    expect((await desk.ask("{ webPixel { settings } }")).data).toEqual({
      webPixel: { settings: '{"accountID":"a"}' },
    });
  });

  it("is updated by its own ID only", async () => {
    const update = (id: string) =>
      desk.ask(
        `mutation ($id: ID!) { webPixelUpdate(id: $id, webPixel: { settings: "{\\"accountID\\":\\"b\\"}" }) { webPixel { id } userErrors { code } } }`,
        { id },
      );
    const id = desk.sandbox.store(SHOP).webPixel?.id ?? "";
    expect((await update("gid://shopify/WebPixel/0")).data).toMatchObject({
      webPixelUpdate: { webPixel: null, userErrors: [{ code: "NOT_FOUND" }] },
    });
    expect((await update(id)).data).toMatchObject({ webPixelUpdate: { webPixel: { id }, userErrors: [] } });
  });
});

describe("cost", () => {
  it("is told, and a query beyond 1,000 points is refused whatever the bucket holds", async () => {
    const { extensions } = await desk.ask("{ shop { name plan { shopifyPlus } } }");
    expect(extensions?.cost).toMatchObject({
      requestedQueryCost: 2,
      throttleStatus: { maximumAvailable: 2000, restoreRate: 100 },
    });
    const dear = await desk.ask("{ orders(first: 250) { nodes { lineItems(first: 5) { nodes { id } } } } }");
    expect(dear.errors?.[0]?.extensions?.["code"]).toBe("MAX_COST_EXCEEDED");
  });

  it("throttles with HTTP 200 when the bucket is empty, and heals at 100 points a second", async () => {
    desk.sandbox.admin.bucket(desk.sandbox.store(SHOP)).empty();
    const query = "{ orders(first: 50) { nodes { id customer { id } } } }";
    const response = await desk.post(query);
    expect(response.status).toBe(200);
    expect(((await response.json()) as Answer).errors?.[0]?.extensions?.["code"]).toBe("THROTTLED");
    desk.clock += 2000;
    expect((await desk.ask(query)).errors).toBeUndefined();
  });
});
