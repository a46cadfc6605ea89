import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useActionData, useNavigation, type ClientActionFunctionArgs } from "@remix-run/react";
import { BlockStack, Box, Page, Text } from "@shopify/polaris";

import { ConnectForm, type TypedDataset } from "../components/datasets/connect-form.tsx";
import { FindInMeta } from "../components/frame/find-in-meta.tsx";
import { keepForm } from "../components/frame/keep-form.ts";
import { readForm } from "../admin/read-submission.server.ts";
import { signedInStore } from "../admin/signed-in-store.server.ts";
import { connectDataset, type ConnectField } from "../stores/datasets/connect-dataset.server.ts";
import type { FieldErrors } from "../stores/datasets/dataset-input.ts";
import { syncStore } from "../admin/sync-store.server.ts";
import { sayText } from "../texts/texts.ts";
import { useTexts } from "../texts/use-texts.ts";
import "../texts/areas/connect.ts";

export { PageError as ErrorBoundary } from "../components/frame/page-error.tsx";
export { pageHeaders as headers } from "../admin/page-headers.server.ts";

export const meta: MetaFunction = () => [{ title: sayText({ key: "connect.metaTitle" }) }];

export async function loader(args: LoaderFunctionArgs) {
  await signedInStore(args);
  return null;
}

interface Refused {
  readonly errors: FieldErrors<ConnectField>;
  /** For a form that was sent before the page's script ran: the page is drawn anew. Never the token. */
  readonly typed?: TypedDataset;
}

export async function action(args: ActionFunctionArgs): Promise<Response | Refused> {
  const { store, tandem } = await signedInStore(args);
  const form = await readForm(args.request);
  const field = (name: string) => form.get(name) ?? "";
  const outcome = await connectDataset(tandem, {
    storeId: store.id,
    datasetId: field("datasetId"),
    token: field("token"),
    name: field("name"),
  });
  if (outcome.kind === "invalid")
    return { errors: outcome.errors, typed: { datasetId: field("datasetId"), name: field("name") } };
  await syncStore(tandem, store.shop);
  const connected = outcome.checked ? "checked" : "unchecked";
  // The first dataset is a step of the setup guide: it goes on with the next one. Any other opens.
  const others = await tandem.database.prisma.dataset.count({
    where: { storeId: store.id, id: { not: outcome.datasetId }, state: { not: "disconnected" } },
  });
  return redirect(
    others === 0
      ? `/app?connected=${connected}`
      : `/app/datasets/${outcome.datasetId}?connected=${connected}`,
  );
}

export const clientAction = async ({ serverAction }: ClientActionFunctionArgs): Promise<Refused> => {
  const answer = await keepForm(() => serverAction<Refused>());
  return "kind" in answer ? { errors: { form: answer.words } } : answer;
};

export default function ConnectDataset() {
  const answer = useActionData<typeof clientAction>();
  const busy = useNavigation().state !== "idle";
  const { t } = useTexts();
  return (
    <Page
      title={t("connect.title")}
      backAction={{ content: t("connect.datasets"), url: "/app/datasets" }}
      narrowWidth
    >
      <BlockStack gap="400">
        <FindInMeta />
        <ConnectForm errors={answer?.errors} typed={answer?.typed} busy={busy} />
        <Box paddingInline={{ xs: "400", sm: "0" }}>
          <Text as="p" tone="subdued">
            {t("connect.checkText")}
          </Text>
        </Box>
      </BlockStack>
    </Page>
  );
}
