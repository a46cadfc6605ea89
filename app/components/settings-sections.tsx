import { BlockStack, Card, Layout, List, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

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
import type { FieldProps } from "./settings-values.ts";
import { useFormat } from "./use-format.ts";

interface SectionProps {
  readonly field: FieldProps;
  readonly example: Example | null;
}

/** How both copies of a purchase are made. */
export function PurchaseSections({ field, example }: SectionProps) {
  const format = useFormat();
  const { values } = field;
  return (
    <>
      <Section
        title="Event ID"
        text="Meta counts the browser’s and the server’s copy once because both carry the same event ID."
      >
        <ChoiceField
          {...field}
          name="eventIdRule"
          title="Made from"
          choices={[
            {
              value: "order_number",
              label: "Order number",
              help: "The plain number, without prefix or “#”. Easy to find in Meta’s Events Manager.",
            },
            {
              value: "order_id",
              label: "Order ID",
              help: "Shopify’s own long number. Choose it where two stores send to one dataset: their order numbers could be the same.",
            },
          ]}
        />
        <ExampleLine example={example}>{example ? eventIdExample(example, values) : null}</ExampleLine>
        <Text as="p" tone="subdued">
          You can change this at any time, also while orders are under way: an order keeps the event ID it was
          taken in with, on both copies and in every retry, and the browser gets its ID from the server. No
          order is counted twice or lost by the change.
        </Text>
      </Section>
      <Section
        title="Value"
        text="What Meta learns that a sale is worth: it decides the return on ad spend that you see there."
      >
        <SelectField
          {...field}
          name="valueBasis"
          label="Value of a purchase"
          help="Always after discounts, and for the server copy also after edits and refunds made before it was sent."
          options={[
            { value: "total", label: "Total, with tax and shipping" },
            { value: "without_tax", label: "Total without tax" },
            { value: "without_shipping", label: "Total without shipping" },
            { value: "subtotal", label: "Goods only, without tax and shipping" },
          ]}
        />
        <ChoiceField
          {...field}
          name="currencySide"
          title="In which currency"
          choices={[
            {
              value: "shop",
              label: "The store’s currency",
              help: "Every sale in one currency, by Shopify’s own rate.",
            },
            {
              value: "presentment",
              label: "The currency the buyer paid in",
              help: "Meta converts it to the ad account’s currency by its own rate.",
            },
          ]}
        />
        <ExampleLine example={example}>{example ? valueExample(example, values, format) : null}</ExampleLine>
      </Section>
      <Section
        title="Contents"
        text="Which IDs name the products. They must be those of your catalogue at Meta, or its ads cannot tell what was bought."
      >
        <SelectField
          {...field}
          name="contentId"
          label="Content ID"
          help="The catalogue that Shopify’s Facebook & Instagram channel makes has IDs such as shopify_US_123_456."
          options={[
            { value: "product", label: "Product ID" },
            { value: "variant", label: "Variant ID" },
            { value: "sku", label: "SKU" },
            { value: "shopify_catalogue", label: "Shopify’s catalogue: shopify_country_product_variant" },
          ]}
        />
        <ExampleLine example={example}>{example ? contentExample(example, values) : null}</ExampleLine>
      </Section>
    </>
  );
}

/** Which purchases are sent, and how long things wait and stay. */
export function RuleSections({ field, example }: SectionProps) {
  const { values } = field;
  return (
    <>
      <Section
        title="Which orders are sent"
        text="An order from a source that is off is never sent; it is listed as skipped, with this reason."
      >
        <SourcesField {...field} />
        <ExampleLine example={example}>{example ? sourceExample(example, values) : null}</ExampleLine>
      </Section>
      <Section
        title="Consent"
        text="When a purchase may be sent to Meta. Both copies obey the same answer, and a buyer’s “no” is obeyed whatever you choose here."
      >
        <ChoiceField
          {...field}
          name="consentPolicy"
          title="Send a purchase"
          choices={[
            {
              value: "strict",
              label: "Only with recorded consent, everywhere",
              help: "Nothing is sent unless the buyer agreed to marketing in your cookie banner.",
            },
            {
              value: "regional",
              label: "With recorded consent where the law asks for it",
              help: "In the EEA, the UK and Switzerland only after the buyer agreed; elsewhere unless the buyer refused.",
            },
            {
              value: "merchant",
              label: "Unless the buyer refused, on my own responsibility",
              help: "You state that you may send these purchases without a recorded “yes”, also in Europe. Ask your lawyer first.",
            },
          ]}
        />
        <ExampleLine example={example}>{example ? consentExample(example, values) : null}</ExampleLine>
        <List>
          <List.Item>
            Consent comes from Shopify’s cookie banner, through the web pixel or the cart. Signing up for a
            newsletter is no consent to tracking and is not read.
          </List.Item>
          <List.Item>
            A buyer in the US who refused the sale of data is sent with Meta’s Limited Data Use switched on.
          </List.Item>
        </List>
      </Section>
      <Section
        title="Waiting and keeping"
        text="How long the server waits for the browser, and how long details stay."
      >
        <NumberField
          {...field}
          name="reportWaitSeconds"
          label="Wait for the browser"
          unit="seconds"
          help="The server copy of an online order waits this long for the browser’s IDs, which help Meta recognise the buyer; then it goes without them. 20 suits most stores, 120 at most."
        />
        <NumberField
          {...field}
          name="retentionDays"
          label="Keep details of an order for"
          unit="days"
          help="After that its payloads and hashed customer information are erased here; the counts stay. 7 to 90 days. What Meta has is not touched."
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
