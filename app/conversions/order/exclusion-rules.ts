import type { ExclusionRule, ExclusionTrait } from "../model.ts";
import { STORE_SETTINGS } from "../settings/settings.ts";
import type { OrderFacts } from "./order-facts.ts";

/** `MOST_RULES` of one store; `LONGEST_VALUE`: characters of a rule's value, and of a trait that is counted. */
export const { traits: EXCLUSION_TRAITS, most: MOST_RULES, longest: LONGEST_VALUE } = STORE_SETTINGS.exclude;

/** Tags of one order that are counted; rules look at all of them. */
const MOST_COUNTED_TAGS = 25;

type ExcludableOrder = Pick<OrderFacts, "sourceName" | "appId" | "tags" | "gateways">;

/** Shopify's own apps and Recharge by the names under which merchants know them. */
const APP_NAMES: ReadonlyMap<string, string> = new Map([
  ["580111", "online store"],
  ["129785", "point of sale"],
  ["1354745", "draft orders"],
  ["294517", "recharge"],
]);

/** How values are compared: trimmed, any case, inner spaces as one, composed characters; without control characters. */
function foldValue(value: string): string {
  return value
    .toWellFormed()
    .normalize("NFC")
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .toLowerCase();
}

/** An app's ID as digits, also where it comes as `gid://shopify/App/580111` or by a name we know; else what was given. */
function foldApp(value: string): string {
  const folded = foldValue(value);
  const known = [...APP_NAMES].find(([, name]) => name === folded)?.[0];
  return /^(?:gid:\/\/shopify\/app\/)?(\d+)$/.exec(folded)?.[1] ?? known ?? folded;
}

/** A rule's value as it is compared. */
export function foldRule(rule: ExclusionRule): string {
  return rule.by === "app" ? foldApp(rule.value) : foldValue(rule.value);
}

/** A rule as people read it: "tag: wholesale". */
export function ruleName({ by, value }: ExclusionRule): string {
  return `${by}: ${value}`;
}

/** The app's name where it is a known one. */
export function appName(id: string): string | undefined {
  return APP_NAMES.get(id);
}

/** The first of the merchant's rules that leaves this order out. Pure; any one is enough. */
export function findExclusion(
  order: ExcludableOrder,
  rules: readonly ExclusionRule[],
): ExclusionRule | undefined {
  if (rules.length === 0) return undefined;
  const values = valuesOf(order);
  return rules.find((rule) => values[rule.by].has(foldRule(rule)));
}

function valuesOf(order: ExcludableOrder): Readonly<Record<ExclusionTrait, ReadonlySet<string>>> {
  const source = foldValue(order.sourceName ?? "");
  const app = appOf(order);
  return {
    source: new Set(source === "" ? [] : [source]),
    app: new Set(app === undefined ? [] : [app]),
    tag: new Set(order.tags.map(foldValue)),
    gateway: new Set(order.gateways.map(foldValue)),
  };
}

/** An app that chose no name for its orders stands in the source as its ID. */
function appOf(order: ExcludableOrder): string | undefined {
  if (order.appId !== undefined) return order.appId;
  const source = foldApp(order.sourceName ?? "");
  return /^\d+$/.test(source) ? source : undefined;
}

/** One thing of an order that a rule could name, as it is counted. */
export interface SeenTrait {
  readonly by: ExclusionTrait;
  /** Folded. */
  readonly value: string;
}

/**
 * What is counted of an order, so that the merchant can choose from what is really seen. A tag that could speak of a person
 * (an e-mail address, a phone or order number) is not counted; a rule may name it all the same.
 */
export function seenTraits(order: ExcludableOrder): readonly SeenTrait[] {
  const values = valuesOf(order);
  const tags = [...values.tag].filter((value) => isCounted({ by: "tag", value })).slice(0, MOST_COUNTED_TAGS);
  const seen: readonly (readonly [ExclusionTrait, readonly string[]])[] = [
    ["source", [...values.source]],
    ["app", [...values.app]],
    ["tag", tags],
    ["gateway", [...values.gateway]],
  ];
  return seen.flatMap(([by, list]) => list.map((value) => ({ by, value })).filter(isCounted));
}

/** Whether orders with this trait are counted at all; "not counted" must never be shown as 0. */
export function isCounted({ by, value }: SeenTrait): boolean {
  if (value === "" || value.length > LONGEST_VALUE) return false;
  return by !== "tag" || !(value.includes("@") || digitsIn(value) >= PERSONAL_DIGITS);
}

/** Shorter than any phone number, order number or date that tells an order from others. */
const PERSONAL_DIGITS = 6;

function digitsIn(value: string): number {
  return value.replace(/\P{Nd}/gu, "").length;
}
