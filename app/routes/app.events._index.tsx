import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Card } from "@shopify/polaris";

import { AdminPage } from "../components/admin-page.tsx";
import { EventFiltersBar } from "../components/event-filters-bar.tsx";
import { EventTable } from "../components/event-table.tsx";
import { ExportButton } from "../components/export-button.tsx";
import { RetryButton } from "../components/retry-button.tsx";
import { NoEvents } from "../components/no-events.tsx";
import { useFormat } from "../components/use-format.ts";
import { readEventFilters } from "../quality/event-filters.ts";
import { hasFailedEvents, readCursor, readEvents } from "../quality/read-events.server.ts";
import { readForm } from "../read-submission.server.ts";
import { retryEvents } from "../retry-events.server.ts";
import { signedInStore } from "../signed-in-store.server.ts";

export { PageError as ErrorBoundary } from "../components/page-error.tsx";
export { pageHeaders as headers } from "../page-headers.server.ts";

export const meta: MetaFunction = () => [{ title: "Events" }];

export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const { searchParams } = new URL(args.request.url);
  const filters = readEventFilters(searchParams);
  const [page, datasets, hasFailed] = await Promise.all([
    readEvents(tandem.database, { store, filters, cursor: readCursor(searchParams) }),
    tandem.database.prisma.dataset.findMany({
      where: { storeId: store.id },
      select: { id: true, name: true, datasetId: true },
      orderBy: { id: "asc" },
    }),
    hasFailedEvents(tandem.database, store.id, tandem.clock()),
  ]);
  return {
    filters,
    page,
    hasFailed,
    datasets: datasets.map((each) => ({ id: String(each.id), label: each.name ?? each.datasetId })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const query = new URL(args.request.url).searchParams;
  return retryEvents(tandem, store, await readForm(args.request), query);
}

export default function Events() {
  const { filters, page, datasets, hasFailed } = useLoaderData<typeof loader>();
  const format = useFormat();
  return (
    <AdminPage
      title="Events"
      subtitle={`Every purchase, newest first. Times in ${format.timeZoneName}.`}
      fullWidth
      actions={
        <>
          {hasFailed ? <RetryButton filters={filters} /> : null}
          <ExportButton filters={filters} />
        </>
      }
    >
      <Card padding="0">
        <EventFiltersBar filters={filters} datasets={datasets} />
        {page.rows.length === 0 ? (
          <NoEvents filters={filters} />
        ) : (
          <EventTable page={page} filters={filters} several={datasets.length > 1} />
        )}
      </Card>
    </AdminPage>
  );
}
