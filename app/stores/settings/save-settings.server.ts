import type { Store } from "@prisma/client";
import { z } from "zod";

import { LONGEST_VALUE, MOST_RULES } from "../../conversions/order/exclusion-rules.ts";
import { exclusionRules } from "../../conversions/order/parse-exclusion-rules.ts";
import type { Clock } from "../../platform/process/clock.ts";
import type { Database } from "../../platform/database/database.server.ts";
import type { FieldErrors } from "../datasets/dataset-input.ts";
import { noteChange } from "./note-change.server.ts";
import { settingsOf } from "./store-settings.ts";
import { sayText } from "../../texts/texts.ts";
import "../../texts/areas/settings.ts";

/** An empty field is no number; left to itself it would read as 0. */
const typedNumber = (text: unknown) =>
  typeof text === "string" && text.trim() === "" ? undefined : (text ?? undefined);

/** The column takes one more than this: a larger number is no version of any page. */
const LAST_VERSION = 2 ** 31 - 2;

/** A store's settings as its form sends them: text fields, one per setting, and the version it was rendered with. */
const schema = z.object({
  settingsVersion: z.coerce.number().int().min(0).max(LAST_VERSION),
  eventIdRule: z.enum(["order_number", "order_id"]),
  valueBasis: z.enum(["total", "without_tax", "without_shipping", "subtotal"]),
  currencySide: z.enum(["shop", "presentment"]),
  contentId: z.enum(["product", "variant", "sku", "shopify_catalogue"]),
  consentPolicy: z.enum(["strict", "regional", "merchant"]),
  /** Absent in a form that an older version rendered: then it stays as it is. */
  customerSegmentation: z.boolean(sayText({ key: "settings.problem.onOrOff" })).optional(),
  reportWaitSeconds: z.preprocess(
    typedNumber,
    z.coerce
      .number(sayText({ key: "settings.problem.seconds" }))
      .int(sayText({ key: "settings.problem.wholeSeconds" }))
      .min(0, sayText({ key: "settings.problem.leastSeconds" }))
      .max(120, sayText({ key: "settings.problem.mostSeconds" })),
  ),
  retentionDays: z.preprocess(
    typedNumber,
    z.coerce
      .number(sayText({ key: "settings.problem.days" }))
      .int(sayText({ key: "settings.problem.wholeDays" }))
      .min(7, sayText({ key: "settings.problem.leastDays" }))
      .max(90, sayText({ key: "settings.problem.mostDays" })),
  ),
  sources: z.object({
    web: z.boolean(),
    pos: z.boolean(),
    draft: z.boolean(),
    subscription: z.boolean(),
    other: z.boolean(),
  }),
  /** Absent = as it is. */
  exclude: exclusionRules.optional(),
});

export type StoreSettingsInput = z.infer<typeof schema>;
export type SettingsField = keyof StoreSettingsInput;

export type SaveOutcome =
  | { readonly kind: "saved"; readonly settingsVersion: number }
  | { readonly kind: "invalid"; readonly errors: FieldErrors<SettingsField> }
  /** Saved elsewhere meanwhile (another tab, another person): nothing was overwritten. */
  | { readonly kind: "stale" };

/**
 * Saves a store's settings. They hold for orders taken in from now on: an order that is stored keeps the event ID, value
 * and consent policy it was taken in with, so that both of its copies and every retry agree.
 */
export async function saveSettings(
  deps: { readonly database: Database; readonly clock: Clock },
  input: { readonly storeId: bigint; readonly values: unknown },
): Promise<SaveOutcome> {
  const parsed = schema.safeParse(input.values);
  if (!parsed.success) {
    const errors: Partial<Record<SettingsField, string>> = {};
    for (const issue of parsed.error.issues) {
      const field = String(issue.path[0]) as SettingsField;
      errors[field] ??= wordsFor(field, issue);
    }
    return { kind: "invalid", errors };
  }
  const { settingsVersion, exclude, customerSegmentation, ...others } = parsed.data;
  const settings = {
    ...others,
    ...(exclude && { exclude: exclude.map(({ by, value }) => ({ by, value })) }),
    ...(customerSegmentation !== undefined && { customerSegmentation }),
  };
  const before = await deps.database.prisma.store.findUniqueOrThrow({ where: { id: input.storeId } });
  const { count } = await deps.database.prisma.store.updateMany({
    where: { id: input.storeId, settingsVersion },
    data: { ...settings, settingsVersion: settingsVersion + 1 },
  });
  if (count > 0) {
    await noteDifferences(deps, before, settings);
    return { kind: "saved", settingsVersion: settingsVersion + 1 };
  }
  const stored = await deps.database.prisma.store.findUniqueOrThrow({ where: { id: input.storeId } });
  // Sent twice by one press, or again after an answer that was lost: what is wanted is there.
  const isThere = differences(stored, settings).length === 0;
  return isThere ? { kind: "saved", settingsVersion: stored.settingsVersion } : { kind: "stale" };
}

type Settings = Omit<StoreSettingsInput, "settingsVersion">;

/** Names of the settings that are not as they are stored. */
function differences(stored: Store, settings: Settings): readonly (keyof Settings)[] {
  return (Object.keys(settings) as (keyof Settings)[]).filter(
    (key) =>
      JSON.stringify(key === "sources" || key === "exclude" ? settingsOf(stored)[key] : stored[key]) !==
      JSON.stringify(settings[key]),
  );
}

/** The consent policy decides what is sent at all, so its change stands for itself, with its values. */
async function noteDifferences(
  deps: { readonly database: Database; readonly clock: Clock },
  before: Store,
  settings: Settings,
): Promise<void> {
  const changed = differences(before, settings);
  const others = changed.filter((name) => name !== "consentPolicy");
  const note = { storeId: before.id, by: "merchant" } as const;
  if (others.length < changed.length)
    await noteChange(deps, {
      ...note,
      kind: "consent_policy_changed",
      details: { from: before.consentPolicy, to: settings.consentPolicy },
    });
  if (others.length > 0)
    await noteChange(deps, { ...note, kind: "settings_changed", details: { settings: others } });
}

/** What is wrong with a field, for the one who filled it in. */
function wordsFor(field: SettingsField, issue: z.core.$ZodIssue): string {
  const [, position] = issue.path;
  if (field === "exclude" && typeof position === "number")
    return sayText({
      key: "settings.problem.rule",
      values: { number: position + 1, longest: LONGEST_VALUE },
    });
  if (field === "exclude")
    return sayText({ key: "settings.problem.mostRules", values: { most: MOST_RULES } });
  return issue.code === "invalid_value" ? sayText({ key: "settings.problem.choose" }) : issue.message;
}
