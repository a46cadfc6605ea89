import { BlockStack, Box, Button, InlineStack, Text } from "@shopify/polaris";

import { writeEventFilters, type EventFilters } from "../../quality/event-filters.ts";
import { useTexts } from "../../texts/use-texts.ts";
import "../../texts/areas/events.ts";

/** Why the table is empty: nothing happened, or the filters find nothing. */
export function NoEvents({ filters }: { filters: EventFilters }) {
  const { t } = useTexts();
  const plain = writeEventFilters({ ...filters, view: "all" }).toString() === "";
  const about = plain ? filters.view : "filtered";
  return (
    <Box padding="1000">
      <div className="tandem-empty">
        <BlockStack gap="300" inlineAlign="center">
          <Text as="h2" variant="headingMd" alignment="center">
            {t(`events.empty.${about}.heading`)}
          </Text>
          <Text as="p" tone="subdued" alignment="center">
            {t(`events.empty.${about}.text`)}
          </Text>
          <InlineStack>
            {plain ? (
              filters.view === "all" ? (
                <Button url="/app/test-events">{t("events.empty.testPurchase")}</Button>
              ) : null
            ) : (
              <Button url={`/app/events${filters.view === "all" ? "" : `?view=${filters.view}`}`}>
                {t("events.empty.clear")}
              </Button>
            )}
          </InlineStack>
        </BlockStack>
      </div>
    </Box>
  );
}
