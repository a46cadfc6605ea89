import { EVENTS } from "../../../extensions/contract/events/registry.ts";
import { eventWords } from "../../texts/event-words.ts";
import type { TextKey } from "../../texts/texts.ts";
import {
  choice,
  choices,
  defaultOf,
  flag,
  flags,
  namesOf,
  number,
  rules,
  valuesOf,
  type Setting,
  type ValuesOf,
} from "./setting-kinds.ts";

/**
 * Every setting of a store, once. The types, the parsers of the page and of `npm run payload`, reading and writing the
 * store's row, the page's fields, the names in the log of changes and docs/settings.md follow from this file. How to add
 * one: docs/architecture.md, "A new setting".
 */

/** The sections of the settings page, in their order; each has the settings that name it. */
export const SECTIONS = {
  events: { title: "settings.events.title", text: "settings.events.text", notes: ["settings.events.note"] },
  eventId: {
    title: "settings.eventId.title",
    text: "settings.eventId.text",
    notes: ["settings.eventId.note"],
  },
  value: { title: "settings.value.title", text: "settings.value.text" },
  contents: { title: "settings.contents.title", text: "settings.contents.text" },
  customers: { title: "settings.customers.title", text: "settings.customers.text" },
  sources: { title: "settings.sources.title", text: "settings.sources.text" },
  consent: {
    title: "settings.consent.title",
    text: "settings.consent.text",
    notes: ["settings.consent.from", "settings.consent.limited"],
  },
  timing: { title: "settings.timing.title", text: "settings.timing.text" },
} as const satisfies Readonly<Record<string, Section>>;

interface Section {
  readonly title: TextKey;
  readonly text: TextKey;
  /** Below the section's settings; several stand as a list. */
  readonly notes?: readonly TextKey[];
}
export type SectionName = keyof typeof SECTIONS;
type Declaration = Readonly<Record<string, Setting<SectionName>>>;

/** What the mapping from order to conversion honours. */
export const MAPPING_SETTINGS = {
  eventIdRule: choice({
    section: "eventId",
    label: "settings.eventId.madeFrom",
    shownAs: "list",
    choices: {
      order_number: { label: "settings.eventId.number", help: "settings.eventId.numberHelp" },
      order_id: { label: "settings.eventId.id", help: "settings.eventId.idHelp" },
    },
    default: "order_number",
  }),
  valueBasis: choice({
    section: "value",
    label: "settings.value.label",
    help: "settings.value.always",
    shownAs: "menu",
    choices: {
      total: { label: "settings.value.total", help: "settings.value.helpTotal" },
      without_tax: { label: "settings.value.withoutTax", help: "settings.value.helpWithoutTax" },
      without_shipping: {
        label: "settings.value.withoutShipping",
        help: "settings.value.helpWithoutShipping",
      },
      subtotal: { label: "settings.value.subtotal", help: "settings.value.helpSubtotal" },
    },
    default: "total",
  }),
  currencySide: choice({
    section: "value",
    label: "settings.value.currency",
    shownAs: "list",
    choices: {
      shop: { label: "settings.value.shop", help: "settings.value.shopHelp" },
      presentment: { label: "settings.value.presentment", help: "settings.value.presentmentHelp" },
    },
    default: "shop",
  }),
  contentId: choice({
    section: "contents",
    label: "settings.contents.label",
    help: "settings.contents.help",
    shownAs: "menu",
    choices: {
      product: { label: "settings.contents.product" },
      variant: { label: "settings.contents.variant" },
      sku: { label: "settings.contents.sku" },
      shopify_catalogue: { label: "settings.contents.catalogue" },
    },
    default: "product",
  }),
  /** Tell Meta whether a buyer is new to the store or returns, where it is known. */
  customerSegmentation: flag({
    section: "customers",
    label: "settings.customers.label",
    help: "settings.customers.help",
    default: true,
  }),
  /** Which sales are sent. Each kind of sale has one of these switches (`order/sale-kinds.ts`). */
  sources: flags({
    section: "sources",
    label: "settings.sources.label",
    flags: {
      web: { label: "reasons.switch.web", help: "settings.sources.web", default: true },
      pos: { label: "reasons.switch.pos", help: "settings.sources.pos", default: true },
      draft: { label: "reasons.switch.draft", help: "settings.sources.draft", default: true },
      subscription: {
        label: "reasons.switch.subscription",
        help: "settings.sources.subscription",
        default: false,
      },
      other: { label: "reasons.switch.other", help: "settings.sources.other", default: true },
    },
  }),
  /** An order that fits any of these is left out. */
  exclude: rules({
    section: "sources",
    label: "settings.rules.heading",
    help: "settings.rules.text",
    traits: ["source", "app", "tag", "gateway"],
    most: 50,
    longest: 100,
  }),
  consentPolicy: choice({
    section: "consent",
    label: "settings.consent.label",
    shownAs: "list",
    choices: {
      strict: { label: "settings.consent.strict", help: "settings.consent.strictHelp" },
      regional: { label: "settings.consent.regional", help: "settings.consent.regionalHelp" },
      merchant: { label: "settings.consent.merchant", help: "settings.consent.merchantHelp" },
    },
    default: "regional",
    unknown: "strict",
  }),
} as const satisfies Declaration;

/** Which events of a visit are sent, and how often. What of a purchase is sent is decided by the mapping's settings. */
const FUNNEL_SETTINGS = {
  events: choices({
    section: "events",
    label: "settings.events.label",
    help: "settings.events.help",
    heads: {
      name: "settings.events.event",
      choice: "settings.events.copies",
      menu: "settings.events.copiesOf",
    },
    names: EVENTS,
    wordsOf: eventWords,
    choices: {
      both: { label: "settings.events.both", help: "settings.events.bothHelp" },
      browser: { label: "settings.events.browser", help: "settings.events.browserHelp" },
      off: { label: "settings.events.off", help: "settings.events.offHelp" },
    },
  }),
} as const satisfies Declaration;

/** How long things wait and stay; what is sent does not follow from it. */
const TIMING_SETTINGS = {
  reportWaitSeconds: number({
    section: "timing",
    label: "settings.timing.wait",
    help: "settings.timing.waitHelp",
    least: 0,
    most: 120,
    default: 20,
    unit: "settings.timing.seconds",
  }),
  retentionDays: number({
    section: "timing",
    label: "settings.timing.keep",
    help: "settings.timing.keepHelp",
    least: 7,
    most: 90,
    default: 30,
    unit: "settings.timing.days",
  }),
} as const satisfies Declaration;

/** Everything that a store's page asks for, in the page's order; each has a column of its own name. */
export const STORE_SETTINGS = { ...FUNNEL_SETTINGS, ...MAPPING_SETTINGS, ...TIMING_SETTINGS };

/** What only a file of `npm run payload -- --settings` can say: texts without column and field; absent at first. */
export const FILE_SETTINGS = {
  /** An order does not name the catalogue's country. */
  catalogueCountry: {
    pattern: /^[A-Z]{2}$/,
    expected: "an ISO country code such as US",
    about:
      "The country in `shopify_{country}_{product}_{variant}`; where it is absent, the country the order goes to.",
  },
} as const;

/** What a merchant chooses and the mapping honours. */
export type ConversionSettings = ValuesOf<typeof MAPPING_SETTINGS> & {
  readonly [Name in keyof typeof FILE_SETTINGS]?: string;
};
export type StoreSettings = ValuesOf<typeof STORE_SETTINGS>;
export type SettingName = keyof StoreSettings;
export type SettingOfKind<Kind extends Setting["kind"]> = {
  [Name in SettingName]: (typeof STORE_SETTINGS)[Name]["kind"] extends Kind ? Name : never;
}[SettingName];

// Not for the page: without the mark a browser would load it all the same.
export const DEFAULT_SETTINGS: ConversionSettings = /* @__PURE__ */ valuesOf(MAPPING_SETTINGS, defaultOf);

export function isOfKind<Kind extends Setting["kind"]>(
  name: SettingName,
  kind: Kind,
): name is SettingOfKind<Kind> {
  return STORE_SETTINGS[name].kind === kind;
}

export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(STORE_SETTINGS, name);
}

/** The settings in which two forms of the same settings differ. */
export function changedSettings<Values extends Readonly<Record<SettingName, unknown>>>(
  one: Values,
  other: Values,
): readonly SettingName[] {
  // Flags and rules are read and parsed in the declaration's order, so that the same value is the same text.
  return namesOf(STORE_SETTINGS).filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));
}
