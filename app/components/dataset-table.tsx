import { BlockStack, IndexTable, Link, Text, useBreakpoints } from "@shopify/polaris";

import type { DatasetView } from "../quality/read-datasets.server.ts";
import { DatasetBadge } from "./dataset-badge.tsx";
import { useFormat } from "./use-format.ts";
import { errorClass } from "./words.ts";

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
  const { smDown } = useBreakpoints();
  const rows = datasets.map((dataset) => ({
    dataset,
    advice: adviceFor(dataset, collisions.includes(dataset.datasetId)),
    token: dataset.tokenLastFour ? `····${dataset.tokenLastFour}` : "None",
    tokenWords: dataset.tokenLastFour ? `ends in ${dataset.tokenLastFour}` : "none",
    checked: dataset.checkedAt ? format.dateTime(dataset.checkedAt) : "Never",
  }));
  return (
    <IndexTable
      condensed={smDown}
      resourceName={{ singular: "dataset", plural: "datasets" }}
      itemCount={datasets.length}
      selectable={false}
      headings={[
        { title: "Name and dataset ID" },
        { title: "Status" },
        { title: "Access token" },
        { title: `Last checked, ${format.timeZoneName}` },
        { title: "Waiting", alignment: "end" },
      ]}
    >
      {rows.map(({ dataset, advice, token, tokenWords, checked }, index) => {
        const name = (
          <Link url={`/app/datasets/${dataset.id}`} dataPrimaryLink monochrome removeUnderline>
            <Text as="span" fontWeight="semibold">
              {dataset.label}
            </Text>
          </Link>
        );
        const status = (
          <BlockStack gap="050" inlineAlign="start">
            <DatasetBadge dataset={dataset} />
            {advice ? (
              <Text as="span" variant="bodySm">
                {advice}
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
                  {`Token ${tokenWords} · checked ${checked} · ${format.number(dataset.waiting)} waiting`}
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

/** What keeps it from counting every sale once, and what to do. */
function adviceFor(dataset: DatasetView, collides: boolean): string | null {
  if (dataset.state === "disconnected") return null;
  if (dataset.state === "paused") return "Events are kept until you resume.";
  if (dataset.held) return errorClass(dataset.held.class).long;
  return collides ? "Another store sends to it with order numbers, too. Open it to mend that." : null;
}
