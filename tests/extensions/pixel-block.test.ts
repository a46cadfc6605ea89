import { readFileSync } from "node:fs";
import path from "node:path";
import { Liquid } from "liquidjs";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const FOLDER = path.resolve(import.meta.dirname, "../../extensions/storefront-pixel");
const SOURCE = readFileSync(path.join(FOLDER, "blocks/pixel.liquid"), "utf8");
const [TEMPLATE = "", SCHEMA = ""] = SOURCE.split(/\{% (?:end)?schema %\}/);

/** The block as Shopify renders it: `json` escapes what could end the script tag, `asset_url` points to the CDN. */
function render(scope: object): string {
  const engine = new Liquid({ strictFilters: true });
  engine.registerFilter("json", (value: unknown) =>
    JSON.stringify(value ?? null).replace(
      /[<>&]/g,
      (character) => `\\u00${character.charCodeAt(0).toString(16)}`,
    ),
  );
  engine.registerFilter("asset_url", (name: string) => `https://cdn.shopify.com/extensions/x/assets/${name}`);
  return engine.parseAndRenderSync(TEMPLATE, scope) as string;
}

function data(scope: object): unknown {
  const json = /<script type="application\/json" id="tandem-pixel">(.*?)<\/script>/s.exec(render(scope))?.[1];
  return JSON.parse(json ?? "");
}

const SETTINGS = {
  v: 1,
  datasets: ["1111111111"],
  heartbeat: 1,
  fbevents: "https://meta.example/f.js",
  ldu: true,
};
/** Where Shopify keeps the second script. */
const beat = "https://cdn.shopify.com/extensions/x/assets/heartbeat.js";
const STORE = {
  shop: { permanent_domain: "hats.myshopify.com" },
  request: { page_type: "product" },
  app: { metafields: { tandem: { storefront: { value: SETTINGS } } } },
};

// Nothing offline checks a block's schema: Shopify would refuse it at deployment. Rules: theme app extension reference.
describe("schema", () => {
  const Block = z.strictObject({
    name: z.string(),
    target: z.enum(["section", "head", "body", "compliance_head"]),
    settings: z.array(z.never()),
  });
  const block = Block.parse(JSON.parse(SCHEMA));

  it("is an app embed in the head", () => {
    expect(block.target).toBe("head");
  });

  it("has a name of at most 25 characters, from the locale file", () => {
    const locale = JSON.parse(readFileSync(path.join(FOLDER, "locales/en.default.schema.json"), "utf8")) as {
      blocks: { pixel: { name: string } };
    };
    expect(block.name).toBe("t:blocks.pixel.name");
    expect(locale.blocks.pixel.name.length).toBeLessThanOrEqual(25);
  });
});

describe("what the page gets", () => {
  it("is the store's settings and the kind of page", () => {
    expect(data(STORE)).toEqual({
      shop: "hats.myshopify.com",
      page: "product",
      beat,
      settings: SETTINGS,
    });
  });

  it("is still JSON before the app has written its settings", () => {
    const { shop, request } = STORE;
    expect(data({ shop, request, app: { metafields: {} } })).toEqual({
      shop: "hats.myshopify.com",
      page: "product",
      beat,
      settings: null,
    });
  });

  it("is escaped: a value cannot leave its script tag", () => {
    const value = { ...SETTINGS, fbevents: "</script><script>alert(1)</script>" };
    const scope = { ...STORE, app: { metafields: { tandem: { storefront: { value } } } } };
    expect(render(scope).match(/<script/g)).toHaveLength(2);
    expect(data(scope)).toMatchObject({ settings: { fbevents: value.fbevents } });
  });

  it("blocks nothing and draws nothing", () => {
    const html = render(STORE);
    expect(html).toContain(
      '<script src="https://cdn.shopify.com/extensions/x/assets/pixel.js" async></script>',
    );
    expect(html.replace(/<script[^>]*>.*?<\/script>/gs, "").trim()).toBe("");
  });
});

describe("on a customer's order page", () => {
  const at = (iso: string) => ({ created_at: iso });
  const order = (transactions: object[]) => ({
    ...STORE,
    request: { page_type: "customers/order" },
    order: { id: 6100000000001, financial_status: "paid", ...at("2026-09-01T10:00:00Z"), transactions },
  });
  const paidAt = (scope: object) => (data(scope) as { order: { paidAt: number } }).order.paidAt;

  it("adds the order", () => {
    expect(data(order([]))).toMatchObject({
      page: "customers/order",
      order: { id: 6100000000001, status: "paid", paidAt: Date.UTC(2026, 8, 1, 10) / 1000 },
    });
  });

  it("dates the payment by the last successful sale or capture", () => {
    const scope = order([
      { kind: "authorization", status: "success", ...at("2026-09-04T10:00:00Z") },
      { kind: "capture", status: "success", ...at("2026-09-03T10:00:00Z") },
      { kind: "sale", status: "success", ...at("2026-09-02T10:00:00Z") },
      { kind: "capture", status: "failure", ...at("2026-09-05T10:00:00Z") },
    ]);
    expect(paidAt(scope)).toBe(Date.UTC(2026, 8, 3, 10) / 1000);
  });
});
