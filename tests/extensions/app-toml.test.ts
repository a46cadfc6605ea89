import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "smol-toml";
import { describe, expect, it } from "vitest";
import { z } from "zod";

import { ADMIN_API_VERSION } from "#app/shopify.server.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const TEXT = readFileSync(path.join(ROOT, "shopify.app.toml"), "utf8");

const AppToml = z.strictObject({
  name: z.literal("Tandem"),
  handle: z.string(),
  client_id: z.string(),
  application_url: z.url({ protocol: /^https$/ }),
  embedded: z.literal(true),
  build: z.object({ include_config_on_deploy: z.literal(true) }).loose(),
  access_scopes: z.strictObject({ scopes: z.string(), use_legacy_install_flow: z.literal(false) }),
  auth: z.strictObject({ redirect_urls: z.array(z.url()).min(1) }),
  webhooks: z.strictObject({
    api_version: z.literal(ADMIN_API_VERSION),
    subscriptions: z.array(
      z.strictObject({
        topics: z.array(z.string()).optional(),
        compliance_topics: z.array(z.string()).optional(),
        uri: z.string(),
      }),
    ),
  }),
  app_proxy: z.strictObject({
    url: z.literal("/proxy"),
    prefix: z.literal("apps"),
    subpath: z.literal("tandem"),
  }),
});

// Strict, because Shopify's CLI accepts unknown keys in silence: a misspelt one would simply not be there.
const app = AppToml.parse(parse(TEXT));
const topicsOf = (key: "topics" | "compliance_topics") =>
  app.webhooks.subscriptions.flatMap((subscription) => subscription[key] ?? []).sort();

describe("shopify.app.toml", () => {
  it("subscribes to payment, uninstall and scope changes, and to all three privacy topics", () => {
    expect(topicsOf("topics")).toEqual(["app/scopes_update", "app/uninstalled", "orders/paid"]);
    expect(topicsOf("compliance_topics")).toEqual([
      "customers/data_request",
      "customers/redact",
      "shop/redact",
    ]);
  });

  it("asks for these scopes and no other; each is explained", () => {
    const scopes = app.access_scopes.scopes.split(",");
    expect(scopes).toEqual([
      "read_orders",
      "read_customers",
      "write_pixels",
      "read_pixels",
      "read_customer_events",
    ]);
    for (const scope of scopes) expect(TEXT).toMatch(new RegExp(`^#\\s+${scope}\\s+\\w+`, "m"));
  });

  it("names placeholders only: no real app, no real address", () => {
    expect(app.client_id).toBe("replace-with-your-client-id");
    for (const address of [app.application_url, ...app.auth.redirect_urls]) {
      expect(new URL(address).hostname).toBe("tandem.example.com");
    }
  });
});

describe("every webhook has the handler that its comment names", () => {
  const handlers = [
    ...TEXT.matchAll(/# Handled by: (\S+)\n\s*\[\[webhooks\.subscriptions\]\]\n.*\n\s*uri = "([^"]+)"/g),
  ];

  it("one comment for each subscription", () => {
    expect(handlers.map((match) => match[2])).toEqual(app.webhooks.subscriptions.map(({ uri }) => uri));
  });

  it.each(handlers.map((match) => [match[2] ?? "", match[1] ?? ""]))("%s -> %s", (uri, file) => {
    expect(existsSync(path.join(ROOT, file))).toBe(true);
    // Remix flat routes: every dot in the file's name is a slash in the address.
    const address = path
      .basename(file)
      .replace(/\.tsx?$/, "")
      .replaceAll(".", "/");
    expect(`/${address}`).toBe(uri);
  });
});
