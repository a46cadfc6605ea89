import { BlockStack, InlineError, Select, Text } from "@shopify/polaris";

import { STORE_SETTINGS, type SettingOfKind } from "../../conversions/settings/settings.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { errorOf, type FieldProps } from "./settings-values.ts";
import "../../texts/areas/settings.ts";

/** A choice for each of several names, a row a name: what it is, and its menu. A name with one choice has none. */
export function ChoicesField({
  name,
  values,
  change,
  errors,
}: FieldProps & { readonly name: SettingOfKind<"choices"> }) {
  const { t } = useTexts();
  const { label, help, heads, names, wordsOf, choices } = STORE_SETTINGS[name];
  const error = errors[name];
  return (
    <BlockStack gap="300">
      <Text as="p" tone="subdued">
        {t(help)}
      </Text>
      <table className="tandem-choices">
        <caption className="tandem-hidden">{t(label)}</caption>
        <thead>
          <tr>
            <th scope="col">{t(heads.name)}</th>
            <th scope="col">{t(heads.choice)}</th>
          </tr>
        </thead>
        <tbody>
          {names.map((each) => {
            const words = wordsOf(each.name);
            return (
              <tr key={each.name}>
                <th scope="row">
                  <Text as="span" fontWeight="medium">
                    {words.label}
                  </Text>
                  {words.help ? (
                    <Text as="p" tone="subdued" fontWeight="regular">
                      {words.help}
                    </Text>
                  ) : null}
                </th>
                <td>
                  {each.choices.length > 1 ? (
                    <Select
                      label={t(heads.menu, { name: words.label })}
                      labelHidden
                      name={`${name}.${each.name}`}
                      options={each.choices.map((value) => ({ value, label: t(choices[value].label) }))}
                      value={values[name][each.name]}
                      onChange={(value) => change({ [name]: { ...values[name], [each.name]: value } })}
                      {...errorOf(errors[`${name}.${each.name}`])}
                    />
                  ) : (
                    <Text as="p">
                      {t("settings.events.fixed", { copies: t(choices[each.default].label) })}
                    </Text>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {error ? <InlineError message={error} fieldID={name} /> : null}
      <ul className="tandem-plain">
        {Object.entries(choices).map(([value, texts]) => (
          <li key={value}>
            <Text as="p" tone="subdued">
              <Text as="span" fontWeight="medium">
                {t("settings.events.choice", { choice: t(texts.label) })}
              </Text>
              {t(texts.help)}
            </Text>
          </li>
        ))}
      </ul>
    </BlockStack>
  );
}
