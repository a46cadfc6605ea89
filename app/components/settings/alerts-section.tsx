import { Button, InlineStack, Text } from "@shopify/polaris";

import { useTexts } from "../../texts/use-texts.ts";
import { Section } from "./settings-sections.tsx";
import "../../texts/areas/settings.ts";

/** The way to the page on which a store chooses where it is told of findings. */
export function AlertsSection() {
  const { t } = useTexts();
  return (
    <Section id="alerts" title={t("settings.alerts.title")} text={t("settings.alerts.text")}>
      <Text as="p">{t("settings.alerts.more")}</Text>
      <InlineStack>
        <Button url="/app/alerts">{t("settings.alerts.link")}</Button>
      </InlineStack>
    </Section>
  );
}
