import { ChoiceList, Select, TextField } from "@shopify/polaris";

import type { OrderSource } from "../../conversions/model.ts";
import type { TextKey } from "../../texts/texts.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { errorOf, type FieldProps } from "./settings-values.ts";
import { switchName } from "../frame/words.ts";
import "../../texts/areas/settings.ts";

/** One choice as a list of radio buttons, its explanation below each. */
export function ChoiceField<Key extends "eventIdRule" | "currencySide" | "consentPolicy">({
  name,
  title,
  choices,
  values,
  change,
  errors,
}: FieldProps & {
  readonly name: Key;
  readonly title: string;
  readonly choices: readonly {
    readonly value: FieldProps["values"][Key];
    readonly label: string;
    readonly help: string;
  }[];
}) {
  return (
    <ChoiceList
      name={name}
      title={title}
      choices={choices.map(({ value, label, help }) => ({ value, label, helpText: help }))}
      selected={[values[name]]}
      onChange={([chosen]) => {
        const found = choices.find((each) => each.value === chosen);
        if (found) change({ [name]: found.value });
      }}
      {...errorOf(errors[name])}
    />
  );
}

export function SelectField<Key extends "valueBasis" | "contentId">({
  name,
  label,
  help,
  options,
  values,
  change,
  errors,
}: FieldProps & {
  readonly name: Key;
  readonly label: string;
  readonly help: string;
  readonly options: readonly { readonly value: FieldProps["values"][Key]; readonly label: string }[];
}) {
  return (
    <Select
      name={name}
      label={label}
      helpText={help}
      options={options.map(({ value, label: text }) => ({ value, label: text }))}
      value={values[name]}
      onChange={(chosen) => {
        const found = options.find((each) => each.value === chosen);
        if (found) change({ [name]: found.value });
      }}
      {...errorOf(errors[name])}
    />
  );
}

export function NumberField({
  name,
  label,
  unit,
  help,
  values,
  change,
  errors,
}: FieldProps & {
  readonly name: "reportWaitSeconds" | "retentionDays";
  readonly label: string;
  readonly unit: string;
  readonly help: string;
}) {
  return (
    <TextField
      name={name}
      label={label}
      suffix={unit}
      helpText={help}
      inputMode="numeric"
      autoComplete="off"
      value={values[name]}
      onChange={(text) => change({ [name]: text })}
      {...errorOf(errors[name])}
    />
  );
}

const SOURCES: readonly { readonly source: OrderSource; readonly help: TextKey }[] = [
  { source: "web", help: "settings.sources.web" },
  { source: "pos", help: "settings.sources.pos" },
  { source: "draft", help: "settings.sources.draft" },
  { source: "subscription", help: "settings.sources.subscription" },
  { source: "other", help: "settings.sources.other" },
];

export function SourcesField({ values, change, errors }: FieldProps) {
  const { t } = useTexts();
  return (
    <ChoiceList
      allowMultiple
      name="sources"
      title={t("settings.sources.label")}
      choices={SOURCES.map(({ source, help }) => ({
        value: source,
        label: switchName(source),
        helpText: t(help),
      }))}
      selected={SOURCES.map(({ source }) => source).filter((source) => values.sources[source])}
      onChange={(chosen) => {
        const sources = { ...values.sources };
        for (const { source } of SOURCES) sources[source] = chosen.includes(source);
        change({ sources });
      }}
      {...errorOf(errors["sources"])}
    />
  );
}
