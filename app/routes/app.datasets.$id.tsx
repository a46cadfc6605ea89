import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useLoaderData, useSearchParams, type ClientActionFunctionArgs } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";

import { actOnDataset, type DatasetActionOutcome } from "../act-on-dataset.server.ts";
import { DatasetBadge } from "../components/dataset-badge.tsx";
import { DatasetCollision } from "../components/dataset-collision.tsx";
import { DatasetDangerCard, DatasetNameCard, DatasetTokenCard } from "../components/dataset-forms.tsx";
import { DatasetStatusCard } from "../components/dataset-status-card.tsx";
import { keepForm } from "../components/keep-form.ts";
import { useToast } from "../components/use-toast.ts";
import { readDatasets } from "../quality/read-datasets.server.ts";
import { readForm } from "../read-submission.server.ts";
import { notFound, signedInStore } from "../signed-in-store.server.ts";
import { findDatasetCollision } from "../stores/find-dataset-collision.server.ts";

export { PageError as ErrorBoundary } from "../components/page-error.tsx";
export { pageHeaders as headers } from "../page-headers.server.ts";

export const meta: MetaFunction = () => [{ title: "Dataset" }];

export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const [dataset] = await readDatasets(tandem.database, {
    storeId: store.id,
    now: tandem.clock(),
    id: args.params["id"] ?? "",
  });
  if (!dataset) throw notFound();
  const collides =
    dataset.state !== "disconnected" &&
    (await findDatasetCollision(tandem.database, store.id, dataset.datasetId));
  return { dataset, collides };
}

export async function action(args: ActionFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const id = args.params["id"] ?? "";
  if (!/^\d{1,18}$/.test(id)) throw notFound();
  const outcome = await actOnDataset(
    tandem,
    { shop: store.shop, storeId: store.id, datasetId: BigInt(id) },
    await readForm(args.request),
  );
  if (outcome.kind === "not_found") throw notFound();
  if (outcome.kind === "disconnected") return redirect("/app/datasets");
  return outcome;
}

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) =>
  keepForm(() => serverAction<DatasetActionOutcome>());

const CONNECTED: Readonly<Record<string, { readonly text: string }>> = {
  checked: { text: "Connected: Meta accepts the access token" },
  unchecked: { text: "Connected; Meta could not be asked just now" },
};

export default function Dataset() {
  const { dataset, collides } = useLoaderData<typeof loader>();
  const [search] = useSearchParams();
  useToast(CONNECTED[search.get("connected") ?? ""]);
  const isConnected = dataset.state !== "disconnected";
  return (
    <Page
      title={dataset.label}
      titleMetadata={<DatasetBadge dataset={dataset} />}
      subtitle={dataset.name ? `Dataset ID ${dataset.datasetId}` : ""}
      backAction={{ content: "Datasets", url: "/app/datasets" }}
      narrowWidth
    >
      <BlockStack gap="400">
        {collides ? <DatasetCollision /> : null}
        <DatasetStatusCard dataset={dataset} />
        {isConnected ? (
          <>
            <DatasetTokenCard dataset={dataset} />
            <DatasetNameCard dataset={dataset} />
            <DatasetDangerCard dataset={dataset} />
          </>
        ) : null}
      </BlockStack>
    </Page>
  );
}
