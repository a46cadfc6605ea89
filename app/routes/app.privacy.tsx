import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Badge, BlockStack, Card, InlineStack, Text } from "@shopify/polaris";

import { AdminPage } from "../components/frame/admin-page.tsx";
import { EmptyCard } from "../components/frame/empty-card.tsx";
import { SaveFileButton } from "../components/frame/save-file-button.tsx";
import { useFormat } from "../components/frame/use-format.ts";
import { useLivePage } from "../components/frame/use-live-page.ts";
import {
  readComplianceRequests,
  type ComplianceRequestView,
} from "../privacy/read-compliance-requests.server.ts";
import { signedInStore } from "../admin/signed-in-store.server.ts";
import { sayText, type TextKey } from "../texts/texts.ts";
import { useTexts } from "../texts/use-texts.ts";
import "../texts/areas/privacy.ts";

export { PageError as ErrorBoundary } from "../components/frame/page-error.tsx";
export { pageHeaders as headers } from "../admin/page-headers.server.ts";

export const meta: MetaFunction = () => [{ title: sayText({ key: "privacy.title" }) }];

export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  return { requests: await readComplianceRequests(tandem, store.shop), retentionDays: store.retentionDays };
}

const TITLES: Readonly<Record<string, TextKey>> = {
  "customers/data_request": "privacy.asked",
  "customers/redact": "privacy.forget",
  "shop/redact": "privacy.shop",
};

/** What Shopify asked in the name of customers, and what became of it. */
export default function Privacy() {
  const { requests, retentionDays } = useLoaderData<typeof loader>();
  const { t } = useTexts();
  useLivePage(requests.some((request) => request.completedAt === null));
  return (
    <AdminPage title={t("privacy.title")} subtitle={t("privacy.subtitle", { days: retentionDays })}>
      {requests.length === 0 ? (
        <EmptyCard heading={t("privacy.emptyTitle")}>{t("privacy.emptyText")}</EmptyCard>
      ) : (
        <BlockStack gap="400">
          {requests.map((request) => (
            <RequestCard key={request.id} request={request} />
          ))}
        </BlockStack>
      )}
    </AdminPage>
  );
}

function RequestCard({ request }: { request: ComplianceRequestView }) {
  const format = useFormat();
  const { t } = useTexts();
  const zone = format.timeZoneName;
  const received = format.dateTime(request.receivedAt);
  const title = TITLES[request.topic];
  return (
    <Card>
      <BlockStack gap="200">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingSm">
            {title ? t(title) : request.topic}
          </Text>
          <StateBadge request={request} />
        </InlineStack>
        <Text as="p" tone="subdued">
          {request.completedAt === null
            ? t("privacy.receivedDue", { received, due: format.dateTime(request.dueAt), zone })
            : t("privacy.receivedFinished", {
                received,
                finished: format.dateTime(request.completedAt),
                zone,
              })}
        </Text>
        <Outcome request={request} />
        {request.exportUntil === null ? null : (
          <BlockStack gap="100">
            <SaveFileButton
              address={`/app/privacy/${request.id}/export`}
              fileName={`customer-data-${request.id}.json`}
            >
              {t("privacy.download")}
            </SaveFileButton>
            <Text as="p" tone="subdued">
              {t("privacy.handOver", { date: format.dateTime(request.exportUntil), zone })}
            </Text>
          </BlockStack>
        )}
      </BlockStack>
    </Card>
  );
}

function StateBadge({ request }: { request: ComplianceRequestView }) {
  const { t } = useTexts();
  if (request.completedAt !== null) return <Badge tone="success">{t("privacy.finished")}</Badge>;
  return request.overdue ? (
    <Badge tone="critical">{t("privacy.overdue")}</Badge>
  ) : (
    <Badge tone="attention">{t("privacy.inProgress")}</Badge>
  );
}

function Outcome({ request: { topic, orders } }: { request: ComplianceRequestView }) {
  const format = useFormat();
  const { t } = useTexts();
  return <Text as="p">{say()}</Text>;

  function say(): string {
    if (orders === null) return t("privacy.working");
    const gaps = { count: orders, number: format.number(orders) };
    if (topic === "customers/data_request")
      return orders === 0 ? t("privacy.holdsNothing") : t("privacy.holds", gaps);
    if (topic === "customers/redact")
      return orders === 0 ? t("privacy.heldNothing") : t("privacy.erased", gaps);
    return t("privacy.deleted", gaps);
  }
}
