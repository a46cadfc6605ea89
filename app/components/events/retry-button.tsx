import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, Modal, SkeletonBodyText, Text } from "@shopify/polaris";
import { useState } from "react";

import { writeEventFilters, type EventFilters } from "../../quality/event-filters.ts";
import type { RetryOfEvents } from "../../admin/retry-events.server.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { useFormat } from "../frame/use-format.ts";
import { useToast } from "../frame/use-toast.ts";
import "../../texts/areas/events.ts";

/** Sends everything again that failed and that the filters find; first it says how many, and which it will not touch. */
export function RetryButton({ filters }: { filters: EventFilters }) {
  const { t } = useTexts();
  const [asking, setAsking] = useState(false);
  const count = useFetcher<RetryOfEvents>();
  const retry = useFetcher<RetryOfEvents>();
  useToast(retry.data?.kind === "retried" ? retry.data : null);
  const action = `/app/events?index&${writeEventFilters(filters).toString()}`;
  const counted = count.data?.kind === "count" && count.state === "idle" ? count.data : null;
  const open = () => {
    setAsking(true);
    count.submit({ intent: "count" }, { method: "post", action });
  };
  const send = () => {
    retry.submit({ intent: "retry" }, { method: "post", action });
    setAsking(false);
  };
  return (
    <>
      <Button onClick={open} loading={retry.state !== "idle"}>
        {t("events.retry.action")}
      </Button>
      <Modal
        open={asking}
        onClose={() => setAsking(false)}
        title={t("events.retry.title")}
        primaryAction={{
          content: t("events.retry.send"),
          disabled: counted === null || counted.retryable === 0,
          onAction: send,
        }}
        secondaryActions={[{ content: t("events.retry.cancel"), onAction: () => setAsking(false) }]}
      >
        <Modal.Section>{counted ? <Counted {...counted} /> : <SkeletonBodyText lines={2} />}</Modal.Section>
      </Modal>
    </>
  );
}

function Counted(counted: Extract<RetryOfEvents, { kind: "count" }>) {
  const format = useFormat();
  const { t } = useTexts();
  const say = (name: "count" | "uncertain" | "tooOld" | "browserCounted", count: number) =>
    t(`events.retry.${name}`, { count, number: format.number(count) });
  return (
    <BlockStack gap="200">
      <Text as="p">
        {counted.retryable === 0 ? t("events.retry.nothing") : say("count", counted.retryable)}
      </Text>
      {counted.uncertain > 0 ? <Text as="p">{say("uncertain", counted.uncertain)}</Text> : null}
      {counted.tooOld > 0 ? (
        <Text as="p" tone="subdued">
          {say("tooOld", counted.tooOld)}
        </Text>
      ) : null}
      {counted.browserCounted > 0 ? (
        <Text as="p" tone="subdued">
          {say("browserCounted", counted.browserCounted)}
        </Text>
      ) : null}
    </BlockStack>
  );
}
