import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, type ClientActionFunctionArgs } from "@remix-run/react";
import { BlockStack, Card, Text } from "@shopify/polaris";

import { AdminPage } from "../components/admin-page.tsx";
import { EmptyCard } from "../components/empty-card.tsx";
import { keepForm } from "../components/keep-form.ts";
import { TestCodeCard } from "../components/test-code-card.tsx";
import { TestPurchaseCard } from "../components/test-purchase-card.tsx";
import { openDatasetToken } from "../open-dataset-token.server.ts";
import {
  readLastTestRun,
  recordBrowserCopy,
  sendServerCopy,
  startTestPurchase,
  type TestPurchaseOutcome,
} from "../quality/send-test-purchase.server.ts";
import { readForm } from "../read-submission.server.ts";
import { signedInStore } from "../signed-in-store.server.ts";
import {
  liveTestEventCode,
  setTestEventCode,
  type TestCodeOutcome,
} from "../stores/test-event-code.server.ts";

export { PageError as ErrorBoundary } from "../components/page-error.tsx";
export { pageHeaders as headers } from "../page-headers.server.ts";

export const meta: MetaFunction = () => [{ title: "Test events" }];

export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const datasets = await tandem.database.prisma.dataset.findMany({
    where: { storeId: store.id, state: "active" },
    orderBy: { id: "asc" },
  });
  return {
    code: liveTestEventCode(store, tandem.clock()),
    codeEndsAt: store.testEventCodeExpiresAt?.getTime() ?? null,
    datasets: datasets.map((each) => ({ id: String(each.id), label: each.name ?? each.datasetId })),
    lastRun: await readLastTestRun(tandem.database, store.id),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const form = await readForm(args.request);
  const field = (name: string) => form.get(name) ?? "";
  const deps = {
    ...tandem,
    trUrl: tandem.environment.META_TR_URL,
    openToken: (dataset: Parameters<typeof openDatasetToken>[1]) => openDatasetToken(tandem, dataset),
  };
  switch (field("intent")) {
    case "code":
      return setTestEventCode(tandem, { storeId: store.id, code: field("code") });
    case "start":
      return startTestPurchase(deps, store, field("dataset"));
    case "browser":
      return recordBrowserCopy(deps, store, field("run"), field("outcome") === "sent");
    default:
      return sendServerCopy(deps, store, field("run"), args.request.headers.get("user-agent") ?? "Tandem");
  }
}

/** Without an answer, the card that asked says so, and what was typed stays. */
export async function clientAction({ request, serverAction }: ClientActionFunctionArgs) {
  const intent = (await request.clone().formData()).get("intent");
  const answer = await keepForm(() => serverAction<TestCodeOutcome | TestPurchaseOutcome>());
  if (answer.kind !== "failed") return answer;
  return intent === "code"
    ? { kind: "invalid", message: answer.words }
    : { kind: "problem", text: "The app gave no answer, so the test stopped here. Send another one." };
}

export default function TestEvents() {
  const { code, codeEndsAt, datasets, lastRun } = useLoaderData<typeof loader>();
  return (
    <AdminPage title="Test events" narrowWidth>
      {datasets.length === 0 ? (
        <EmptyCard
          heading="A test needs an active dataset"
          action={{ content: "Connect dataset", url: "/app/datasets/new" }}
          secondaryAction={{ content: "See your datasets", url: "/app/datasets" }}
        >
          A test purchase is sent to a dataset of yours, from this browser and from our server, so that you
          can watch Meta count it once.
        </EmptyCard>
      ) : (
        <>
          <Card>
            <BlockStack gap="200">
              <Text as="h2" variant="headingMd">
                Before you test
              </Text>
              <Text as="p">
                Meta counts test events like any other: they appear in reports and train the delivery of ads.
                Each test purchase is worth 1 in your store’s currency and is made by nobody. Use few.
              </Text>
            </BlockStack>
          </Card>
          <TestCodeCard code={code} endsAt={codeEndsAt} />
          <TestPurchaseCard hasCode={code !== null} datasets={datasets} lastRun={lastRun} />
        </>
      )}
    </AdminPage>
  );
}
