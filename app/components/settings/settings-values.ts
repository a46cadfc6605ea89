import type { SettingsForm } from "../../stores/settings/store-settings.ts";
import type { SaveFailed } from "../frame/keep-form.ts";

/** What is saved, and which save it was. */
export interface SavedSettings {
  readonly version: number;
  readonly values: SettingsForm;
}

export type SettingsOutcome =
  | { readonly kind: "saved"; readonly settingsVersion: number }
  | { readonly kind: "invalid"; readonly errors: Readonly<Partial<Record<string, string>>> }
  | { readonly kind: "stale" }
  | { readonly kind: "synced" }
  | SaveFailed;

/** The settings as the form shows them. */
export interface FieldProps {
  readonly values: SettingsForm;
  readonly change: (some: Partial<SettingsForm>) => void;
  readonly errors: Readonly<Partial<Record<string, string>>>;
}

/** A field's error as its props: Polaris calls a group of choices invalid even for an empty error. */
export function errorOf(text: string | undefined): { readonly error?: string } {
  return text === undefined ? {} : { error: text };
}
