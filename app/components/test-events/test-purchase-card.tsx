import { Badge, BlockStack, Button, Card, InlineStack, Select, Spinner, Text } from "@shopify/polaris";
import { useState } from "react";

import type { TestRunView, TestStepName } from "../../quality/send-test-purchase.server.ts";
import type { TextKey } from "../../texts/texts.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { useFormat } from "../frame/use-format.ts";
import { useTestPurchase } from "./use-test-purchase.ts";
import "../../texts/areas/test-events.ts";

const STEPS: readonly { readonly step: TestStepName; readonly title: TextKey; readonly text: TextKey }[] = [
  { step: "prepared", title: "testEvents.prepared", text: "testEvents.preparedText" },
  { step: "browser", title: "testEvents.browser", text: "testEvents.browserText" },
  { step: "server", title: "testEvents.server", text: "testEvents.serverText" },
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
  const { t } = useTexts();
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t("testEvents.purchaseTitle")}
        </Text>
        {datasets.length > 1 ? (
          <Select
            label={t("testEvents.dataset")}
            options={datasets.map((each) => ({ value: each.id, label: each.label }))}
            value={dataset}
            onChange={setDataset}
          />
        ) : null}
        <InlineStack gap="200" blockAlign="center">
          <Button variant="primary" disabled={!hasCode} loading={busy} onClick={() => start(dataset)}>
            {t("testEvents.send")}
          </Button>
          {hasCode ? null : (
            <Text as="span" tone="subdued">
              {t("testEvents.codeFirst")}
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
  const { t } = useTexts();
  const done = STEPS.every(({ step }) =>
    run.steps.some((each) => each.step === step && each.outcome !== "running"),
  );
  return (
    <BlockStack gap="300">
      <Text as="p" tone="subdued">
        {t("testEvents.run", {
          at: format.exact(run.startedAt),
          zone: format.timeZoneName,
          eventId: run.eventId,
          datasetId: run.datasetId,
        })}
      </Text>
      <ol className="tandem-steps" aria-live="polite">
        {STEPS.map(({ step, title, text }) => {
          const found = run.steps.find((each) => each.step === step);
          return (
            <li key={step}>
              <BlockStack gap="050">
                <span className="tandem-badges">
                  <Text as="span" fontWeight="medium">
                    {t(title)}
                  </Text>
                  {!found ? (
                    busy ? (
                      <Spinner size="small" accessibilityLabel={t("testEvents.running")} />
                    ) : (
                      <Badge>{t("testEvents.notDone")}</Badge>
                    )
                  ) : found.outcome === "ok" ? (
                    <Badge tone="success">
                      {t(step === "server" ? "testEvents.accepted" : "testEvents.doneBadge")}
                    </Badge>
                  ) : found.outcome === "running" ? (
                    <Badge tone="info">{t("testEvents.sending")}</Badge>
                  ) : (
                    <Badge tone="critical">{t("testEvents.failed")}</Badge>
                  )}
                </span>
                <Text as="span" tone="subdued" variant="bodySm" breakWord>
                  {[
                    found?.detail ?? t(text),
                    found?.fbtraceId ? t("testEvents.trace", { id: found.fbtraceId }) : null,
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </Text>
              </BlockStack>
            </li>
          );
        })}
      </ol>
      {done ? <Text as="p">{t("testEvents.lookAtMeta")}</Text> : null}
    </BlockStack>
  );
}
