import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Form, useActionData, useNavigation, type ClientActionFunctionArgs } from "@remix-run/react";
import {
  BlockStack,
  Box,
  Button,
  Card,
  FormLayout,
  InlineStack,
  Page,
  Text,
  TextField,
} from "@shopify/polaris";
import { useState } from "react";

import { keepForm } from "../components/keep-form.ts";
import { datasetDependencies } from "../dataset-dependencies.server.ts";
import { readForm } from "../read-submission.server.ts";
import { signedInStore } from "../signed-in-store.server.ts";
import { connectDataset, type ConnectField } from "../stores/connect-dataset.server.ts";
import type { FieldErrors } from "../stores/dataset-input.ts";
import { syncStore } from "../sync-store.server.ts";

export { PageError as ErrorBoundary } from "../components/page-error.tsx";
export { pageHeaders as headers } from "../page-headers.server.ts";

export const meta: MetaFunction = () => [{ title: "Datasets" }];

export async function loader(args: LoaderFunctionArgs) {
  await signedInStore(args);
  return null;
}

interface Refused {
  readonly errors: FieldErrors<ConnectField>;
}

export async function action(args: ActionFunctionArgs): Promise<Response | Refused> {
  const { store, tandem } = await signedInStore(args);
  const form = await readForm(args.request);
  const field = (name: string) => form.get(name) ?? "";
  const outcome = await connectDataset(datasetDependencies(tandem), {
    storeId: store.id,
    datasetId: field("datasetId"),
    token: field("token"),
    name: field("name"),
  });
  if (outcome.kind === "invalid") return { errors: outcome.errors };
  await syncStore(tandem, store.shop);
  return redirect(
    `/app/datasets/${outcome.datasetId}?connected=${outcome.checked ? "checked" : "unchecked"}`,
  );
}

export const clientAction = async ({ serverAction }: ClientActionFunctionArgs): Promise<Refused> => {
  const answer = await keepForm(() => serverAction<Refused>());
  return "kind" in answer ? { errors: { form: answer.words } } : answer;
};

export default function ConnectDataset() {
  const errors = useActionData<typeof clientAction>()?.errors;
  const busy = useNavigation().state !== "idle";
  const [datasetId, setDatasetId] = useState("");
  const [token, setToken] = useState("");
  const [name, setName] = useState("");
  return (
    <Page title="Connect a dataset" backAction={{ content: "Datasets", url: "/app/datasets" }} narrowWidth>
      <BlockStack gap="400">
        <Card>
          <Form method="post">
            <FormLayout>
              <TextField
                label="Dataset ID"
                name="datasetId"
                value={datasetId}
                onChange={setDatasetId}
                autoComplete="off"
                inputMode="numeric"
                helpText="The number under the dataset’s (Pixel’s) name in Events Manager, such as 1234567890123456."
                error={errors?.datasetId ?? ""}
              />
              <TextField
                label="Access token"
                name="token"
                type="password"
                value={token}
                onChange={setToken}
                autoComplete="off"
                helpText="Events Manager, your dataset, Settings, Conversions API, “Generate access token”. It is stored encrypted and shown again only as its last four characters."
                error={errors?.token ?? ""}
              />
              <TextField
                label="Name (optional)"
                name="name"
                value={name}
                onChange={setName}
                autoComplete="off"
                maxLength={80}
                helpText="For your own eyes, where you have several datasets."
              />
              {errors?.form ? (
                <div role="alert">
                  <Text as="p" tone="critical">
                    {errors.form}
                  </Text>
                </div>
              ) : null}
              <InlineStack gap="200" align="end">
                <Button url="/app/datasets">Cancel</Button>
                <Button submit variant="primary" loading={busy}>
                  Connect
                </Button>
              </InlineStack>
            </FormLayout>
          </Form>
        </Card>
        <Box paddingInline={{ xs: "400", sm: "0" }}>
          <Text as="p" tone="subdued">
            The pair is checked with Meta before it is saved. Nothing is sent to the dataset by the check.
            Orders paid from then on go to it; earlier ones do not.
          </Text>
        </Box>
      </BlockStack>
    </Page>
  );
}
