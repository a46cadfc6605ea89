import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";

import type { DatasetView } from "../../quality/read-datasets.server.ts";
import type { TextKey } from "../../texts/texts.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { useDatasetAdvice } from "../frame/dataset-badge.tsx";
import { Facts } from "../frame/metric-card.tsx";
import { useDatasetAction } from "./use-dataset-action.ts";
import { useFormat } from "../frame/use-format.ts";

const CHECKS: Readonly<Record<string, TextKey>> = {
  ok: "datasets.check.ok",
  invalid_token: "datasets.check.invalidToken",
  expired_token: "datasets.check.expiredToken",
  other_dataset: "datasets.check.otherDataset",
  missing_scope: "datasets.check.missingScope",
  throttled: "datasets.check.throttled",
  unreachable: "datasets.check.unreachable",
};

/** What a dataset does now, and why not where it does not. */
export function DatasetStatusCard({ dataset }: { dataset: DatasetView }) {
  const format = useFormat();
  const { t } = useTexts();
  const advice = useDatasetAdvice();
  const { busy, wish, problem, send } = useDatasetAction();
  const connected = dataset.state !== "disconnected";
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t("datasets.status")}
        </Text>
        <Text as="p">{explain()}</Text>
        <Facts
          facts={[
            { name: t("datasets.connected"), value: format.dateTime(dataset.connectedAt) },
            {
              name: t("datasets.lastAccepted"),
              value: dataset.lastSentAt ? format.dateTime(dataset.lastSentAt) : t("datasets.noneYet"),
            },
            { name: t("datasets.waiting"), value: format.number(dataset.waiting) },
            ...(connected
              ? [
                  {
                    name: t("datasets.token"),
                    value: dataset.tokenLastFour
                      ? t("datasets.endsIn", { last: dataset.tokenLastFour })
                      : t("datasets.none"),
                  },
                  {
                    name: t("datasets.lastCheck"),
                    value: dataset.checkedAt
                      ? t("datasets.checkedAt", {
                          at: format.dateTime(dataset.checkedAt),
                          result: t(CHECKS[dataset.checkResult ?? ""] ?? "datasets.check.unknown"),
                        })
                      : t("datasets.never"),
                  },
                ]
              : []),
          ]}
        />
        <Text as="p" tone="subdued" variant="bodySm">
          {t("datasets.zone", { zone: format.timeZoneName })}
        </Text>
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
              {t("datasets.checkNow")}
            </Button>
            {dataset.state === "paused" ? (
              <Button loading={busy && wish === "resume"} onClick={() => send({ intent: "resume" })}>
                {t("datasets.resume")}
              </Button>
            ) : (
              <Button loading={busy && wish === "pause"} onClick={() => send({ intent: "pause" })}>
                {t("datasets.pause")}
              </Button>
            )}
          </InlineStack>
        ) : null}
      </BlockStack>
    </Card>
  );

  function explain(): string {
    if (!connected) return t("datasets.explain.disconnected");
    if (dataset.status.kind === "paused") return t("datasets.explain.paused");
    const text = advice(dataset.status) ?? t("datasets.explain.active");
    const { held } = dataset;
    if (dataset.status.kind !== "held" || !held?.message) return text;
    const message = t("overview.metaSays", { message: held.message });
    return `${text} ${message}${held.code ? ` ${t("datasets.code", { code: held.code })}` : ""}`;
  }
}
