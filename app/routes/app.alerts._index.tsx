import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, type ClientActionFunctionArgs } from "@remix-run/react";
import { Banner, BlockStack, Box, Button, Text } from "@shopify/polaris";

import { sendTestAlert, type TestAnswer } from "../admin/act-on-alerts.server.ts";
import { readJson } from "../admin/read-submission.server.ts";
import { signedInStore } from "../admin/signed-in-store.server.ts";
import { MOST_CHANNELS } from "../alerts/channels/channel.ts";
import { readAlerts } from "../alerts/read-alerts.server.ts";
import { ChannelList } from "../components/alerts/channel-list.tsx";
import { SentList } from "../components/alerts/sent-list.tsx";
import { AdminPage } from "../components/frame/admin-page.tsx";
import { EmptyCard } from "../components/frame/empty-card.tsx";
import { keepForm } from "../components/frame/keep-form.ts";
import { useLivePage } from "../components/frame/use-live-page.ts";
import { sayText } from "../texts/texts.ts";
import { useTexts } from "../texts/use-texts.ts";
import "../texts/areas/alerts.ts";

export { PageError as ErrorBoundary } from "../components/frame/page-error.tsx";
export { pageHeaders as headers } from "../admin/page-headers.server.ts";

export const meta: MetaFunction = () => [{ title: sayText({ key: "alerts.title" }) }];

export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  return { ...(await readAlerts(tandem, store)), hasMail: tandem.alertSenders.sendMail !== null };
}

export async function action(args: ActionFunctionArgs): Promise<TestAnswer> {
  const { store, tandem } = await signedInStore(args);
  return sendTestAlert(tandem, store.id, await readJson(args.request));
}

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) =>
  keepForm(() => serverAction<TestAnswer>());

/** Where the store is told of findings, and what it was told. */
export default function Alerts() {
  const { channels, messages, isAll, hasMail } = useLoaderData<typeof loader>();
  const { t } = useTexts();
  useLivePage(messages.some(({ state }) => state === "due" || state === "leased"));
  const isFull = channels.length >= MOST_CHANNELS;
  return (
    <AdminPage
      title={t("alerts.title")}
      subtitle={t("alerts.subtitle")}
      {...(channels.length > 0 && !isFull
        ? {
            actions: (
              <Button variant="primary" url="/app/alerts/new">
                {t("alerts.add")}
              </Button>
            ),
          }
        : {})}
    >
      <BlockStack gap="400">
        {hasMail ? null : (
          <Banner title={t("alerts.noMailTitle")} tone="info">
            <Text as="p">{t("alerts.noMailText")}</Text>
          </Banner>
        )}
        {channels.length === 0 ? (
          <EmptyCard
            heading={t("alerts.empty.heading")}
            action={{ content: t("alerts.add"), url: "/app/alerts/new" }}
          >
            {t(hasMail ? "alerts.empty.text" : "alerts.empty.textNoMail")}
          </EmptyCard>
        ) : (
          <>
            <ChannelList channels={channels} />
            {isFull ? (
              <Box paddingInline={{ xs: "400", sm: "0" }}>
                <Text as="p" tone="subdued">
                  {t("alerts.most", { most: MOST_CHANNELS })}
                </Text>
              </Box>
            ) : null}
            <SentList messages={messages} isAll={isAll} />
          </>
        )}
        <Box paddingBlockEnd="800" />
      </BlockStack>
    </AdminPage>
  );
}
