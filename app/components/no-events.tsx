import { BlockStack, Box, Button, InlineStack, Text } from "@shopify/polaris";

import { writeEventFilters, type EventFilters } from "../quality/event-filters.ts";

const EMPTY: Readonly<Record<EventFilters["view"], { readonly heading: string; readonly text: string }>> = {
  all: {
    heading: "No purchases yet",
    text: "Each paid order appears here a second after Shopify reports it, with everything that becomes of it at Meta.",
  },
  attention: {
    heading: "Nothing needs you",
    text: "Events that failed for good, and those that wait for a dataset that does not work, would be here.",
  },
  waiting: {
    heading: "Nothing waits",
    text: "Events on their way are here: mostly for seconds, longer while Meta cannot be reached.",
  },
  recovered: {
    heading: "Nothing recovered yet",
    text: "Sales that only the server could report are here: those that an ad blocker or a closed page would have lost.",
  },
  skipped: {
    heading: "Nothing was skipped",
    text: "Orders that are left out on purpose are here, each with its reason: consent, test orders, sources you switched off.",
  },
};

/** Why the table is empty: nothing happened, or the filters find nothing. */
export function NoEvents({ filters }: { filters: EventFilters }) {
  const plain = writeEventFilters({ ...filters, view: "all" }).toString() === "";
  const { heading, text } = plain
    ? EMPTY[filters.view]
    : { heading: "No events fit", text: "Nothing was found for these filters. Widen or clear them." };
  return (
    <Box padding="1000">
      <div className="tandem-empty">
        <BlockStack gap="300" inlineAlign="center">
          <Text as="h2" variant="headingMd" alignment="center">
            {heading}
          </Text>
          <Text as="p" tone="subdued" alignment="center">
            {text}
          </Text>
          <InlineStack>
            {plain ? (
              filters.view === "all" ? (
                <Button url="/app/test-events">Send a test purchase</Button>
              ) : null
            ) : (
              <Button url={`/app/events${filters.view === "all" ? "" : `?view=${filters.view}`}`}>
                Clear filters
              </Button>
            )}
          </InlineStack>
        </BlockStack>
      </div>
    </Box>
  );
}
