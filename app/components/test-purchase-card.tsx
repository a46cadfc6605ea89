import { Badge, BlockStack, Button, Card, InlineStack, Select, Spinner, Text } from "@shopify/polaris";
import { useState } from "react";

import type { TestRunView, TestStepName } from "../quality/send-test-purchase.server.ts";
import { useFormat } from "./use-format.ts";
import { useTestPurchase } from "./use-test-purchase.ts";

const STEPS: readonly { readonly step: TestStepName; readonly title: string; readonly text: string }[] = [
  { step: "prepared", title: "Pair prepared", text: "One event ID, one time, one value for both copies." },
  { step: "browser", title: "Browser copy", text: "Sent by this browser, as the pixel does." },
  { step: "server", title: "Server copy", text: "Sent by our server to the Conversions API." },
];

/** Sends a pair that nobody bought, and shows each step as it happens. */
export function TestPurchaseCard({
  hasCode,
  datasets,
  lastRun,
}: {
  hasCode: boolean;
  datasets: readonly { readonly id: string; readonly label: string }[];
  lastRun: TestRunView | null;
}) {
  const [dataset, setDataset] = useState(datasets[0]?.id ?? "");
  const { run, busy, problem, start } = useTestPurchase(lastRun);
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Test purchase
        </Text>
        {datasets.length > 1 ? (
          <Select
            label="Dataset"
            options={datasets.map((each) => ({ value: each.id, label: each.label }))}
            value={dataset}
            onChange={setDataset}
          />
        ) : null}
        <InlineStack gap="200" blockAlign="center">
          <Button variant="primary" disabled={!hasCode} loading={busy} onClick={() => start(dataset)}>
            Send test purchase
          </Button>
          {hasCode ? null : (
            <Text as="span" tone="subdued">
              Save a test event code first.
            </Text>
          )}
        </InlineStack>
        {problem ? (
          <div role="alert">
            <Text as="p" tone="critical">
              {problem}
            </Text>
          </div>
        ) : null}
        {run ? <RunSteps run={run} busy={busy} /> : null}
      </BlockStack>
    </Card>
  );
}

function RunSteps({ run, busy }: { run: TestRunView; busy: boolean }) {
  const format = useFormat();
  const done = STEPS.every(({ step }) =>
    run.steps.some((each) => each.step === step && each.outcome !== "running"),
  );
  return (
    <BlockStack gap="300">
      <Text as="p" tone="subdued">
        {`Test of ${format.exact(run.startedAt)} (${format.timeZoneName}), event ID ${run.eventId}, dataset ${run.datasetId}`}
      </Text>
      <ol className="tandem-steps" aria-live="polite">
        {STEPS.map(({ step, title, text }) => {
          const found = run.steps.find((each) => each.step === step);
          return (
            <li key={step}>
              <BlockStack gap="050">
                <span className="tandem-badges">
                  <Text as="span" fontWeight="medium">
                    {title}
                  </Text>
                  {!found ? (
                    busy ? (
                      <Spinner size="small" accessibilityLabel="Running" />
                    ) : (
                      <Badge>Not done</Badge>
                    )
                  ) : found.outcome === "ok" ? (
                    <Badge tone="success">{step === "server" ? "Accepted by Meta" : "Done"}</Badge>
                  ) : found.outcome === "running" ? (
                    <Badge tone="info">Sending</Badge>
                  ) : (
                    <Badge tone="critical">Failed</Badge>
                  )}
                </span>
                <Text as="span" tone="subdued" variant="bodySm" breakWord>
                  {[found?.detail ?? text, found?.fbtraceId ? `fbtrace_id ${found.fbtraceId}` : null]
                    .filter(Boolean)
                    .join(" · ")}
                </Text>
              </BlockStack>
            </li>
          );
        })}
      </ol>
      {done ? (
        <Text as="p">
          In Events Manager, Test events, look for this event ID: one copy reads “Processed”, the other
          “Deduplicated”. That view is the only place where Meta shows it.
        </Text>
      ) : null}
    </BlockStack>
  );
}
