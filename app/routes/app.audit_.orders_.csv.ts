import type { LoaderFunctionArgs } from "@remix-run/node";

import { signedInStore } from "../admin/signed-in-store.server.ts";
import { readReconciliation } from "../audit/reconcile/read-reconciliation.server.ts";
import { writeReconciliationCsv } from "../audit/reconcile/write-reconciliation-csv.ts";

/** Orders by day, by Shopify's count, by Tandem's and by Meta's, as CSV. */
export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const dataset = new URL(args.request.url).searchParams.get("dataset");
  const report = await readReconciliation(tandem.database, { store, dataset, now: tandem.clock() });
  const name = store.shop.replace(/\.myshopify\.com$/, "");
  return new Response(writeReconciliationCsv(report), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}-orders-by-day-${report.today}.csv"`,
      "cache-control": "private, no-store",
    },
  });
}
