import type {
  ConsentPolicy,
  ContentIdForm,
  CurrencySide,
  EventIdRule,
  ExclusionRule,
  OrderSource,
  ValueBasis,
} from "../../conversions/model.ts";
import type { SaveFailed } from "../frame/keep-form.ts";

/** The settings as the form holds them: numbers as typed. */
export interface SettingsValues {
  readonly eventIdRule: EventIdRule;
  readonly valueBasis: ValueBasis;
  readonly currencySide: CurrencySide;
  readonly contentId: ContentIdForm;
  readonly sources: Readonly<Record<OrderSource, boolean>>;
  readonly exclude: readonly ExclusionRule[];
  readonly customerSegmentation: boolean;
  readonly consentPolicy: ConsentPolicy;
  readonly reportWaitSeconds: string;
  readonly retentionDays: string;
}

/** What is saved, and which save it was. */
export interface SavedSettings {
  readonly version: number;
  readonly values: SettingsValues;
}

export function sameSettings(one: SettingsValues, other: SettingsValues): boolean {
  return changedSettings(one, other).length === 0;
}

const KEYS: readonly (keyof SettingsValues)[] = [
  "eventIdRule",
  "valueBasis",
  "currencySide",
  "contentId",
  "customerSegmentation",
  "sources",
  "exclude",
  "consentPolicy",
  "reportWaitSeconds",
  "retentionDays",
];

export type SettingsOutcome =
  | { readonly kind: "saved"; readonly settingsVersion: number }
  | { readonly kind: "invalid"; readonly errors: Readonly<Partial<Record<string, string>>> }
  | { readonly kind: "stale" }
  | { readonly kind: "synced" }
  | SaveFailed;

/** The settings in which the two differ. */
export function changedSettings(
  one: SettingsValues,
  other: SettingsValues,
): readonly (keyof SettingsValues)[] {
  return KEYS.filter((key) =>
    key === "sources"
      ? Object.keys(one.sources).some(
          (source) => one.sources[source as OrderSource] !== other.sources[source as OrderSource],
        )
      : key === "exclude"
        ? JSON.stringify(one.exclude) !== JSON.stringify(other.exclude)
        : one[key] !== other[key],
  );
}

/** One setting as the form shows it. */
export interface FieldProps {
  readonly values: SettingsValues;
  readonly change: (some: Partial<SettingsValues>) => void;
  readonly errors: Readonly<Partial<Record<string, string>>>;
}

/** A field's error as its props: Polaris calls a group of choices invalid even for an empty error. */
export function errorOf(text: string | undefined): { readonly error?: string } {
  return text === undefined ? {} : { error: text };
}
