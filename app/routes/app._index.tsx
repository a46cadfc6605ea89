import { redirect, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, InlineGrid } from "@shopify/polaris";

import { AdminPage } from "../components/frame/admin-page.tsx";
import { FunnelStepsCard } from "../components/overview/funnel-steps-card.tsx";
import { AuditBanner } from "../components/overview/audit-banner.tsx";
import { AttentionBanner } from "../components/overview/attention-banner.tsx";
import { useChangeMarks } from "../components/frame/change-words.ts";
import { ConnectionsCard } from "../components/overview/connections-card.tsx";
import { CustomersCard } from "../components/overview/customers-card.tsx";
import { DedupCard } from "../components/overview/dedup-card.tsx";
import { ErrorsCard } from "../components/overview/errors-card.tsx";
import { MatchCard } from "../components/overview/match-card.tsx";
import { OrdersCard } from "../components/overview/orders-card.tsx";
import { PeriodSelect } from "../components/overview/period-select.tsx";
import { RecoveredCard } from "../components/overview/recovered-card.tsx";
import { SetupGuide } from "../components/overview/setup-guide.tsx";
import { VerdictStrip } from "../components/overview/verdict-strip.tsx";
import { sayWorstFinding } from "../admin/say-worst-finding.server.ts";
import { isFunnelEvent, readEventChoice } from "../quality/chosen-event.ts";
import { DEFAULT_EVENT } from "../quality/default-event.ts";
import { readOverview } from "../quality/read-overview.server.ts";
import { readPeriod } from "../quality/store-period.ts";
import { signedInStore } from "../admin/signed-in-store.server.ts";
import { customerEventsLink, embedDeepLink } from "../stores/shopify/storefront-content.ts";
import { sayText } from "../texts/texts.ts";
import { useTexts } from "../texts/use-texts.ts";

export { PageError as ErrorBoundary } from "../components/frame/page-error.tsx";
export { pageHeaders as headers } from "../admin/page-headers.server.ts";

export const meta: MetaFunction = () => [{ title: sayText({ key: "overview.title" }) }];

export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const { searchParams } = new URL(args.request.url);
  const now = tandem.clock();
  const asked = { store, period: readPeriod(searchParams), dataset: searchParams.get("dataset"), now };
  // The other events have a page of their own, which alone loads what it shows.
  if (isFunnelEvent(readEventChoice(searchParams))) throw redirect(`/app/funnel?${searchParams.toString()}`);
  const report = await readOverview(tandem.database, asked);
  return {
    report,
    audit: await sayWorstFinding(tandem.database, store, report.attention, now),
    now,
    embedUrl: embedDeepLink(store.shop, tandem.environment.SHOPIFY_API_KEY),
    pixelUrl: customerEventsLink(store.shop),
  };
}

export default function Overview() {
  const { report, audit, now, embedUrl, pixelUrl } = useLoaderData<typeof loader>();
  const { t } = useTexts();
  const marks = useChangeMarks(report.changes);
  return (
    <AdminPage title={t("overview.title")}>
      <AttentionBanner attention={report.attention} />
      {audit ? <AuditBanner audit={audit} /> : null}
      {report.setup ? (
        <SetupGuide
          steps={report.setup}
          embedUrl={embedUrl}
          pixelUrl={pixelUrl}
          hasDataset={report.datasets.length > 0}
        />
      ) : null}
      <PeriodSelect report={report} event={DEFAULT_EVENT} />
      <RecoveredCard report={report} />
      <VerdictStrip report={report} />
      <ConnectionsCard report={report} now={now} />
      <InlineGrid columns={{ xs: 1, md: 2 }} gap="400" alignItems="start">
        <BlockStack gap="400">
          <OrdersCard report={report} marks={marks} />
          <DedupCard
            dedup={report.dedup}
            metas={report.match.latest?.dedupe ?? []}
            several={report.datasets.length > 1}
          />
        </BlockStack>
        <BlockStack gap="400">
          <FunnelStepsCard steps={report.steps} />
          <MatchCard match={report.match} marks={marks} />
          <ErrorsCard errors={report.errors} marks={marks} />
          <CustomersCard customers={report.customers} isSent={report.customers.isSent} />
        </BlockStack>
      </InlineGrid>
    </AdminPage>
  );
}
