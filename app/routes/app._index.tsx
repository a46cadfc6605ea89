import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, InlineGrid } from "@shopify/polaris";

import { AdminPage } from "../components/admin-page.tsx";
import { AttentionBanner } from "../components/attention-banner.tsx";
import { DedupCard } from "../components/dedup-card.tsx";
import { ErrorsCard } from "../components/errors-card.tsx";
import { MatchCard } from "../components/match-card.tsx";
import { OrdersCard } from "../components/orders-card.tsx";
import { PeriodSelect } from "../components/period-select.tsx";
import { SetupGuide } from "../components/setup-guide.tsx";
import { VerdictStrip } from "../components/verdict-strip.tsx";
import { readHome } from "../quality/read-home.server.ts";
import { readPeriod } from "../quality/store-period.ts";
import { signedInStore } from "../signed-in-store.server.ts";
import { embedDeepLink } from "../stores/storefront-content.ts";

export { PageError as ErrorBoundary } from "../components/page-error.tsx";
export { pageHeaders as headers } from "../page-headers.server.ts";

export const meta: MetaFunction = () => [{ title: "Overview" }];

export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const { searchParams } = new URL(args.request.url);
  const report = await readHome(tandem.database, {
    store,
    days: readPeriod(searchParams.get("days")),
    dataset: searchParams.get("dataset"),
    now: tandem.clock(),
  });
  return { report, embedUrl: embedDeepLink(store.shop, tandem.environment.SHOPIFY_API_KEY) };
}

export default function Home() {
  const { report, embedUrl } = useLoaderData<typeof loader>();
  const several = report.datasets.length > 1;
  return (
    <AdminPage title="Overview">
      <AttentionBanner attention={report.attention} />
      {report.setup ? (
        <SetupGuide steps={report.setup} embedUrl={embedUrl} hasDataset={report.datasets.length > 0} />
      ) : null}
      <VerdictStrip report={report} />
      <PeriodSelect report={report} />
      <InlineGrid columns={{ xs: 1, md: 2 }} gap="400" alignItems="start">
        <BlockStack gap="400">
          <OrdersCard orders={report.orders} several={several} />
          <DedupCard dedup={report.dedup} metas={report.match.latest?.dedupe ?? []} />
        </BlockStack>
        <BlockStack gap="400">
          <MatchCard match={report.match} />
          <ErrorsCard errors={report.errors} />
        </BlockStack>
      </InlineGrid>
    </AdminPage>
  );
}
