import { BlockStack, Card, Checkbox, Layout, List, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

import type { ValueBasis } from "../../conversions/model.ts";
import type { SeenValue } from "../../conversions/order/seen-traits.ts";
import type { TextKey } from "../../texts/texts.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { ExclusionRulesField } from "./exclusion-rules-field.tsx";
import {
  consentExample,
  contentExample,
  eventIdExample,
  ExampleLine,
  sourceExample,
  valueExample,
  type Example,
} from "./settings-example.tsx";
import { ChoiceField, NumberField, SelectField, SourcesField } from "./settings-fields.tsx";
import { errorOf, type FieldProps } from "./settings-values.ts";
import { useFormat } from "../frame/use-format.ts";
import "../../texts/areas/settings.ts";

/** What each value holds; the same table stands in docs/event-mapping.md. */
const VALUE_BASIS_HELP: Readonly<Record<ValueBasis, TextKey>> = {
  total: "settings.value.helpTotal",
  without_tax: "settings.value.helpWithoutTax",
  without_shipping: "settings.value.helpWithoutShipping",
  subtotal: "settings.value.helpSubtotal",
};

interface SectionProps {
  readonly field: FieldProps;
  readonly example: Example | null;
}

/** How both copies of a purchase are made. */
export function PurchaseSections({ field, example }: SectionProps) {
  const format = useFormat();
  const { t } = useTexts();
  const { values } = field;
  return (
    <>
      <Section title={t("settings.eventId.title")} text={t("settings.eventId.text")}>
        <ChoiceField
          {...field}
          name="eventIdRule"
          title={t("settings.eventId.madeFrom")}
          choices={[
            {
              value: "order_number",
              label: t("settings.eventId.number"),
              help: t("settings.eventId.numberHelp"),
            },
            {
              value: "order_id",
              label: t("settings.eventId.id"),
              help: t("settings.eventId.idHelp"),
            },
          ]}
        />
        <ExampleLine example={example}>{example ? eventIdExample(example, values) : null}</ExampleLine>
        <Text as="p" tone="subdued">
          {t("settings.eventId.note")}
        </Text>
      </Section>
      <Section title={t("settings.value.title")} text={t("settings.value.text")}>
        <SelectField
          {...field}
          name="valueBasis"
          label={t("settings.value.label")}
          help={[t(VALUE_BASIS_HELP[values.valueBasis]), t("settings.value.always")].join(" ")}
          options={[
            { value: "total", label: t("settings.value.total") },
            { value: "without_tax", label: t("settings.value.withoutTax") },
            { value: "without_shipping", label: t("settings.value.withoutShipping") },
            { value: "subtotal", label: t("settings.value.subtotal") },
          ]}
        />
        <ChoiceField
          {...field}
          name="currencySide"
          title={t("settings.value.currency")}
          choices={[
            {
              value: "shop",
              label: t("settings.value.shop"),
              help: t("settings.value.shopHelp"),
            },
            {
              value: "presentment",
              label: t("settings.value.presentment"),
              help: t("settings.value.presentmentHelp"),
            },
          ]}
        />
        <ExampleLine example={example}>{example ? valueExample(example, values, format) : null}</ExampleLine>
      </Section>
      <Section title={t("settings.contents.title")} text={t("settings.contents.text")}>
        <SelectField
          {...field}
          name="contentId"
          label={t("settings.contents.label")}
          help={t("settings.contents.help")}
          options={[
            { value: "product", label: t("settings.contents.product") },
            { value: "variant", label: t("settings.contents.variant") },
            { value: "sku", label: t("settings.contents.sku") },
            { value: "shopify_catalogue", label: t("settings.contents.catalogue") },
          ]}
        />
        <ExampleLine example={example}>{example ? contentExample(example, values) : null}</ExampleLine>
      </Section>
      <Section id="customers" title={t("settings.customers.title")} text={t("settings.customers.text")}>
        <Checkbox
          name="customerSegmentation"
          label={t("settings.customers.label")}
          helpText={t("settings.customers.help")}
          checked={values.customerSegmentation}
          onChange={(customerSegmentation) => field.change({ customerSegmentation })}
          {...errorOf(field.errors["customerSegmentation"])}
        />
      </Section>
    </>
  );
}

/** Which purchases are sent, and how long things wait and stay. */
export function RuleSections({
  field,
  example,
  seen,
}: SectionProps & { /** What orders of the last 90 days carried. */ readonly seen: readonly SeenValue[] }) {
  const { t } = useTexts();
  const { values } = field;
  return (
    <>
      <Section id="sources" title={t("settings.sources.title")} text={t("settings.sources.text")}>
        <SourcesField {...field} />
        <ExampleLine example={example}>{example ? sourceExample(example, values) : null}</ExampleLine>
        <ExclusionRulesField {...field} seen={seen} />
      </Section>
      <Section id="consent" title={t("settings.consent.title")} text={t("settings.consent.text")}>
        <ChoiceField
          {...field}
          name="consentPolicy"
          title={t("settings.consent.label")}
          choices={[
            {
              value: "strict",
              label: t("settings.consent.strict"),
              help: t("settings.consent.strictHelp"),
            },
            {
              value: "regional",
              label: t("settings.consent.regional"),
              help: t("settings.consent.regionalHelp"),
            },
            {
              value: "merchant",
              label: t("settings.consent.merchant"),
              help: t("settings.consent.merchantHelp"),
            },
          ]}
        />
        <ExampleLine example={example}>{example ? consentExample(example, values) : null}</ExampleLine>
        <List>
          <List.Item>{t("settings.consent.from")}</List.Item>
          <List.Item>{t("settings.consent.limited")}</List.Item>
        </List>
      </Section>
      <Section title={t("settings.timing.title")} text={t("settings.timing.text")}>
        <NumberField
          {...field}
          name="reportWaitSeconds"
          label={t("settings.timing.wait")}
          unit={t("settings.timing.seconds")}
          help={t("settings.timing.waitHelp")}
        />
        <NumberField
          {...field}
          name="retentionDays"
          label={t("settings.timing.keep")}
          unit={t("settings.timing.days")}
          help={t("settings.timing.keepHelp")}
        />
      </Section>
    </>
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
  id?: string;
  children: ReactNode;
}) {
  return (
    <Layout.AnnotatedSection {...(id ? { id } : {})} title={title} description={text}>
      <Card>
        <BlockStack gap="400">{children}</BlockStack>
      </Card>
    </Layout.AnnotatedSection>
  );
}
