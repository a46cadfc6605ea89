import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, Modal, SkeletonBodyText, Text } from "@shopify/polaris";
import { useState } from "react";

import { writeEventFilters, type EventFilters } from "../quality/event-filters.ts";
import type { RetryOfEvents } from "../retry-events.server.ts";
import { useFormat } from "./use-format.ts";
import { useToast } from "./use-toast.ts";

/** Sends everything again that failed and that the filters find; first it says how many, and which it will not touch. */
export function RetryButton({ filters }: { filters: EventFilters }) {
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
        Retry failed
      </Button>
      <Modal
        open={asking}
        onClose={() => setAsking(false)}
        title="Send failed events again?"
        primaryAction={{
          content: "Send again",
          disabled: counted === null || counted.retryable === 0,
          onAction: send,
        }}
        secondaryActions={[{ content: "Cancel", onAction: () => setAsking(false) }]}
      >
        <Modal.Section>{counted ? <Counted {...counted} /> : <SkeletonBodyText lines={2} />}</Modal.Section>
      </Modal>
    </>
  );
}

function Counted(count: Extract<RetryOfEvents, { kind: "count" }>) {
  const format = useFormat();
  const events = (number: number) => `${format.number(number)} ${number === 1 ? "event" : "events"}`;
  return (
    <BlockStack gap="200">
      <Text as="p">
        {count.retryable === 0
          ? "Nothing here can be sent again."
          : `${events(count.retryable)} will be sent again with the same event ID, so that Meta counts none of them twice.`}
      </Text>
      {count.uncertain > 0 ? (
        <Text as="p">{`${events(count.uncertain)} of these went out more than 48 hours ago without a clear answer; if Meta took them then, they could count twice.`}</Text>
      ) : null}
      {count.tooOld > 0 ? (
        <Text
          as="p"
          tone="subdued"
        >{`${events(count.tooOld)} left out: older than Meta takes (7 days).`}</Text>
      ) : null}
      {count.browserCounted > 0 ? (
        <Text
          as="p"
          tone="subdued"
        >{`${events(count.browserCounted)} left out: the browser’s copy was counted more than 48 hours ago.`}</Text>
      ) : null}
    </BlockStack>
  );
}
