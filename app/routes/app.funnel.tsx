import { redirect, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { AdminPage } from "../components/frame/admin-page.tsx";
import { FunnelOverviewCards } from "../components/funnel/funnel-overview.tsx";
import { AuditBanner } from "../components/overview/audit-banner.tsx";
import { PeriodSelect } from "../components/overview/period-select.tsx";
import { sayWorstFinding } from "../admin/say-worst-finding.server.ts";
import { signedInStore } from "../admin/signed-in-store.server.ts";
import { isFunnelEvent, readEventChoice } from "../quality/chosen-event.ts";
import { readFunnelOverview } from "../quality/read-funnel-overview.server.ts";
import { readPeriod } from "../quality/store-period.ts";
import { sayText } from "../texts/texts.ts";
import { useTexts } from "../texts/use-texts.ts";

export { PageError as ErrorBoundary } from "../components/frame/page-error.tsx";
export { pageHeaders as headers } from "../admin/page-headers.server.ts";

export const meta: MetaFunction = () => [{ title: sayText({ key: "overview.title" }) }];

/** The overview of one event of a visit; that of purchases is the overview itself. */
export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const { searchParams } = new URL(args.request.url);
  const event = readEventChoice(searchParams);
  if (!isFunnelEvent(event)) {
    searchParams.delete("event");
    throw redirect(`/app?${searchParams.toString()}`);
  }
  const now = tandem.clock();
  const report = await readFunnelOverview(tandem.database, {
    store,
    event,
    period: readPeriod(searchParams),
    dataset: searchParams.get("dataset"),
    now,
  });
  return { report, audit: await sayWorstFinding(tandem.database, store, [], now) };
}

export default function Funnel() {
  const { report, audit } = useLoaderData<typeof loader>();
  const { t } = useTexts();
  return (
    <AdminPage title={t("overview.title")}>
      {audit ? <AuditBanner audit={audit} /> : null}
      <PeriodSelect report={report} event={report.event} />
      <FunnelOverviewCards report={report} />
    </AdminPage>
  );
}
