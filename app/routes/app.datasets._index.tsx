import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Card, InlineStack, Page, ResourceItem, ResourceList, Text } from "@shopify/polaris";

import { DatasetBadge } from "../components/dataset-badge.tsx";
import { EmptyCard } from "../components/empty-card.tsx";
import { useFormat } from "../components/use-format.ts";
import { readDatasets, type DatasetView } from "../quality/read-datasets.server.ts";
import { signedInStore } from "../signed-in-store.server.ts";

export { PageError as ErrorBoundary } from "../components/page-error.tsx";
export { pageHeaders as headers } from "../page-headers.server.ts";

export const meta: MetaFunction = () => [{ title: "Datasets" }];

export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  return { datasets: await readDatasets(tandem.database, { storeId: store.id, now: tandem.clock() }) };
}

export default function Datasets() {
  const { datasets } = useLoaderData<typeof loader>();
  if (datasets.length === 0)
    return (
      <Page title="Datasets">
        <EmptyCard
          heading="Connect the dataset that counts your sales"
          action={{ content: "Connect dataset", url: "/app/datasets/new" }}
          secondaryAction={{
            content: "Open Events Manager",
            url: "https://business.facebook.com/events_manager2",
            external: true,
          }}
        >
          A dataset is what Meta calls a Pixel: one ID, one access token. Every paid order goes to each
          dataset that is connected here, from the browser and from the server, and is counted once.
        </EmptyCard>
      </Page>
    );
  return (
    <Page
      title="Datasets"
      subtitle="Every paid order goes to each active dataset."
      primaryAction={{ content: "Connect dataset", url: "/app/datasets/new" }}
    >
      <Card padding="0">
        <ResourceList
          resourceName={{ singular: "dataset", plural: "datasets" }}
          items={[...datasets]}
          renderItem={(dataset) => <DatasetItem dataset={dataset} />}
        />
      </Card>
    </Page>
  );
}

function DatasetItem({ dataset }: { dataset: DatasetView }) {
  const format = useFormat();
  return (
    <ResourceItem
      id={dataset.id}
      url={`/app/datasets/${dataset.id}`}
      accessibilityLabel={`Open ${dataset.label}`}
    >
      <BlockStack gap="100">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="bodyMd" fontWeight="semibold">
            {dataset.label}
          </Text>
          <DatasetBadge dataset={dataset} />
        </InlineStack>
        <Text as="p" tone="subdued">
          {[
            `ID ${dataset.datasetId}`,
            dataset.tokenLastFour ? `token ending in ${dataset.tokenLastFour}` : "no token",
            dataset.lastSentAt ? `last sent ${format.dateTime(dataset.lastSentAt)}` : "nothing sent yet",
            ...(dataset.waiting > 0 ? [`${format.number(dataset.waiting)} waiting`] : []),
          ].join(" · ")}
        </Text>
      </BlockStack>
    </ResourceItem>
  );
}
