import { Banner, BlockStack, Card, Icon, InlineStack, Text } from "@shopify/polaris";
import { CheckCircleIcon, InfoIcon } from "@shopify/polaris-icons";

import type { Verdict } from "../quality/judge-event.ts";

/** What became of a purchase, in a sentence. A banner only where somebody has to do something. */
export function VerdictCard({ verdict, text }: { verdict: Verdict; text: string }) {
  if (verdict.tone === "critical" || verdict.tone === "warning")
    return (
      <Banner title={verdict.title} tone={verdict.tone}>
        <p>{text}</p>
      </Banner>
    );
  const isGood = verdict.tone === "success";
  return (
    <Card>
      <BlockStack gap="100">
        <InlineStack gap="100" blockAlign="center" wrap={false}>
          <span>
            <Icon source={isGood ? CheckCircleIcon : InfoIcon} tone={isGood ? "success" : "subdued"} />
          </span>
          <Text as="h2" variant="headingMd">
            {verdict.title}
          </Text>
        </InlineStack>
        <Text as="p">{text}</Text>
      </BlockStack>
    </Card>
  );
}
