import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readAppFile, readPixelFile } from "./app-files.ts";
import { startShopify } from "./start-shopify.ts";

function fileOf(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), "toml-")), "shopify.toml");
  writeFileSync(file, text);
  return file;
}

describe("subscriptions", () => {
  it("come from shopify.app.toml, compliance topics included", () => {
    const file = fileOf(`
      client_id = "x" # comment
      [webhooks]
      api_version = "2026-10"
        [[webhooks.subscriptions]]
        topics = [
          "orders/paid",
        ]
        uri = "/webhooks/orders-paid"
        name = "paid"
        [[webhooks.subscriptions]]
        compliance_topics = [ "customers/redact", "shop/redact" ]
        uri = "https://app.example/webhooks/privacy"
    `);
    expect(readAppFile(file).subscriptions).toEqual([
      { topic: "orders/paid", path: "/webhooks/orders-paid", name: "paid" },
      { topic: "customers/redact", path: "/webhooks/privacy" },
      { topic: "shop/redact", path: "/webhooks/privacy" },
    ]);
  });
});

describe("a malformed file is reported, never guessed at", () => {
  it.each([
    ["a table that is not closed", "[webhooks", /shopify\.toml: .*/s],
    ["a value that is no value", 'name = "x"\nhandle = tandem', /shopify\.toml: .*2:/s],
    ["a name given twice", 'name = "x"\nname = "y"', /shopify\.toml: .*2:/s],
    ["a subscription without an address", '[[webhooks.subscriptions]]\ntopics = ["orders/paid"]', /uri/],
    ["scopes that are no text", "[access_scopes]\nscopes = 1", /access_scopes\.scopes/],
  ])("%s", async (_, text, message) => {
    const file = fileOf(text);
    expect(() => readAppFile(file)).toThrow(message);
    const started = startShopify({
      appUrl: "http://localhost:1",
      apiKey: "k",
      apiSecret: "s",
      appToml: file,
    });
    await expect(started).rejects.toThrow(file);
  });

  it("is undefined for an app without a web pixel extension", () => {
    expect(readPixelFile(undefined)).toBeUndefined();
    expect(readPixelFile("/nowhere/shopify.extension.toml")).toBeUndefined();
    expect(readPixelFile(fileOf('type = "theme"'))).toBeUndefined();
  });
});
