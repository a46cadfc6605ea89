import { readFileSync } from "node:fs";

import { describe, expect, expectTypeOf, it } from "vitest";

import { choice, flag, namesOf, number } from "#app/conversions/settings/setting-kinds.ts";
import { schemaOf } from "#app/conversions/settings/setting-schemas.ts";
import {
  DEFAULT_SETTINGS,
  SECTIONS,
  STORE_SETTINGS,
  changedSettings,
  type ConversionSettings,
  type SettingName,
} from "#app/conversions/settings/settings.ts";
import type { SettingsColumns } from "#app/stores/settings/store-settings.ts";

import { settingsPage } from "../../scripts/list-settings.ts";

const HOURS = {
  section: "timing",
  label: "settings.timing.wait",
  unit: "settings.timing.seconds",
  least: 0,
  most: 24,
  default: 8,
} as const;

describe("the declaration of the settings", () => {
  it("has the defaults that docs and database promise", () => {
    expect(DEFAULT_SETTINGS).toStrictEqual({
      eventIdRule: "order_number",
      valueBasis: "total",
      currencySide: "shop",
      contentId: "product",
      sources: { web: true, pos: true, draft: true, subscription: false, other: true },
      consentPolicy: "regional",
      exclude: [],
      customerSegmentation: true,
    });
    expect(STORE_SETTINGS.reportWaitSeconds.default).toBe(20);
    expect(STORE_SETTINGS.retentionDays.default).toBe(30);
  });

  it("gives the mapping its types", () => {
    expectTypeOf<ConversionSettings["valueBasis"]>().toEqualTypeOf<
      "total" | "without_tax" | "without_shipping" | "subtotal"
    >();
    expectTypeOf<ConversionSettings["customerSegmentation"]>().toEqualTypeOf<boolean>();
    expectTypeOf<ConversionSettings["catalogueCountry"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<keyof ConversionSettings>().not.toEqualTypeOf<SettingName>();
  });

  it("does not compile with a default that is none of the choices", () => {
    choice({
      section: "value",
      label: "settings.value.label",
      shownAs: "menu",
      choices: { total: { label: "settings.value.total" } },
      // @ts-expect-error "net" is not one of the choices
      default: "net",
    });
  });

  it("does not compile with a text that the catalogue does not have", () => {
    // @ts-expect-error "settings.timing.quietHours" is no text
    number({ ...HOURS, label: "settings.timing.quietHours" });
    // @ts-expect-error a field has a label
    flag({ section: "customers", default: true });
  });

  it("does not compile with a setting that has no column", () => {
    expectTypeOf<SettingsColumns<"retentionDays">>().toEqualTypeOf<{ retentionDays: number }>();
    // @ts-expect-error "quietHours" is no column of the store
    expectTypeOf<SettingsColumns<"retentionDays" | "quietHours">>().not.toBeAny();
  });

  it("has a value within its own limits as each default, and a section that the page shows", () => {
    for (const name of namesOf(STORE_SETTINGS)) {
      const setting = STORE_SETTINGS[name];
      if (setting.kind === "number")
        expect(schemaOf(setting).safeParse(setting.default).success, name).toBe(true);
      expect(SECTIONS, name).toHaveProperty(setting.section);
    }
  });
});

describe("what a number's parser takes", () => {
  const parse = (value: unknown) => schemaOf(number(HOURS)).safeParse(value);
  it.each([
    ["7", 7],
    [" 7 ", 7],
    [0, 0],
    ["24", 24],
  ])("%j is %d", (given, value) => {
    expect(parse(given)).toStrictEqual({ success: true, data: value });
  });
  it.each(["", "  ", "7.5", "-1", "25", "soon", "Infinity", "1e300", null, true, [], {}])(
    "%j is none",
    (given) => {
      expect(parse(given).success).toBe(false);
    },
  );
});

it("names the settings in which two forms differ", () => {
  const one = {
    events: { ViewContent: "both" },
    ...DEFAULT_SETTINGS,
    exclude: [{ by: "tag", value: "wholesale" }],
    reportWaitSeconds: "20",
    retentionDays: "30",
  } as const;
  expect(changedSettings(one, { ...one, sources: { ...one.sources } })).toEqual([]);
  const sources = { ...one.sources, pos: false };
  const other = { ...one, events: { ViewContent: "off" }, sources, exclude: [], retentionDays: "31" };
  expect(changedSettings<Readonly<Record<SettingName, unknown>>>(one, other)).toEqual([
    "events",
    "sources",
    "exclude",
    "retentionDays",
  ]);
});

it("docs/settings.md is as the declaration says", () => {
  const squeezed = (text: string) => text.replace(/ +/g, " ").replace(/-{3,}/g, "---").trim();
  expect(squeezed(readFileSync("docs/settings.md", "utf8"))).toBe(squeezed(settingsPage()));
});
