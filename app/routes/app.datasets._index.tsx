import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Button, Card } from "@shopify/polaris";

import { AdminPage } from "../components/admin-page.tsx";
import { DatasetTable } from "../components/dataset-table.tsx";
import { EmptyCard } from "../components/empty-card.tsx";
import { readDatasets } from "../quality/read-datasets.server.ts";
import { signedInStore } from "../signed-in-store.server.ts";
import { listDatasetCollisions } from "../stores/find-dataset-collision.server.ts";

export { PageError as ErrorBoundary } from "../components/page-error.tsx";
export { pageHeaders as headers } from "../page-headers.server.ts";

export const meta: MetaFunction = () => [{ title: "Datasets" }];

export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  return {
    datasets: await readDatasets(tandem.database, { storeId: store.id, now: tandem.clock() }),
    collisions: await listDatasetCollisions(tandem.database, store.id),
  };
}

export default function Datasets() {
  const { datasets, collisions } = useLoaderData<typeof loader>();
  if (datasets.length === 0)
    return (
      <AdminPage title="Datasets">
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
      </AdminPage>
    );
  return (
    <AdminPage
      title="Datasets"
      subtitle="Every paid order goes to each active dataset."
      actions={
        <Button variant="primary" url="/app/datasets/new">
          Connect dataset
        </Button>
      }
    >
      <Card padding="0">
        <DatasetTable datasets={datasets} collisions={collisions} />
      </Card>
    </AdminPage>
  );
}
