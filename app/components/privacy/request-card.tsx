import { Badge, BlockStack, Card, InlineStack, Text } from "@shopify/polaris";

import type { ComplianceRequestView } from "../../privacy/read-compliance-requests.server.ts";
import type { TextKey } from "../../texts/texts.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { SaveFileButton } from "../frame/save-file-button.tsx";
import { useFormat } from "../frame/use-format.ts";
import "../../texts/areas/privacy.ts";

const TITLES: Readonly<Record<string, TextKey>> = {
  "customers/data_request": "privacy.asked",
  "customers/redact": "privacy.forget",
  "shop/redact": "privacy.shop",
};

/** One request that Shopify passed on, and what became of it. */
export function RequestCard({ request }: { request: ComplianceRequestView }) {
  const format = useFormat();
  const { t } = useTexts();
  const zone = format.timeZoneName;
  const received = format.dateTime(request.receivedAt);
  const title = TITLES[request.topic];
  return (
    <Card>
      <BlockStack gap="200">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h3" variant="headingSm">
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
