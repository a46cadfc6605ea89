import { BlockStack, Button, Card, InlineStack, List, Text } from "@shopify/polaris";

import { useTexts } from "../../texts/use-texts.ts";
import "../../texts/areas/connect.ts";

/** Meta's own place for datasets; opens with the business that was looked at last. */
export const EVENTS_MANAGER = "https://business.facebook.com/events_manager2";

/** The three steps to a dataset's ID and token, and the way there. */
export function FindInMeta() {
  const { t } = useTexts();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          {t("connect.findTitle")}
        </Text>
        <List type="number">
          <List.Item>{t("connect.find1")}</List.Item>
          <List.Item>{t("connect.find2")}</List.Item>
          <List.Item>{t("connect.find3")}</List.Item>
        </List>
        <InlineStack>
          <Button url={EVENTS_MANAGER} target="_blank">
            {t("connect.openEventsManager")}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
