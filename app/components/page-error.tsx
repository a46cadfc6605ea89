import { isRouteErrorResponse, useRevalidator, useRouteError } from "@remix-run/react";
import { BlockStack, Box, Button, Card, InlineStack, Page, Text } from "@shopify/polaris";

/** In place of a page that cannot be shown; the frame around it stays. */
export function PageError() {
  const error = useRouteError();
  const revalidator = useRevalidator();
  const answered = isRouteErrorResponse(error);
  if (answered && error.status === 404) {
    return (
      <ErrorCard
        title="This page isn’t here"
        text="It may have been deleted after the store’s retention time, or the address is wrong."
      />
    );
  }
  // Shopify's way back to a valid session comes as a small document of its own.
  if (answered && error.status < 500 && typeof error.data === "string" && error.data.includes("<script"))
    return <div dangerouslySetInnerHTML={{ __html: error.data }} />;
  return (
    <ErrorCard
      title="This page could not be loaded"
      text="Nothing is lost: orders are taken in and sent all the same. Try again; if it stays like this, tell us what you were doing."
      action={
        <Button loading={revalidator.state === "loading"} onClick={() => revalidator.revalidate()}>
          Try again
        </Button>
      }
    />
  );
}

function ErrorCard({ title, text, action }: { title: string; text: string; action?: React.ReactNode }) {
  return (
    <Page title={title} backAction={{ content: "Overview", url: "/app" }}>
      <Card>
        <BlockStack gap="400">
          <Text as="p">{text}</Text>
          <InlineStack gap="200">
            {action}
            <Box>
              <Button url="/app">Go to the overview</Button>
            </Box>
          </InlineStack>
        </BlockStack>
      </Card>
    </Page>
  );
}
