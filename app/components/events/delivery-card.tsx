import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Modal, Text } from "@shopify/polaris";
import { useState } from "react";

import { writeSentences } from "../../texts/conventions.ts";
import { useTexts } from "../../texts/use-texts.ts";
import type { DetailDelivery } from "../../quality/read-event-detail.server.ts";
import type { RetryOfEvents } from "../../admin/retry-events.server.ts";
import { answerText } from "./answer-text.ts";
import { LabelBadge } from "./event-badges.tsx";
import { CopyButton } from "../frame/copy-button.tsx";
import { useFormat } from "../frame/use-format.ts";
import { useToast } from "../frame/use-toast.ts";
import { CUSTOMER_DETAILS, deliveryLabel } from "../frame/words.ts";
import "../../texts/areas/verdicts.ts";

/** What went to one dataset: the very event, ways to take it along, and a guarded resend. */
export function DeliveryCard({
  delivery,
  erased,
  isPast,
}: {
  delivery: DetailDelivery;
  erased: boolean;
  /** Meta does not take it any more. */
  isPast: boolean;
}) {
  const format = useFormat();
  const { t } = useTexts();
  const json = delivery.payload ? JSON.stringify(delivery.payload, null, 2) : null;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <InlineStack gap="200" blockAlign="center">
            <Text as="h2" variant="headingMd">
              {t("verdicts.delivery.title", { dataset: delivery.dataset })}
            </Text>
            <LabelBadge label={deliveryLabel(delivery.state)} />
          </InlineStack>
          {delivery.canRetry ? <ResendButton delivery={delivery} /> : null}
        </InlineStack>
        <Text as="p" tone="subdued">
          {facts().join(" · ")}
        </Text>
        {json ? (
          <>
            <InlineStack gap="200">
              <Copy text={json} label={t("verdicts.delivery.copyJson")} />
              {delivery.curl ? <Copy text={delivery.curl} label={t("verdicts.delivery.copyCurl")} /> : null}
            </InlineStack>
            <pre className="tandem-code" tabIndex={0} aria-label={t("verdicts.delivery.asSent")}>
              {json}
            </pre>
          </>
        ) : (
          <Text as="p" tone="subdued">
            {t(absence())}
          </Text>
        )}
      </BlockStack>
    </Card>
  );

  function facts(): readonly string[] {
    const { attempts, details, state } = delivery;
    const values = { time: format.dateTime(delivery.expiresAt), zone: format.timeZoneName };
    return [
      t("verdicts.delivery.dataset", { id: delivery.datasetId }),
      t("verdicts.delivery.attempts", { count: attempts, number: format.number(attempts) }),
      ...(details === null
        ? []
        : [
            t("verdicts.delivery.details", {
              count: details,
              number: format.number(details),
              all: format.number(CUSTOMER_DETAILS),
            }),
          ]),
      // Until when Meta takes it matters only to what may still be sent.
      ...(state === "delivered" || state === "skipped"
        ? []
        : [t(isPast ? "verdicts.delivery.untilPast" : "verdicts.delivery.until", values)]),
    ];
  }

  function absence() {
    if (delivery.state === "skipped" && delivery.attempts === 0) return "verdicts.delivery.nothingSent";
    if (erased) return "verdicts.delivery.erased";
    return delivery.attempts === 0 ? "verdicts.delivery.notYet" : "verdicts.delivery.notKept";
  }
}

function Copy({ text, label }: { text: string; label: string }) {
  const { t } = useTexts();
  const words = { copied: t("verdicts.delivery.copied"), notCopied: t("verdicts.delivery.notCopied") };
  return <CopyButton text={text} label={label} {...words} />;
}

function ResendButton({ delivery }: { delivery: DetailDelivery }) {
  const fetcher = useFetcher<RetryOfEvents>();
  const { t, say } = useTexts();
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
          {t("verdicts.delivery.again")}
        </Button>
      </InlineStack>
      <Modal
        open={asking}
        onClose={() => setAsking(false)}
        title={t("verdicts.delivery.askTitle")}
        primaryAction={{
          content: t("verdicts.delivery.again"),
          onAction: () => {
            fetcher.submit({ delivery: delivery.id }, { method: "post" });
            setAsking(false);
          },
        }}
        secondaryActions={[{ content: t("verdicts.delivery.cancel"), onAction: () => setAsking(false) }]}
      >
        <Modal.Section>
          <Text as="p">{writeSentences([t("verdicts.delivery.ask"), ...lastAnswer()])}</Text>
        </Modal.Section>
      </Modal>
    </>
  );

  function lastAnswer(): readonly string[] {
    if (delivery.answer === null) return [];
    const { text, isMetas } = answerText(delivery.answer, say);
    return [
      isMetas ? t("verdicts.failed.meta", { answer: text }) : t("verdicts.failed.note", { answer: text }),
    ];
  }
}
