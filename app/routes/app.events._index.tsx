import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Card } from "@shopify/polaris";
import { useMemo } from "react";

import { AdminPage } from "../components/frame/admin-page.tsx";
import { EventFiltersBar } from "../components/events/event-filters-bar.tsx";
import { EventTable } from "../components/events/event-table.tsx";
import { EventsFound } from "../components/events/events-found.tsx";
import { ExportButton } from "../components/events/export-button.tsx";
import { FailedLine } from "../components/events/failed-line.tsx";
import { NoEvents } from "../components/events/no-events.tsx";
import { RetryButton } from "../components/events/retry-button.tsx";
import { useFormat } from "../components/frame/use-format.ts";
import { useLivePage } from "../components/frame/use-live-page.ts";
import { FunnelEventsPage } from "../components/funnel/funnel-events-page.tsx";
import { LoggedEventSelect } from "../components/funnel/logged-event-select.tsx";
import { EVENT_CHOICES, chosenCopies, isFunnelEvent, readEventChoice } from "../quality/chosen-event.ts";
import { DEFAULT_EVENT } from "../quality/default-event.ts";
import { readFunnelFilters } from "../quality/funnel-log-filters.ts";
import { listDatasets } from "../quality/list-datasets.server.ts";
import { readFunnelLog } from "../quality/read-funnel-log.server.ts";
import { readEventFilters } from "../quality/event-filters.ts";
import { readEventLog } from "../quality/read-event-log.server.ts";
import { readCursor, type EventRow } from "../quality/read-events.server.ts";
import { readForm } from "../admin/read-submission.server.ts";
import { retryEvents } from "../admin/retry-events.server.ts";
import { signedInStore } from "../admin/signed-in-store.server.ts";
import { sayText } from "../texts/texts.ts";
import { useTexts } from "../texts/use-texts.ts";
import "../texts/areas/events.ts";

export { PageError as ErrorBoundary } from "../components/frame/page-error.tsx";
export { pageHeaders as headers } from "../admin/page-headers.server.ts";

export const meta: MetaFunction = () => [{ title: sayText({ key: "events.title" }) }];

export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const { searchParams } = new URL(args.request.url);
  const [cursor, now] = [readCursor(searchParams), tandem.clock()];
  const event = readEventChoice(searchParams);
  if (isFunnelEvent(event)) {
    const filters = readFunnelFilters(searchParams);
    return {
      kind: "funnel" as const,
      events: EVENT_CHOICES,
      event,
      copies: chosenCopies(store, event),
      filters,
      page: await readFunnelLog(tandem.database, { store, event, filters, cursor, now }),
      datasets: await listDatasets(tandem.database, store.id),
    };
  }
  const filters = readEventFilters(searchParams);
  const log = await readEventLog(tandem.database, { store, filters, cursor, now });
  return { kind: "purchase" as const, events: EVENT_CHOICES, ...log, shop: store.shop };
}

export async function action(args: ActionFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const query = new URL(args.request.url).searchParams;
  return retryEvents(tandem, store, await readForm(args.request), query);
}

export default function Events() {
  const data = useLoaderData<typeof loader>();
  return data.kind === "funnel" ? <FunnelEventsPage {...data} /> : <Purchases {...data} />;
}

type Loaded<Kind> = Extract<ReturnType<typeof useLoaderData<typeof loader>>, { kind: Kind }>;

function Purchases({
  events,
  filters,
  page,
  datasets,
  hasFailed,
  failed,
  total,
  partSearch,
  shop,
  ...loaded
}: Loaded<"purchase">) {
  const format = useFormat();
  const { t } = useTexts();
  const countries = useMemo(() => new Map(loaded.countries), [loaded.countries]);
  useLivePage(page.rows.some(isUnderWay));
  return (
    <AdminPage
      title={t("events.title")}
      subtitle={t("events.subtitle", { zone: format.timeZoneName })}
      fullWidth
      actions={
        <>
          <LoggedEventSelect event={DEFAULT_EVENT} choices={events} />
          {hasFailed ? <RetryButton filters={filters} /> : null}
          <ExportButton filters={filters} />
        </>
      }
    >
      <Card padding="0">
        <EventFiltersBar filters={filters} datasets={datasets} countries={countries} />
        {failed ? <FailedLine failed={failed} /> : null}
        <EventsFound total={total} filters={filters} partSearch={partSearch} />
        {page.rows.length === 0 ? (
          <NoEvents filters={filters} />
        ) : (
          <EventTable
            page={page}
            filters={filters}
            shop={shop}
            several={datasets.length > 1}
            countries={countries}
          />
        )}
      </Card>
    </AdminPage>
  );
}

/** Soon something else: what waits for a browser, for its turn or for Meta's answer. */
function isUnderWay({ deliveries }: Pick<EventRow, "deliveries">): boolean {
  return deliveries.some(({ state }) => state === "waiting" || state === "due" || state === "leased");
}
