import type { Store } from "@prisma/client";

import { readStoredRules } from "../../conversions/order/parse-exclusion-rules.ts";
import { asRecord } from "../../conversions/read-json.ts";
import {
  knownChoice,
  knownChoices,
  namesOf,
  valuesOf,
  type ChoiceSetting,
  type FlagsSetting,
  type Setting,
  type ValueOf,
} from "../../conversions/settings/setting-kinds.ts";
import {
  MAPPING_SETTINGS,
  STORE_SETTINGS,
  isOfKind,
  type ConversionSettings,
  type SettingName,
  type StoreSettings,
} from "../../conversions/settings/settings.ts";

/** The columns of these settings: each has the name of its setting. A setting without a column does not compile here. */
export type SettingsColumns<Name extends keyof Store> = Pick<Store, Name>;

/** The store's row as the mapping wants it. A value that this version does not know falls back to the default. */
export function settingsOf(store: SettingsColumns<keyof typeof MAPPING_SETTINGS>): ConversionSettings {
  return valuesOf(MAPPING_SETTINGS, (setting, name) => readStored(setting, asRecord(store)?.[name]));
}

/** The same for everything that the settings page asks for. */
export function storeSettingsOf(store: SettingsColumns<SettingName>): StoreSettings {
  return valuesOf(STORE_SETTINGS, (setting, name) => readStored(setting, asRecord(store)?.[name]));
}

/** The store's settings as the page's form holds them: numbers as they are typed. */
export type SettingsForm = {
  readonly [Name in SettingName]: (typeof STORE_SETTINGS)[Name]["kind"] extends "number"
    ? string
    : StoreSettings[Name];
};

export function settingsFormOf(store: SettingsColumns<SettingName>): SettingsForm {
  const settings = storeSettingsOf(store);
  const typed = (name: SettingName) => (isOfKind(name, "number") ? String(settings[name]) : settings[name]);
  return Object.fromEntries(namesOf(settings).map((name) => [name, typed(name)])) as SettingsForm;
}

export function sourcesOf(stored: unknown): ConversionSettings["sources"] {
  return readFlags(STORE_SETTINGS.sources, stored);
}

/** One stored choice; one that this version does not know counts as the setting says. */
export function storedChoice<Value extends string>(setting: ChoiceSetting<Value>, stored: unknown): Value {
  return knownChoice(setting, stored) ?? setting.unknown;
}

function readStored(setting: Setting, stored: unknown): unknown {
  switch (setting.kind) {
    case "choice":
      return storedChoice(setting, stored);
    case "flag":
    case "number":
      return typeof stored === typeof setting.default ? stored : setting.default;
    case "flags":
      return readFlags(setting, stored);
    case "choices":
      return knownChoices(setting, asRecord(stored));
    case "rules":
      return readStoredRules(stored);
  }
}

function readFlags<Name extends string>(
  setting: FlagsSetting<Name>,
  stored: unknown,
): ValueOf<FlagsSetting<Name>> {
  const given = asRecord(stored);
  const chosen: Partial<Record<Name, boolean>> = {};
  for (const name of namesOf(setting.flags)) {
    const value = given?.[name];
    chosen[name] = typeof value === "boolean" ? value : setting.flags[name].default;
  }
  return chosen as Record<Name, boolean>;
}
