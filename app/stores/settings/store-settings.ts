import type { Store } from "@prisma/client";

import type {
  ConsentPolicy,
  ContentIdForm,
  ConversionSettings,
  CurrencySide,
  EventIdRule,
  OrderSource,
  ValueBasis,
} from "../../conversions/model.ts";
import { DEFAULT_SETTINGS } from "../../conversions/model.ts";
import { readStoredRules } from "../../conversions/order/parse-exclusion-rules.ts";

type SettingsColumns = Pick<
  Store,
  | "eventIdRule"
  | "valueBasis"
  | "currencySide"
  | "contentId"
  | "sources"
  | "consentPolicy"
  | "customerSegmentation"
  | "exclude"
>;

export const EVENT_ID_RULES = ["order_number", "order_id"] as const satisfies readonly EventIdRule[];
export const VALUE_BASES = [
  "total",
  "without_tax",
  "without_shipping",
  "subtotal",
] as const satisfies readonly ValueBasis[];
export const CURRENCY_SIDES = ["shop", "presentment"] as const satisfies readonly CurrencySide[];
export const CONTENT_ID_FORMS = [
  "product",
  "variant",
  "sku",
  "shopify_catalogue",
] as const satisfies readonly ContentIdForm[];
export const CONSENT_POLICIES = [
  "strict",
  "regional",
  "merchant",
] as const satisfies readonly ConsentPolicy[];
const ORDER_SOURCES = [
  "web",
  "pos",
  "draft",
  "subscription",
  "other",
] as const satisfies readonly OrderSource[];

/** The store's row as the mapping wants it. A value that this version does not know falls back to the default. */
export function settingsOf(store: SettingsColumns): ConversionSettings {
  return {
    eventIdRule: pick(EVENT_ID_RULES, store.eventIdRule, DEFAULT_SETTINGS.eventIdRule),
    valueBasis: pick(VALUE_BASES, store.valueBasis, DEFAULT_SETTINGS.valueBasis),
    currencySide: pick(CURRENCY_SIDES, store.currencySide, DEFAULT_SETTINGS.currencySide),
    contentId: pick(CONTENT_ID_FORMS, store.contentId, DEFAULT_SETTINGS.contentId),
    consentPolicy: pick(CONSENT_POLICIES, store.consentPolicy, "strict"),
    sources: sourcesOf(store.sources),
    exclude: readStoredRules(store.exclude),
    customerSegmentation: store.customerSegmentation,
  };
}

export function sourcesOf(stored: unknown): ConversionSettings["sources"] {
  const given = typeof stored === "object" && stored !== null ? (stored as Record<string, unknown>) : {};
  const chosen = { ...DEFAULT_SETTINGS.sources };
  for (const source of ORDER_SOURCES) {
    const value = given[source];
    if (typeof value === "boolean") chosen[source] = value;
  }
  return chosen;
}

function pick<Value extends string>(known: readonly Value[], stored: string, fallback: Value): Value {
  return known.find((value) => value === stored) ?? fallback;
}
