import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { BlockStack, Page, Select } from "@shopify/polaris";

import { signedInStore } from "../admin/signed-in-store.server.ts";
import { readReconciliation } from "../audit/reconcile/read-reconciliation.server.ts";
import { EmptyCard } from "../components/frame/empty-card.tsx";
import { SaveFileButton } from "../components/frame/save-file-button.tsx";
import { useFormat } from "../components/frame/use-format.ts";
import { DaysCard } from "../components/reconcile/days-card.tsx";
import { OddDaysCard } from "../components/reconcile/odd-days-card.tsx";
import { UploadCard } from "../components/reconcile/upload-card.tsx";
import { sayText } from "../texts/texts.ts";
import { useTexts } from "../texts/use-texts.ts";
import "../texts/areas/reconcile.ts";

export { PageError as ErrorBoundary } from "../components/frame/page-error.tsx";
export { pageHeaders as headers } from "../admin/page-headers.server.ts";

export const meta: MetaFunction = () => [{ title: sayText({ key: "reconcile.title" }) }];

export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const dataset = new URL(args.request.url).searchParams.get("dataset");
  const report = await readReconciliation(tandem.database, { store, dataset, now: tandem.clock() });
  return { report, shop: store.shop };
}

/** Orders against Shopify and against Meta, day by day. */
export default function OrdersByDay() {
  const { report, shop } = useLoaderData<typeof loader>();
  const { t } = useTexts();
  const format = useFormat();
  const [search, setSearch] = useSearchParams();
  const choose = (dataset: string) => {
    search.set("dataset", dataset);
    setSearch(search);
  };
  const isEmpty = report.days.every(({ taken, shopify }) => taken.count === 0 && !shopify?.orders);
  return (
    <Page
      title={t("reconcile.title")}
      subtitle={t("reconcile.subtitle", { zone: format.timeZoneName })}
      backAction={{ content: t("reconcile.back"), url: "/app/audit" }}
      fullWidth
    >
      <BlockStack gap="400">
        <div className="tandem-page-top">
          {report.datasets.length > 1 ? (
            <Select
              label={t("reconcile.dataset")}
              labelInline
              options={report.datasets.map(({ id, label }) => ({ value: id, label }))}
              value={report.dataset ?? ""}
              onChange={choose}
            />
          ) : (
            <span />
          )}
          <SaveFileButton
            address={`/app/audit/orders/csv?dataset=${report.dataset ?? ""}`}
            fileName="orders-by-day.csv"
          >
            {t("reconcile.csv")}
          </SaveFileButton>
        </div>
        {isEmpty ? (
          <EmptyCard heading={t("reconcile.emptyTitle")}>{t("reconcile.emptyText")}</EmptyCard>
        ) : (
          <>
            <OddDaysCard report={report} />
            <DaysCard report={report} shop={shop} />
          </>
        )}
        <UploadCard report={report} />
      </BlockStack>
    </Page>
  );
}
