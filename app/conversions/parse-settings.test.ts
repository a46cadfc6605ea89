import { describe, expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "./model.ts";
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
