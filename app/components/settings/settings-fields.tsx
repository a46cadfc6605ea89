import { BlockStack, Checkbox, ChoiceList, Select, Text, TextField } from "@shopify/polaris";

import type { SeenValue } from "../../conversions/order/seen-traits.ts";
import { limitsOf, namesOf } from "../../conversions/settings/setting-kinds.ts";
import {
  STORE_SETTINGS,
  isOfKind,
  type SettingName,
  type SettingOfKind,
} from "../../conversions/settings/settings.ts";
import { writeSentences } from "../../texts/conventions.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { ChoicesField } from "./choices-field.tsx";
import { ExclusionRulesField } from "./exclusion-rules-field.tsx";
import { errorOf, type FieldProps } from "./settings-values.ts";
import "../../texts/areas/settings.ts";

type NamedProps<Name extends SettingName> = FieldProps & { readonly name: Name };

/** A setting's field, by its kind. A kind without one does not compile. */
export function SettingField({
  name,
  seen,
  ...field
}: NamedProps<SettingName> & { /** What orders carried. */ readonly seen: readonly SeenValue[] }) {
  if (isOfKind(name, "choice"))
    return STORE_SETTINGS[name].shownAs === "list" ? (
      <ChoiceField name={name} {...field} />
    ) : (
      <MenuField name={name} {...field} />
    );
  if (isOfKind(name, "flag")) return <FlagField name={name} {...field} />;
  if (isOfKind(name, "number")) return <NumberField name={name} {...field} />;
  if (isOfKind(name, "flags")) return <FlagsField name={name} {...field} />;
  if (isOfKind(name, "choices")) return <ChoicesField name={name} {...field} />;
  return <ExclusionRulesField name={name} {...field} seen={seen} />;
}

/** One choice as a list of radio buttons, its explanation below each. */
function ChoiceField({ name, values, change, errors }: NamedProps<SettingOfKind<"choice">>) {
  const { t } = useTexts();
  const { label, help, choices } = STORE_SETTINGS[name];
  return (
    <BlockStack gap="200">
      <ChoiceList
        name={name}
        title={t(label)}
        choices={Object.entries(choices).map(([value, texts]) => ({
          value,
          label: t(texts.label),
          helpText: texts.help && t(texts.help),
        }))}
        selected={[values[name]]}
        onChange={([chosen]) => change({ [name]: chosen })}
        {...errorOf(errors[name])}
      />
      {help ? (
        <Text as="p" tone="subdued">
          {t(help)}
        </Text>
      ) : null}
    </BlockStack>
  );
}

/** One choice as a menu; the explanation of the chosen one, and what holds for all. */
function MenuField({ name, values, change, errors }: NamedProps<SettingOfKind<"choice">>) {
  const { t } = useTexts();
  const { label, help, choices } = STORE_SETTINGS[name];
  const options = Object.entries(choices);
  const chosen = options.find(([value]) => value === values[name])?.[1];
  return (
    <Select
      name={name}
      label={t(label)}
      helpText={writeSentences([chosen?.help, help].map((each) => each && t(each)))}
      options={options.map(([value, texts]) => ({ value, label: t(texts.label) }))}
      value={values[name]}
      onChange={(value) => change({ [name]: value })}
      {...errorOf(errors[name])}
    />
  );
}

function FlagField({ name, values, change, errors }: NamedProps<SettingOfKind<"flag">>) {
  const { t } = useTexts();
  const { label, help } = STORE_SETTINGS[name];
  return (
    <Checkbox
      name={name}
      label={t(label)}
      helpText={help && t(help)}
      checked={values[name]}
      onChange={(checked) => change({ [name]: checked })}
      {...errorOf(errors[name])}
    />
  );
}

function NumberField({ name, values, change, errors }: NamedProps<SettingOfKind<"number">>) {
  const { t } = useTexts();
  const setting = STORE_SETTINGS[name];
  return (
    <TextField
      name={name}
      label={t(setting.label)}
      suffix={t(setting.unit)}
      helpText={setting.help && t(setting.help, { ...limitsOf(setting) })}
      inputMode="numeric"
      autoComplete="off"
      value={values[name]}
      onChange={(text) => change({ [name]: text })}
      {...errorOf(errors[name])}
    />
  );
}

function FlagsField({ name, values, change, errors }: NamedProps<SettingOfKind<"flags">>) {
  const { t } = useTexts();
  const { label, flags } = STORE_SETTINGS[name];
  const names = namesOf(flags);
  return (
    <ChoiceList
      allowMultiple
      name={name}
      title={t(label)}
      choices={names.map((value) => ({
        value,
        label: t(flags[value].label),
        helpText: t(flags[value].help),
      }))}
      selected={names.filter((each) => values[name][each])}
      onChange={(chosen) => {
        const next = { ...values[name] };
        for (const each of names) next[each] = chosen.includes(each);
        change({ [name]: next });
      }}
      {...errorOf(errors[name])}
    />
  );
}
