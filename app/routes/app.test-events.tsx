import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, type ClientActionFunctionArgs } from "@remix-run/react";
import { BlockStack, Card, Text } from "@shopify/polaris";

import { AdminPage } from "../components/frame/admin-page.tsx";
import { EmptyCard } from "../components/frame/empty-card.tsx";
import { keepForm } from "../components/frame/keep-form.ts";
import { TestCodeCard } from "../components/test-events/test-code-card.tsx";
import { TestPurchaseCard } from "../components/test-events/test-purchase-card.tsx";
import {
  readLastTestRun,
  recordBrowserCopy,
  sendServerCopy,
  startTestPurchase,
  type TestPurchaseOutcome,
} from "../quality/send-test-purchase.server.ts";
import { readForm } from "../admin/read-submission.server.ts";
import { signedInStore } from "../admin/signed-in-store.server.ts";
import {
  liveTestEventCode,
  setTestEventCode,
  type TestCodeOutcome,
} from "../stores/datasets/test-event-code.server.ts";
import { sayText } from "../texts/texts.ts";
import { useTexts } from "../texts/use-texts.ts";
import "../texts/areas/test-events.ts";

export { PageError as ErrorBoundary } from "../components/frame/page-error.tsx";
export { pageHeaders as headers } from "../admin/page-headers.server.ts";

export const meta: MetaFunction = () => [{ title: sayText({ key: "testEvents.title" }) }];

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
  const deps = { ...tandem, trUrl: tandem.environment.META_TR_URL };
  switch (field("intent")) {
    case "code":
      return setTestEventCode(tandem, { storeId: store.id, code: field("code") });
    case "start":
      return startTestPurchase(deps, store, field("dataset"));
    case "browser":
      return recordBrowserCopy(deps, store, field("run"), field("outcome") === "sent");
    default:
      return sendServerCopy(deps, store, field("run"), args.request.headers.get("user-agent") ?? "tandem");
  }
}

/** Without an answer, the card that asked says so, and what was typed stays. */
export async function clientAction({ request, serverAction }: ClientActionFunctionArgs) {
  const intent = (await request.clone().formData()).get("intent");
  const answer = await keepForm(() => serverAction<TestCodeOutcome | TestPurchaseOutcome>());
  if (answer.kind !== "failed") return answer;
  return intent === "code"
    ? { kind: "invalid", message: answer.words }
    : { kind: "problem", text: sayText({ key: "testEvents.noAnswer" }) };
}

export default function TestEvents() {
  const { code, codeEndsAt, datasets, lastRun } = useLoaderData<typeof loader>();
  const { t } = useTexts();
  return (
    <AdminPage title={t("testEvents.title")} narrowWidth>
      {datasets.length === 0 ? (
        <EmptyCard
          heading={t("testEvents.emptyTitle")}
          action={{ content: t("testEvents.connect"), url: "/app/datasets/new" }}
          secondaryAction={{ content: t("testEvents.seeDatasets"), url: "/app/datasets" }}
        >
          {t("testEvents.emptyText")}
        </EmptyCard>
      ) : (
        <>
          <Card>
            <BlockStack gap="200">
              <Text as="h2" variant="headingMd">
                {t("testEvents.beforeTitle")}
              </Text>
              <Text as="p">{t("testEvents.beforeText")}</Text>
            </BlockStack>
          </Card>
          <TestCodeCard code={code} endsAt={codeEndsAt} />
          <TestPurchaseCard hasCode={code !== null} datasets={datasets} lastRun={lastRun} />
        </>
      )}
    </AdminPage>
  );
}
