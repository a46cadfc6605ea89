import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";

import type { DatasetView } from "../quality/read-datasets.server.ts";
import { Facts } from "./metric-card.tsx";
import { useDatasetAction } from "./use-dataset-action.ts";
import { useFormat } from "./use-format.ts";
import { errorClass } from "./words.ts";

const CHECKS: Readonly<Record<string, string>> = {
  ok: "accepted by Meta",
  invalid_token: "not accepted by Meta",
  expired_token: "expired",
  other_dataset: "belongs to another dataset",
  missing_scope: "may not send events",
  throttled: "not checked: Meta asked us to wait",
  unreachable: "not checked: Meta could not be asked",
};

/** What a dataset does now, and why not where it does not. */
export function DatasetStatusCard({ dataset }: { dataset: DatasetView }) {
  const format = useFormat();
  const { busy, wish, problem, send } = useDatasetAction();
  const connected = dataset.state !== "disconnected";
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Status
        </Text>
        <Text as="p">{explain()}</Text>
        <Facts
          facts={[
            { name: "Connected", value: format.dateTime(dataset.connectedAt) },
            {
              name: "Last event accepted",
              value: dataset.lastSentAt ? format.dateTime(dataset.lastSentAt) : "None yet",
            },
            { name: "Waiting", value: format.number(dataset.waiting) },
            ...(connected
              ? [
                  {
                    name: "Access token",
                    value: dataset.tokenLastFour ? `ends in ${dataset.tokenLastFour}` : "none",
                  },
                  {
                    name: "Last check",
                    value: dataset.checkedAt
                      ? `${format.dateTime(dataset.checkedAt)}: ${CHECKS[dataset.checkResult ?? ""] ?? "not known"}`
                      : "Never",
                  },
                ]
              : []),
          ]}
        />
        <Text as="p" tone="subdued" variant="bodySm">{`Times in ${format.timeZoneName}.`}</Text>
        {problem ? (
          <div role="alert">
            <Text as="p" tone="critical">
              {problem.text}
            </Text>
          </div>
        ) : null}
        {connected ? (
          <InlineStack gap="200">
            <Button loading={busy && wish === "check"} onClick={() => send({ intent: "check" })}>
              Check with Meta
            </Button>
            {dataset.state === "paused" ? (
              <Button loading={busy && wish === "resume"} onClick={() => send({ intent: "resume" })}>
                Resume
              </Button>
            ) : (
              <Button loading={busy && wish === "pause"} onClick={() => send({ intent: "pause" })}>
                Pause
              </Button>
            )}
          </InlineStack>
        ) : null}
      </BlockStack>
    </Card>
  );

  function explain(): string {
    if (dataset.state === "disconnected")
      return "Disconnected: nothing is sent, and the access token is destroyed. Connect it again to go on.";
    if (dataset.state === "paused")
      return "Paused: events are kept and sent when you resume, as long as Meta takes them (7 days after the sale).";
    if (dataset.held)
      return `Held since ${format.dateTime(dataset.held.since)}: ${errorClass(dataset.held.class).long}${
        dataset.held.message
          ? ` Meta’s words: “${dataset.held.message}”${dataset.held.code ? ` (code ${dataset.held.code})` : ""}.`
          : ""
      } We also try by ourselves from time to time.`;
    if (dataset.throttledUntil)
      return `Meta asked us to slow down; we go on at ${format.dateTime(dataset.throttledUntil)}.`;
    return "Active: every paid order goes here from the server, and from the buyer’s browser.";
  }
}
