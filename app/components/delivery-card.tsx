import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Modal, Text } from "@shopify/polaris";
import { useState } from "react";

import type { DetailDelivery } from "../quality/read-event-detail.server.ts";
import type { RetryOfEvents } from "../retry-events.server.ts";
import { LabelBadge } from "./event-badges.tsx";
import { useFormat } from "./use-format.ts";
import { useToast } from "./use-toast.ts";
import { deliveryLabel } from "./words.ts";

/** What went to one dataset: the very event, ways to take it along, and a guarded resend. */
export function DeliveryCard({ delivery, erased }: { delivery: DetailDelivery; erased: boolean }) {
  const format = useFormat();
  const json = delivery.payload ? JSON.stringify(delivery.payload, null, 2) : null;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <InlineStack gap="200" blockAlign="center">
            <Text as="h2" variant="headingMd">{`To ${delivery.dataset}`}</Text>
            <LabelBadge label={deliveryLabel(delivery.state)} />
          </InlineStack>
          {delivery.canRetry ? <ResendButton delivery={delivery} /> : null}
        </InlineStack>
        <Text as="p" tone="subdued">
          {`Dataset ${delivery.datasetId} · ${format.number(delivery.attempts)} ${delivery.attempts === 1 ? "try" : "tries"} · Meta takes it until ${format.dateTime(delivery.expiresAt)} (${format.timeZoneName})`}
        </Text>
        {json ? (
          <>
            <InlineStack gap="200">
              <CopyButton text={json} label="Copy as JSON" />
              {delivery.curl ? (
                <CopyButton text={delivery.curl} label="Copy as cURL (without the token)" />
              ) : null}
            </InlineStack>
            <pre className="tandem-code" tabIndex={0} aria-label="The event as it was sent">
              {json}
            </pre>
          </>
        ) : (
          <Text as="p" tone="subdued">
            {erased
              ? "What was sent was erased: the customer asked for it, or the store’s retention time has passed. Counts and outcomes stay."
              : delivery.state === "skipped"
                ? "Nothing was sent."
                : "Nothing is kept of what was sent: it has not been sent yet, or the store’s retention time has passed."}
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}

function CopyButton({ text, label }: { text: string; label: string }) {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setState("copied"),
      () => setState("failed"),
    );
  return (
    <InlineStack gap="100" blockAlign="center">
      <Button onClick={() => void copy()}>{label}</Button>
      <span role="status">
        {state === "idle" ? null : state === "copied" ? "Copied" : "Your browser did not allow copying"}
      </span>
    </InlineStack>
  );
}

function ResendButton({ delivery }: { delivery: DetailDelivery }) {
  const fetcher = useFetcher<RetryOfEvents>();
  const [asking, setAsking] = useState(false);
  useToast(fetcher.data?.kind === "retried" ? fetcher.data : null);
  const problem = fetcher.data?.kind === "problem" ? fetcher.data.text : null;
  return (
    <>
      <InlineStack gap="200" blockAlign="center">
        {problem ? (
          <Text as="span" tone="critical">
            {problem}
          </Text>
        ) : null}
        <Button onClick={() => setAsking(true)} loading={fetcher.state !== "idle"}>
          Send again
        </Button>
      </InlineStack>
      <Modal
        open={asking}
        onClose={() => setAsking(false)}
        title="Send this event again?"
        primaryAction={{
          content: "Send again",
          onAction: () => {
            fetcher.submit({ delivery: delivery.id }, { method: "post" });
            setAsking(false);
          },
        }}
        secondaryActions={[{ content: "Cancel", onAction: () => setAsking(false) }]}
      >
        <Modal.Section>
          <Text as="p">
            It goes to Meta with the same event ID, so a copy that arrived within the last 48 hours is not
            counted twice. {delivery.lastMessage ? `Meta’s last words were: “${delivery.lastMessage}”.` : ""}
          </Text>
        </Modal.Section>
      </Modal>
    </>
  );
}
