import { z } from "zod";

import type { Database } from "../platform/database.server.ts";
import type { FieldErrors } from "./dataset-input.ts";
import { settingsOf } from "./store-settings.ts";

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
  reportWaitSeconds: z.preprocess(
    typedNumber,
    z.coerce
      .number("Enter a number of seconds.")
      .int("Enter whole seconds.")
      .min(0, "The wait cannot be shorter than 0 seconds.")
      .max(120, "At most 120 seconds: Meta wants events promptly."),
  ),
  retentionDays: z.preprocess(
    typedNumber,
    z.coerce
      .number("Enter a number of days.")
      .int("Enter whole days.")
      .min(7, "At least 7 days: until then an event may still be sent.")
      .max(90, "At most 90 days."),
  ),
  sources: z.object({
    web: z.boolean(),
    pos: z.boolean(),
    draft: z.boolean(),
    subscription: z.boolean(),
    other: z.boolean(),
  }),
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
  deps: { readonly database: Database },
  input: { readonly storeId: bigint; readonly values: unknown },
): Promise<SaveOutcome> {
  const parsed = schema.safeParse(input.values);
  if (!parsed.success) {
    const errors: Partial<Record<SettingsField, string>> = {};
    for (const issue of parsed.error.issues) {
      const field = String(issue.path[0]) as SettingsField;
      errors[field] ??= issue.code === "invalid_value" ? "Choose one of the options." : issue.message;
    }
    return { kind: "invalid", errors };
  }
  const { settingsVersion, ...settings } = parsed.data;
  const { count } = await deps.database.prisma.store.updateMany({
    where: { id: input.storeId, settingsVersion },
    data: { ...settings, settingsVersion: settingsVersion + 1 },
  });
  if (count > 0) return { kind: "saved", settingsVersion: settingsVersion + 1 };
  const stored = await deps.database.prisma.store.findUniqueOrThrow({ where: { id: input.storeId } });
  // Sent twice by one press, or again after an answer that was lost: what is wanted is there.
  const isThere = (Object.keys(settings) as (keyof typeof settings)[]).every(
    (key) =>
      JSON.stringify(key === "sources" ? settingsOf(stored).sources : stored[key]) ===
      JSON.stringify(settings[key]),
  );
  return isThere ? { kind: "saved", settingsVersion: stored.settingsVersion } : { kind: "stale" };
}
