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
  const log = await readEventLog(tandem.database, {
    store,
    filters: readEventFilters(searchParams),
    cursor: readCursor(searchParams),
    now: tandem.clock(),
  });
  return { ...log, shop: store.shop };
}

export async function action(args: ActionFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const query = new URL(args.request.url).searchParams;
  return retryEvents(tandem, store, await readForm(args.request), query);
}

export default function Events() {
  const { filters, page, datasets, hasFailed, failed, total, partSearch, shop, ...loaded } =
    useLoaderData<typeof loader>();
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
