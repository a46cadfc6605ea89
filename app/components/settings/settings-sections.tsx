import { BlockStack, Card, Layout, List, Text } from "@shopify/polaris";
import { Fragment, type ReactNode } from "react";

import type { SeenValue } from "../../conversions/order/seen-traits.ts";
import { namesOf } from "../../conversions/settings/setting-kinds.ts";
import { SECTIONS, STORE_SETTINGS, type SettingName } from "../../conversions/settings/settings.ts";
import type { SettingsForm } from "../../stores/settings/store-settings.ts";
import type { TextKey } from "../../texts/texts.ts";
import { useTexts } from "../../texts/use-texts.ts";
import type { StoreFormat } from "../frame/store-format.ts";
import { useFormat } from "../frame/use-format.ts";
import {
  consentExample,
  contentExample,
  eventIdExample,
  ExampleLine,
  sourceExample,
  valueExample,
  type Example,
} from "./settings-example.tsx";
import { SettingField } from "./settings-fields.tsx";
import type { FieldProps } from "./settings-values.ts";

/** What the last order would send, below the setting that decides it; of the value, currency is asked last. */
const EXAMPLES: Readonly<
  Partial<Record<SettingName, (example: Example, values: SettingsForm, format: StoreFormat) => string>>
> = {
  eventIdRule: eventIdExample,
  currencySide: valueExample,
  contentId: contentExample,
  sources: sourceExample,
  consentPolicy: consentExample,
};

/** Every section with every setting that names it, in the order of the declaration. */
export function SettingsSections({
  field,
  example,
  seen,
}: {
  readonly field: FieldProps;
  readonly example: Example | null;
  /** What orders of the last 90 days carried. */
  readonly seen: readonly SeenValue[];
}) {
  const format = useFormat();
  const { t } = useTexts();
  return namesOf(SECTIONS).map((section) => {
    const { title, text, ...more } = SECTIONS[section];
    return (
      <Section key={section} id={section} title={t(title)} text={t(text)}>
        {settingsIn(section).map((name) => (
          <Fragment key={name}>
            <SettingField {...field} name={name} seen={seen} />
            {EXAMPLES[name] ? (
              <ExampleLine example={example}>
                {example ? EXAMPLES[name](example, field.values, format) : null}
              </ExampleLine>
            ) : null}
          </Fragment>
        ))}
        {"notes" in more ? <Notes notes={more.notes} /> : null}
      </Section>
    );
  });
}

function settingsIn(section: keyof typeof SECTIONS): readonly SettingName[] {
  return namesOf(STORE_SETTINGS).filter((name) => STORE_SETTINGS[name].section === section);
}

function Notes({ notes }: { readonly notes: readonly TextKey[] }) {
  const { t } = useTexts();
  const [only, ...others] = notes;
  if (only !== undefined && others.length === 0)
    return (
      <Text as="p" tone="subdued">
        {t(only)}
      </Text>
    );
  return (
    <List>
      {notes.map((note) => (
        <List.Item key={note}>{t(note)}</List.Item>
      ))}
    </List>
  );
}

export function Section({
  title,
  text,
  id,
  children,
}: {
  title: string;
  text: string;
  id: string;
  children: ReactNode;
}) {
  return (
    <Layout.AnnotatedSection id={id} title={title} description={text}>
      <Card>
        <BlockStack gap="400">{children}</BlockStack>
      </Card>
    </Layout.AnnotatedSection>
  );
}
