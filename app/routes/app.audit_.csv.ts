import type { LoaderFunctionArgs } from "@remix-run/node";

import { signedInStore } from "../admin/signed-in-store.server.ts";
import { readAudit } from "../audit/read-audit.server.ts";
import { reportRows } from "../audit/report/make-report.ts";
import { createFormat } from "../components/frame/store-format.ts";
import { dayIn, knownTimeZone } from "../quality/store-period.ts";
import { csvLine } from "../quality/write-csv.ts";
import { zoneOffsets } from "../quality/zone-offsets.server.ts";
import { sayText } from "../texts/texts.ts";
import "../texts/areas/audit.ts";

const COLUMNS = [
  "state",
  "severity",
  "certainty",
  "finding",
  "since",
  "orders",
  "worth",
  "why",
  "mend",
] as const;

/** Every check's answer as CSV. */
export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const now = tandem.clock();
  const timeZone = knownTimeZone(store.timeZone);
  const format = createFormat({ timeZone, offsets: zoneOffsets(timeZone, now), currency: store.currency });
  const audit = await readAudit(tandem.database, store, now);
  const head = COLUMNS.map((column) => sayText({ key: `audit.csvHead.${column}` }));
  const rows = reportRows(audit, {
    ...format,
    money: (amount, currency) => format.money(amount, currency || null),
  });
  const name = store.shop.replace(/\.myshopify\.com$/, "");
  return new Response(`\uFEFF${[head, ...rows].map(csvLine).join("")}`, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}-audit-${dayIn(store.timeZone, now)}.csv"`,
      "cache-control": "private, no-store",
    },
  });
}
