import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useLoaderData, useSearchParams, type ClientActionFunctionArgs } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { useMemo } from "react";

import { actOnDataset, type DatasetActionOutcome } from "../admin/act-on-dataset.server.ts";
import { DatasetBadge } from "../components/frame/dataset-badge.tsx";
import { DatasetCollision } from "../components/datasets/dataset-collision.tsx";
import {
  DatasetDangerCard,
  DatasetNameCard,
  DatasetTokenCard,
} from "../components/datasets/dataset-forms.tsx";
import { DatasetStatusCard } from "../components/datasets/dataset-status-card.tsx";
import { keepForm } from "../components/frame/keep-form.ts";
import { useToast } from "../components/frame/use-toast.ts";
import { readDatasets } from "../quality/read-datasets.server.ts";
import { readForm } from "../admin/read-submission.server.ts";
import { notFound, signedInStore } from "../admin/signed-in-store.server.ts";
import { findDatasetCollision } from "../stores/datasets/find-dataset-collision.server.ts";
import { sayText, type TextKey } from "../texts/texts.ts";
import { useTexts } from "../texts/use-texts.ts";

export { PageError as ErrorBoundary } from "../components/frame/page-error.tsx";
export { pageHeaders as headers } from "../admin/page-headers.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? data.dataset.label : sayText({ key: "datasets.title" }) },
];

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

const CONNECTED: Readonly<Record<string, TextKey>> = {
  checked: "datasets.connectedChecked",
  unchecked: "datasets.connectedUnchecked",
};

export default function Dataset() {
  const { dataset, collides } = useLoaderData<typeof loader>();
  const { t } = useTexts();
  const [search] = useSearchParams();
  const connected = CONNECTED[search.get("connected") ?? ""];
  const toast = useMemo(() => (connected ? { text: t(connected) } : undefined), [connected, t]);
  useToast(toast);
  const isConnected = dataset.state !== "disconnected";
  return (
    <Page
      title={dataset.label}
      titleMetadata={<DatasetBadge status={dataset.status} />}
      subtitle={dataset.name ? t("datasets.id", { id: dataset.datasetId }) : ""}
      backAction={{ content: t("datasets.title"), url: "/app/datasets" }}
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
