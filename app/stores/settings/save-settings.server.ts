import type { Prisma, Store } from "@prisma/client";
import { z } from "zod";

import { compact } from "../../conversions/read-json.ts";
import { limitsOf } from "../../conversions/settings/setting-kinds.ts";
import { schemasOf } from "../../conversions/settings/setting-schemas.ts";
import {
  STORE_SETTINGS,
  changedSettings,
  isOfKind,
  isSettingName,
  type SettingName,
  type SettingOfKind,
  type StoreSettings,
} from "../../conversions/settings/settings.ts";
import type { Clock } from "../../platform/process/clock.ts";
import type { Database } from "../../platform/database/database.server.ts";
import type { FieldErrors } from "../datasets/dataset-input.ts";
import { noteChange } from "./note-change.server.ts";
import { storeSettingsOf } from "./store-settings.ts";
import { sayText, type Text } from "../../texts/texts.ts";
import "../../texts/areas/settings-problems.ts";

/** The column takes one more than this: a larger number is no version of any page. */
const LAST_VERSION = 2 ** 31 - 2;

/**
 * A store's settings as its form sends them, and the version that it was rendered with. A setting that is absent stays as
 * it is: a form that an older version rendered does not know it.
 */
const schema = z.object({
  settingsVersion: z.coerce.number().int().min(0).max(LAST_VERSION),
  ...schemasOf(STORE_SETTINGS),
});

/** Of a setting with a choice for each of several names, a field is one name: `events.ViewContent`. */
export type SettingsField = SettingName | "settingsVersion" | `${SettingOfKind<"choices">}.${string}`;

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
  if (!parsed.success) return { kind: "invalid", errors: errorsOf(parsed.error.issues) };
  const { settingsVersion, ...given } = parsed.data;
  const before = await deps.database.prisma.store.findUniqueOrThrow({ where: { id: input.storeId } });
  const settings = keepUnnamed(storeSettingsOf(before), compact<Partial<StoreSettings>>(given));
  const columns: Partial<Pick<Prisma.StoreUpdateManyMutationInput, SettingName>> = settings;
  const { count } = await deps.database.prisma.store.updateMany({
    where: { id: input.storeId, settingsVersion },
    data: { ...columns, settingsVersion: settingsVersion + 1 },
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

/** The settings as given; of choices by name, those that the form did not name as they are stored. */
function keepUnnamed(stored: StoreSettings, given: Partial<StoreSettings>): Partial<StoreSettings> {
  const { events } = given;
  return events ? { ...given, events: { ...stored.events, ...compact<typeof events>(events) } } : given;
}

/** Names of the settings that are not as they are stored. */
function differences(stored: Store, settings: Partial<StoreSettings>): readonly SettingName[] {
  return changedSettings(storeSettingsOf(stored), { ...storeSettingsOf(stored), ...settings });
}

async function noteDifferences(
  deps: { readonly database: Database; readonly clock: Clock },
  before: Store,
  settings: Partial<StoreSettings>,
): Promise<void> {
  const changed = differences(before, settings);
  const named = changed.filter((name) => name !== "consentPolicy");
  const note = { storeId: before.id, by: "merchant" } as const;
  if (changed.includes("consentPolicy"))
    await noteChange(deps, {
      ...note,
      kind: "consent_policy_changed",
      details: { from: storeSettingsOf(before).consentPolicy, to: settings.consentPolicy },
    });
  if (named.length > 0)
    await noteChange(deps, { ...note, kind: "settings_changed", details: { settings: named } });
}

/** What is wrong, beside the field; the first of several. */
function errorsOf(issues: readonly z.core.$ZodIssue[]): FieldErrors<SettingsField> {
  const errors: Partial<Record<SettingsField, string>> = {};
  for (const issue of issues) {
    const name = String(issue.path[0]);
    const [, inside] = issue.path;
    if (isSettingName(name) && isOfKind(name, "choices") && typeof inside === "string")
      errors[`${name}.${inside}`] ??= sayText({ key: "settingsProblems.choose" });
    else if (isSettingName(name)) errors[name] ??= sayText(problemOf(name, issue));
    else errors.settingsVersion ??= issue.message;
  }
  return errors;
}

function problemOf(name: SettingName, issue: z.core.$ZodIssue): Text {
  if (isOfKind(name, "number"))
    return {
      key: `settingsProblems.${name}.${numberProblem(issue)}`,
      values: { ...limitsOf(STORE_SETTINGS[name]) },
    };
  if (isOfKind(name, "flag")) return { key: "settingsProblems.onOrOff" };
  if (!isOfKind(name, "rules")) return { key: "settingsProblems.choose" };
  const { most, longest } = STORE_SETTINGS[name];
  const [, position] = issue.path;
  return typeof position === "number"
    ? { key: "settingsProblems.rule", values: { number: position + 1, longest } }
    : { key: "settingsProblems.mostRules", values: { most } };
}

function numberProblem(issue: z.core.$ZodIssue): "none" | "fraction" | "least" | "most" {
  if (issue.code === "too_small") return "least";
  if (issue.code === "too_big") return "most";
  return issue.code === "invalid_type" && issue.expected === "int" ? "fraction" : "none";
}
