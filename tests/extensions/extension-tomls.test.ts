import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "smol-toml";
import { describe, expect, it } from "vitest";

const EXTENSIONS = path.resolve(import.meta.dirname, "../../extensions");
const read = (name: string) =>
  parse(readFileSync(path.join(EXTENSIONS, name, "shopify.extension.toml"), "utf8"));

describe("checkout-pixel", () => {
  const toml = read("checkout-pixel");

  it("runs in the strict sandbox and loads only with marketing consent, under Limited Data Use", () => {
    expect(toml).toMatchObject({
      type: "web_pixel_extension",
      handle: "checkout-pixel",
      runtime_context: "strict",
      customer_privacy: { analytics: false, marketing: true, preferences: false, sale_of_data: "ldu" },
    });
  });

  it("declares exactly the settings that the app writes: webPixelCreate refuses any other", () => {
    const settings = toml["settings"] as { type: string; fields: Record<string, { type: string }> };
    expect(settings.type).toBe("object");
    expect(Object.keys(settings.fields)).toEqual(["appUrl", "trUrl", "accountID", "funnel"]);
    for (const field of Object.values(settings.fields)) expect(field.type).toBe("single_line_text_field");
  });
});

describe("storefront-pixel", () => {
  it("is a theme app extension", () => {
    expect(read("storefront-pixel")).toMatchObject({ type: "theme", handle: "storefront-pixel" });
  });

  it("uploads nothing but what Shopify takes: sources are ignored, the assets are there", () => {
    const folder = path.join(EXTENSIONS, "storefront-pixel");
    const ignored = readFileSync(path.join(folder, ".shopifyignore"), "utf8").split("\n");
    expect(ignored).toContain("src/*");
    const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual(["assets", "blocks", "locales", "src"]);
    expect(readdirSync(path.join(folder, "assets")).sort()).toEqual(["heartbeat.js", "pixel.js"]);
  });
});
