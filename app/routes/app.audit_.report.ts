import type { LoaderFunctionArgs } from "@remix-run/node";

import { signedInStore } from "../admin/signed-in-store.server.ts";
import { readAudit } from "../audit/read-audit.server.ts";
import { makeReport } from "../audit/report/make-report.ts";
import { readReconciliation } from "../audit/reconcile/read-reconciliation.server.ts";
import { reportDays } from "../audit/report/report-days.ts";
import { renderReport } from "../audit/report/render-report.ts";
import { createFormat } from "../components/frame/store-format.ts";
import { dayIn, knownTimeZone } from "../quality/store-period.ts";
import { zoneOffsets } from "../quality/zone-offsets.server.ts";

const LONGEST_NAME = 80;

/** The last audit as one HTML file to read, mail or print; `?agency=` puts a name on it. */
export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const now = tandem.clock();
  const agency = (new URL(args.request.url).searchParams.get("agency") ?? "").trim().slice(0, LONGEST_NAME);
  const timeZone = knownTimeZone(store.timeZone);
  const format = createFormat({ timeZone, offsets: zoneOffsets(timeZone, now), currency: store.currency });
  const audit = await readAudit(tandem.database, store, now);
  const writes = {
    ...format,
    money: (amount: number, currency: string) => format.money(amount, currency || null),
  };
  const words = {
    format: writes,
    storeName: store.name ?? store.shop,
    agency: agency === "" ? null : agency,
    days: reportDays(await readReconciliation(tandem.database, { store, dataset: null, now }), writes),
  };
  const name = store.shop.replace(/\.myshopify\.com$/, "");
  return new Response(renderReport(makeReport(audit, words, now)), {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-disposition": `attachment; filename="${name}-audit-${dayIn(store.timeZone, now)}.html"`,
      "cache-control": "private, no-store",
    },
  });
}
