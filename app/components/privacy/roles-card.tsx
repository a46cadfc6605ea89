import { BlockStack, Card, Text } from "@shopify/polaris";

import { useTexts } from "../../texts/use-texts.ts";
import "../../texts/areas/onboarding.ts";

/** Who is controller and who processor, as a merchant's own records need it. */
export function RolesCard({ operator, contact }: { operator: string | null; contact: string | null }) {
  const { t } = useTexts();
  const runs = operator ?? t("onboarding.roles.operator");
  const roles = [
    [t("onboarding.roles.you"), t("onboarding.roles.youText")],
    [t("onboarding.roles.tandem", { operator: runs }), t("onboarding.roles.tandemText")],
    [t("onboarding.roles.meta"), t("onboarding.roles.metaText")],
  ];
  return (
    <Card>
      <section id="roles">
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            {t("onboarding.roles.title")}
          </Text>
          {roles.map(([who, text]) => (
            <BlockStack gap="050" key={who}>
              <Text as="h3" variant="headingSm">
                {who}
              </Text>
              <Text as="p">{text}</Text>
            </BlockStack>
          ))}
          <Text as="p">
            {contact === null
              ? t("onboarding.roles.contractNobody")
              : t("onboarding.roles.contract", { contact })}
          </Text>
        </BlockStack>
      </section>
    </Card>
  );
}

/** What it costs, said where it can be read again. */
export function CostCard() {
  const { t } = useTexts();
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          {t("onboarding.cost.title")}
        </Text>
        <Text as="p">{t("onboarding.cost.text")}</Text>
      </BlockStack>
    </Card>
  );
}
