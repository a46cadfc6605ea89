import { BlockStack, Box, Button, Card, InlineStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

interface EmptyAction {
  readonly content: string;
  readonly url: string;
  /** In a tab of its own: Meta and Shopify may not be shown in the app's frame. */
  readonly external?: boolean;
}

/** What a page shows before there is anything: what will be here, and the way to the first of it. */
export function EmptyCard({
  heading,
  children,
  action,
  secondaryAction,
}: {
  heading: string;
  children: ReactNode;
  action?: EmptyAction;
  secondaryAction?: EmptyAction;
}) {
  return (
    <Card>
      <Box paddingBlock={{ xs: "400", sm: "1000" }}>
        <div className="tandem-empty">
          <BlockStack gap="400" inlineAlign="center">
            <Text as="h2" variant="headingMd" alignment="center">
              {heading}
            </Text>
            <Text as="p" tone="subdued" alignment="center">
              {children}
            </Text>
            <InlineStack gap="200" align="center">
              {secondaryAction ? (
                <Button
                  url={secondaryAction.url}
                  {...(secondaryAction.external ? { target: "_blank" as const } : {})}
                >
                  {secondaryAction.content}
                </Button>
              ) : null}
              {action ? (
                <Button
                  variant="primary"
                  url={action.url}
                  {...(action.external ? { target: "_blank" as const } : {})}
                >
                  {action.content}
                </Button>
              ) : null}
            </InlineStack>
          </BlockStack>
        </div>
      </Box>
    </Card>
  );
}
