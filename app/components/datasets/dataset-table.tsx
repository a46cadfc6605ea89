import { BlockStack, IndexTable, Link, Text, useBreakpoints } from "@shopify/polaris";

import type { DatasetView } from "../../quality/read-datasets.server.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { DatasetBadge, useDatasetAdvice } from "../frame/dataset-badge.tsx";
import { useFormat } from "../frame/use-format.ts";

/** Every dataset of the store: what it does, and what to do where it does not. */
export function DatasetTable({
  datasets,
  collisions,
}: {
  datasets: readonly DatasetView[];
  /** Meta's IDs of those to which another store sends with the same event IDs. */
  collisions: readonly string[];
}) {
  const format = useFormat();
  const { t } = useTexts();
  const { smDown } = useBreakpoints();
  const advice = useDatasetAdvice();
  const rows = datasets.map((dataset) => ({
    dataset,
    advice:
      advice(dataset.status) ??
      (dataset.state === "active" && collisions.includes(dataset.datasetId) ? t("datasets.collides") : null),
    token: dataset.tokenLastFour ? `····${dataset.tokenLastFour}` : t("datasets.none"),
    tokenWords: dataset.tokenLastFour
      ? t("datasets.endsIn", { last: dataset.tokenLastFour })
      : t("datasets.none"),
    checked: dataset.checkedAt ? format.dateTime(dataset.checkedAt) : t("datasets.never"),
  }));
  return (
    <IndexTable
      condensed={smDown}
      resourceName={{ singular: t("datasets.one"), plural: t("datasets.many") }}
      itemCount={datasets.length}
      selectable={false}
      headings={[
        { title: t("datasets.nameAndId") },
        { title: t("datasets.status") },
        { title: t("datasets.token") },
        { title: t("datasets.lastChecked", { zone: format.timeZoneName }) },
        { title: t("datasets.waiting"), alignment: "end" },
      ]}
    >
      {rows.map(({ dataset, advice: line, token, tokenWords, checked }, index) => {
        const name = (
          <Link url={`/app/datasets/${dataset.id}`} dataPrimaryLink monochrome removeUnderline>
            <Text as="span" fontWeight="semibold">
              {dataset.label}
            </Text>
          </Link>
        );
        const status = (
          <BlockStack gap="050" inlineAlign="start">
            <DatasetBadge status={dataset.status} />
            {line ? (
              <Text as="span" variant="bodySm">
                {line}
              </Text>
            ) : null}
          </BlockStack>
        );
        return (
          <IndexTable.Row key={dataset.id} id={dataset.id} position={index}>
            {smDown ? (
              <div className="tandem-narrow-row">
                <div>
                  {name}
                  <Text as="span" tone="subdued" variant="bodySm">
                    {dataset.datasetId}
                  </Text>
                </div>
                {status}
                <Text as="span" tone="subdued" variant="bodySm">
                  {t("datasets.line", {
                    token: tokenWords,
                    checked,
                    waiting: format.number(dataset.waiting),
                  })}
                </Text>
              </div>
            ) : (
              <>
                <IndexTable.Cell>
                  <BlockStack gap="050">
                    {name}
                    <Text as="span" tone="subdued" variant="bodySm">
                      {dataset.datasetId}
                    </Text>
                  </BlockStack>
                </IndexTable.Cell>
                <IndexTable.Cell className="tandem-wrap">{status}</IndexTable.Cell>
                <IndexTable.Cell>
                  <span aria-hidden>{token}</span>
                  <span className="tandem-hidden">{tokenWords}</span>
                </IndexTable.Cell>
                <IndexTable.Cell>{checked}</IndexTable.Cell>
                <IndexTable.Cell>
                  <Text as="span" alignment="end" numeric>
                    {format.number(dataset.waiting)}
                  </Text>
                </IndexTable.Cell>
              </>
            )}
          </IndexTable.Row>
        );
      })}
    </IndexTable>
  );
}
