import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useFetcher, useLoaderData, type ClientActionFunctionArgs } from "@remix-run/react";
import { Banner, BlockStack, Box, Button, Text } from "@shopify/polaris";

import { actOnAudit, type AuditActionOutcome } from "../admin/act-on-audit.server.ts";
import { readForm } from "../admin/read-submission.server.ts";
import { signedInStore } from "../admin/signed-in-store.server.ts";
import { mendLinks } from "../audit/mend-links.ts";
import { readAudit, type FindingView } from "../audit/read-audit.server.ts";
import { CheckLists } from "../components/audit/check-lists.tsx";
import { FindingCard } from "../components/audit/finding-card.tsx";
import { HistoryCard } from "../components/audit/history-card.tsx";
import { ReportCard } from "../components/audit/report-card.tsx";
import { AdminPage } from "../components/frame/admin-page.tsx";
import { EmptyCard } from "../components/frame/empty-card.tsx";
import { keepForm } from "../components/frame/keep-form.ts";
import { useFormat } from "../components/frame/use-format.ts";
import { sayText } from "../texts/texts.ts";
import { useTexts } from "../texts/use-texts.ts";
import "../texts/areas/audit.ts";

export { PageError as ErrorBoundary } from "../components/frame/page-error.tsx";
export { pageHeaders as headers } from "../admin/page-headers.server.ts";

export const meta: MetaFunction = () => [{ title: sayText({ key: "audit.title" }) }];

export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const report = await readAudit(tandem.database, store, tandem.clock());
  return { report, mends: mendLinks([...report.open, ...report.snoozed].map(({ code }) => code)) };
}

export async function action(args: ActionFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  return actOnAudit(tandem, store, await readForm(args.request));
}

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) =>
  keepForm(() => serverAction<AuditActionOutcome>());

/** What is wrong with the store's tracking, worst first; what is in order; and what nobody can say. */
export default function Audit() {
  const { report } = useLoaderData<typeof loader>();
  const { t } = useTexts();
  const format = useFormat();
  const { open, snoozed } = report;
  return (
    <AdminPage title={t("audit.title")} subtitle={useSubtitle()} actions={<Actions />}>
      {report.hasFailed ? <Banner tone="warning">{t("audit.failed")}</Banner> : null}
      {report.ranAt === null ? (
        <EmptyCard heading={t("audit.title")}>{t("audit.notYet")}</EmptyCard>
      ) : (
        <BlockStack gap="400">
          {open.length === 0 ? (
            <EmptyCard heading={t("audit.found.none")}>{t("audit.found.noneText")}</EmptyCard>
          ) : (
            <Findings
              findings={open}
              title={t("audit.found.title", { count: open.length, number: format.number(open.length) })}
            />
          )}
          {snoozed.length > 0 ? (
            <Findings
              findings={snoozed}
              title={t("audit.found.snoozed", {
                count: snoozed.length,
                number: format.number(snoozed.length),
              })}
            />
          ) : null}
          <CheckLists report={report} />
          <HistoryCard history={report.history} />
          <ReportCard />
        </BlockStack>
      )}
    </AdminPage>
  );
}

function useSubtitle(): string {
  const { report } = useLoaderData<typeof loader>();
  const { t } = useTexts();
  const format = useFormat();
  if (report.ranAt === null) return "";
  const values = {
    at: format.dateTime(report.ranAt),
    zone: format.timeZoneName,
    count: report.looked,
    number: format.number(report.looked),
  };
  return report.isAll ? t("audit.subtitle", values) : t("audit.subtitleLatest", values);
}

function Actions() {
  const { t } = useTexts();
  const fetcher = useFetcher<typeof clientAction>();
  const words = fetcher.data && "words" in fetcher.data ? fetcher.data.words : null;
  return (
    <>
      <Button url="/app/audit/orders">{t("audit.ordersByDay")}</Button>
      <Button url="/app/alerts">{t("audit.alerts")}</Button>
      <fetcher.Form method="post">
        <input type="hidden" name="intent" value="check" />
        <Button submit loading={fetcher.state !== "idle"}>
          {t("audit.checkNow")}
        </Button>
      </fetcher.Form>
      <span role="status">{fetcher.state === "idle" ? words : null}</span>
    </>
  );
}

function Findings({ title, findings }: { title: string; findings: readonly FindingView[] }) {
  const { mends } = useLoaderData<typeof loader>();
  return (
    <BlockStack gap="300">
      <Box paddingInline={{ xs: "400", sm: "0" }}>
        <Text as="h2" variant="headingLg">
          {title}
        </Text>
      </Box>
      {findings.map((finding) => {
        const mend = mends[finding.code];
        return mend ? <FindingCard key={finding.code} finding={finding} mend={mend} /> : null;
      })}
    </BlockStack>
  );
}
