import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Button, Card } from "@shopify/polaris";

import { AdminPage } from "../components/frame/admin-page.tsx";
import { DatasetTable } from "../components/datasets/dataset-table.tsx";
import { EmptyCard } from "../components/frame/empty-card.tsx";
import { readDatasets } from "../quality/read-datasets.server.ts";
import { signedInStore } from "../admin/signed-in-store.server.ts";
import { listDatasetCollisions } from "../stores/datasets/find-dataset-collision.server.ts";
import { sayText } from "../texts/texts.ts";
import { useTexts } from "../texts/use-texts.ts";

export { PageError as ErrorBoundary } from "../components/frame/page-error.tsx";
export { pageHeaders as headers } from "../admin/page-headers.server.ts";

export const meta: MetaFunction = () => [{ title: sayText({ key: "datasets.title" }) }];

export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  return {
    datasets: await readDatasets(tandem.database, { storeId: store.id, now: tandem.clock() }),
    collisions: await listDatasetCollisions(tandem.database, store.id),
  };
}

export default function Datasets() {
  const { datasets, collisions } = useLoaderData<typeof loader>();
  const { t } = useTexts();
  if (datasets.length === 0)
    return (
      <AdminPage title={t("datasets.title")}>
        <EmptyCard
          heading={t("datasets.empty.heading")}
          action={{ content: t("datasets.connect"), url: "/app/datasets/new" }}
          secondaryAction={{
            content: t("datasets.eventsManager"),
            url: "https://business.facebook.com/events_manager2",
            external: true,
          }}
        >
          {t("datasets.empty.text")}
        </EmptyCard>
      </AdminPage>
    );
  return (
    <AdminPage
      title={t("datasets.title")}
      subtitle={t("datasets.subtitle")}
      actions={
        <Button variant="primary" url="/app/datasets/new">
          {t("datasets.connect")}
        </Button>
      }
    >
      <Card padding="0">
        <DatasetTable datasets={datasets} collisions={collisions} />
      </Card>
    </AdminPage>
  );
}
