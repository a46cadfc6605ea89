import { BlockStack, Card, InlineStack, Link, Text, TextField } from "@shopify/polaris";

import { useTexts } from "../../texts/use-texts.ts";
import { CopyButton } from "../frame/copy-button.tsx";
import { writePolicyText, type PolicyFacts } from "./policy-text.ts";
import "../../texts/areas/onboarding.ts";

/** A draft for the merchant's own privacy policy to copy, and the ways to Tandem's. */
export function PolicyTextCard({ policy, hasPages }: { policy: PolicyFacts; hasPages: boolean }) {
  const { t, say } = useTexts();
  const text = writePolicyText(policy, say);
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("onboarding.policy.title")}
        </Text>
        <Text as="p">{t("onboarding.policy.text")}</Text>
        <TextField
          label={t("onboarding.policy.label")}
          labelHidden
          value={text}
          multiline={8}
          maxHeight={320}
          readOnly
          autoComplete="off"
        />
        <CopyButton
          text={text}
          label={t("onboarding.policy.copy")}
          copied={t("onboarding.policy.copied")}
          notCopied={t("onboarding.policy.notCopied")}
        />
        {hasPages ? (
          <div className="tandem-link-line">
            <InlineStack gap="400">
              <Link url="/privacy-policy" target="_blank">
                {t("onboarding.policy.ours")}
              </Link>
              <Link url="/support" target="_blank">
                {t("onboarding.policy.support")}
              </Link>
            </InlineStack>
          </div>
        ) : null}
      </BlockStack>
    </Card>
  );
}
