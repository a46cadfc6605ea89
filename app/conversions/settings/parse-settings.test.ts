import { describe, expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "./settings.ts";
import { parseSettings } from "./parse-settings.ts";

test("what is not given has its default", () => {
  expect(parseSettings({})).toStrictEqual({ ok: true, settings: DEFAULT_SETTINGS });
  const parsed = parseSettings({ valueBasis: "subtotal", sources: { subscription: true } });
  expect(parsed).toStrictEqual({
    ok: true,
    settings: {
      ...DEFAULT_SETTINGS,
      valueBasis: "subtotal",
      sources: { ...DEFAULT_SETTINGS.sources, subscription: true },
    },
  });
});

test("rules are trimmed, kept once whatever their case, and an app's ID may be a number", () => {
  const parsed = parseSettings({
    exclude: [
      { by: "tag", value: " Wholesale " },
      { by: "tag", value: "WHOLESALE" },
      { by: "gateway", value: "wholesale" },
      { by: "app", value: 3041525761 },
      { by: "app", value: "gid://shopify/App/3041525761" },
    ],
  });
  expect(parsed.ok && parsed.settings.exclude).toStrictEqual([
    { by: "tag", value: "Wholesale" },
    { by: "gateway", value: "wholesale" },
    { by: "app", value: "3041525761" },
  ]);
});

describe("an unknown key or value is named", () => {
  test.each([
    [{ eventIDRule: "order_id" }, 'unknown setting "eventIDRule"'],
    [{ sources: { fax: true } }, 'unknown setting "sources.fax"'],
    [{ eventIdRule: "name" }, '"eventIdRule" must be one of order_number, order_id'],
    [{ valueBasis: "net" }, '"valueBasis" must be one of total, without_tax, without_shipping, subtotal'],
    [{ currencySide: null }, '"currencySide" must be one of shop, presentment'],
    [{ contentId: 5 }, '"contentId" must be one of product, variant, sku, shopify_catalogue'],
    [{ consentPolicy: "none" }, '"consentPolicy" must be one of strict, regional, merchant'],
    [{ sources: { pos: "yes" } }, '"sources.pos" must be boolean'],
    [{ sources: [] }, '"sources" must be object'],
    [{ catalogueCountry: "usa" }, '"catalogueCountry" must be an ISO country code such as US'],
    [{ exclude: "wholesale" }, '"exclude" must be array'],
    [{ exclude: { by: "tag", value: "x" } }, '"exclude" must be array'],
    [{ exclude: [{ by: "colour", value: "x" }] }, '"exclude.0.by" must be one of source, app, tag, gateway'],
    [{ exclude: [{ by: "tag", value: "a" }, { by: "tag" }] }, '"exclude.1.value" must be string'],
    [{ exclude: [{ by: "tag", value: " " }] }, '"exclude.0.value" must be a text that is not empty'],
    [
      { exclude: [{ by: "tag", value: "x".repeat(101) }] },
      '"exclude.0.value" must be a text of at most 100 characters',
    ],
    [
      { exclude: [{ by: "tag", value: "a\u0000b" }] },
      '"exclude.0.value" must be a text without control characters',
    ],
    [{ exclude: [{ by: "app", value: true }] }, '"exclude.0.value" must be string'],
    [{ exclude: [{ by: "tag", value: "x", name: "y" }] }, 'unknown setting "exclude.0.name"'],
    [{ exclude: ["tag"] }, '"exclude.0" must be object'],
    [
      { exclude: Array.from({ length: 51 }, (_, each) => ({ by: "tag", value: `t${each}` })) },
      '"exclude" must be a list of at most 50 rules',
    ],
    [[], "settings must be object"],
    [null, "settings must be object"],
    ["total", "settings must be object"],
    [
      { a: 1, valueBasis: "b" },
      '"valueBasis" must be one of total, without_tax, without_shipping, subtotal; unknown setting "a"',
    ],
  ])("%j → %s", (value, message) => {
    expect(parseSettings(value)).toStrictEqual({ ok: false, message });
  });
});
