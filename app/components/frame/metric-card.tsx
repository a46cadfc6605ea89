import { BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

/** One question of the overview, its answer in figures, and the picture of it over time. */
export function MetricCard({
  title,
  question,
  value,
  known,
  note,
  action,
  children,
}: {
  title: string;
  question: string;
  /** The figure, or that it is not known yet. */
  value: string;
  /** A figure is set large; that there is none yet is not. */
  known: boolean;
  /** What the figure is of, and whose it is. */
  note: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="h2" variant="headingMd">
              {title}
            </Text>
            {action}
          </InlineStack>
          <Text as="p" tone="subdued">
            {question}
          </Text>
        </BlockStack>
        <BlockStack gap="050">
          {known ? (
            <Text as="p" variant="heading2xl">
              {value}
            </Text>
          ) : (
            <Text as="p" variant="headingLg" tone="subdued">
              {value}
            </Text>
          )}
          <Text as="p" tone="subdued">
            {note}
          </Text>
        </BlockStack>
        {children}
      </BlockStack>
    </Card>
  );
}

/** Names and figures, one pair a line. */
export function Facts({
  facts,
}: {
  facts: readonly { readonly name: ReactNode; readonly value: ReactNode }[];
}) {
  return (
    <dl className="tandem-facts">
      {facts.map((fact, index) => (
        <Fact key={index} {...fact} />
      ))}
    </dl>
  );
}

function Fact({ name, value }: { name: ReactNode; value: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
