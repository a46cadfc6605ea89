import type { Reconciliation } from "../reconcile/read-reconciliation.server.ts";
import type { FindingFormat } from "../say-finding.ts";
import { sayText } from "../../texts/texts.ts";
import type { ReportTable } from "./render-report.ts";
import "../../texts/areas/reconcile.ts";

const COLUMNS = ["shopify", "taken", "sent", "skipped", "failed", "received"] as const;

/** The orders of the last 30 days by everybody's count, newest first; null where no day is over. Pure. */
export function reportDays({ days, today }: Reconciliation, format: FindingFormat): ReportTable | null {
  const over = days.filter(({ day }) => day !== today);
  if (over.length === 0) return null;
  const known = (count: number | null | undefined) =>
    count === null || count === undefined ? sayText({ key: "reconcile.unknown" }) : format.number(count);
  return {
    title: sayText({ key: "reconcile.title" }),
    caption: sayText({ key: "reconcile.table" }),
    head: [
      sayText({ key: "reconcile.day" }),
      ...COLUMNS.map((column) => sayText({ key: `reconcile.by.${column}` })),
    ],
    rows: over
      .toReversed()
      .map((day) => [
        format.day(day.day),
        known(day.shopify?.orders),
        format.number(day.taken.count),
        format.number(day.sent.count),
        format.number(day.skipped.reduce((all, { count }) => all + count, 0)),
        format.number(day.failed),
        known(day.received?.total),
      ]),
  };
}
