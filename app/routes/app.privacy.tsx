import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Badge, BlockStack, Card, InlineStack, Text } from "@shopify/polaris";

import { AdminPage } from "../components/admin-page.tsx";
import { EmptyCard } from "../components/empty-card.tsx";
import { SaveFileButton } from "../components/save-file-button.tsx";
import { useFormat } from "../components/use-format.ts";
import {
  readComplianceRequests,
  type ComplianceRequestView,
} from "../privacy/read-compliance-requests.server.ts";
import { signedInStore } from "../signed-in-store.server.ts";

export { PageError as ErrorBoundary } from "../components/page-error.tsx";
export { pageHeaders as headers } from "../page-headers.server.ts";

export const meta: MetaFunction = () => [{ title: "Privacy requests" }];

export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  return { requests: await readComplianceRequests(tandem, store.shop), retentionDays: store.retentionDays };
}

const TITLES: Readonly<Record<string, string>> = {
  "customers/data_request": "A customer asked for their data",
  "customers/redact": "A customer asked to be forgotten",
  "shop/redact": "An earlier installation was deleted",
};

/** What Shopify asked in the name of customers, and what became of it. */
export default function Privacy() {
  const { requests, retentionDays } = useLoaderData<typeof loader>();
  const subtitle = `Details of what was sent are kept for ${retentionDays} days. Names, e-mail addresses, phone numbers and street addresses are never stored.`;
  if (requests.length === 0)
    return (
      <AdminPage title="Privacy requests" subtitle={subtitle}>
        <EmptyCard heading="No privacy requests yet">
          When a customer asks you for their data, or asks to be forgotten, Shopify tells Tandem. Each request
          is carried out by itself and shown here.
        </EmptyCard>
      </AdminPage>
    );
  return (
    <AdminPage title="Privacy requests" subtitle={subtitle}>
      <BlockStack gap="400">
        {requests.map((request) => (
          <RequestCard key={request.id} request={request} />
        ))}
      </BlockStack>
    </AdminPage>
  );
}

function RequestCard({ request }: { request: ComplianceRequestView }) {
  const format = useFormat();
  return (
    <Card>
      <BlockStack gap="200">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingSm">
            {TITLES[request.topic] ?? request.topic}
          </Text>
          <StateBadge request={request} />
        </InlineStack>
        <Text as="p" tone="subdued">
          {`Received ${format.dateTime(request.receivedAt)} · ${
            request.completedAt === null
              ? `due by ${format.dateTime(request.dueAt)}`
              : `finished ${format.dateTime(request.completedAt)}`
          }`}
        </Text>
        <Text as="p">{outcome(request)}</Text>
        {request.exportUntil === null ? null : (
          <BlockStack gap="100">
            <SaveFileButton
              address={`/app/privacy/${request.id}/export`}
              fileName={`customer-data-${request.id}.json`}
            >
              Download the data
            </SaveFileButton>
            <Text as="p" tone="subdued">
              {`Hand it to the customer. It is destroyed on ${format.dateTime(request.exportUntil)}.`}
            </Text>
          </BlockStack>
        )}
      </BlockStack>
    </Card>
  );
}

function StateBadge({ request }: { request: ComplianceRequestView }) {
  if (request.completedAt !== null) return <Badge tone="success">Finished</Badge>;
  return request.overdue ? (
    <Badge tone="critical">Overdue</Badge>
  ) : (
    <Badge tone="attention">In progress</Badge>
  );
}

function outcome({ topic, orders }: ComplianceRequestView): string {
  if (orders === null) return "Tandem is working on it.";
  const count = orders === 1 ? "1 order" : `${orders} orders`;
  if (topic === "customers/data_request")
    return orders === 0
      ? "Tandem holds nothing of this customer."
      : `Tandem holds data of ${count} of this customer.`;
  if (topic === "customers/redact")
    return orders === 0
      ? "Tandem held nothing of this customer."
      : `The customer's data was erased from ${count}.`;
  return `${count} from before were deleted.`;
}
