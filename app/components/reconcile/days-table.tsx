import { Link } from "@shopify/polaris";
import type { ReactNode } from "react";

import type { ReconciledDay } from "../../audit/reconcile/reconcile-days.ts";
import type { Reconciliation } from "../../audit/reconcile/read-reconciliation.server.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { EVENTS_MANAGER } from "../frame/find-in-meta.tsx";
import { eventsUrl } from "../frame/events-url.ts";
import { useFormat } from "../frame/use-format.ts";
import { useWorth } from "../frame/use-worth.tsx";
import { skipReason } from "../../texts/say-reason.ts";
import "../../texts/areas/reconcile.ts";

/** A day a row, newest first; each number of ours opens its orders. */
export function DaysTable({ report, shop }: { report: Reconciliation; shop: string }) {
  const { t } = useTexts();
  const columns = [
    t("reconcile.by.shopify"),
    t("reconcile.by.taken"),
    t("reconcile.by.sent"),
    t("reconcile.by.skipped"),
    t("reconcile.by.open"),
    t("reconcile.by.failed"),
    t("reconcile.by.received"),
  ];
  return (
    <div className="tandem-days" tabIndex={0} role="region" aria-label={t("reconcile.table")}>
      <table>
        <caption className="tandem-hidden">{t("reconcile.table")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("reconcile.day")}</th>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.days.toReversed().map((day) => (
            <DayRow key={day.day} day={day} report={report} shop={shop} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function DayRow({ day, report, shop }: { day: ReconciledDay; report: Reconciliation; shop: string }) {
  const { t } = useTexts();
  const format = useFormat();
  const { money } = useWorth();
  const of = { from: day.day, to: day.day };
  const { dataset } = report;
  const opened = (count: number, filters: Parameters<typeof eventsUrl>[0]): ReactNode =>
    count === 0 ? (
      format.number(0)
    ) : (
      <Link url={eventsUrl({ ...of, ...filters })}>{format.number(count)}</Link>
    );
  const amount = (worth: Parameters<typeof money>[0]["worth"]) =>
    worth.length === 0 ? null : <small>{money({ count: 0, worth })}</small>;
  const skipped = day.skipped.reduce((all, { count }) => all + count, 0);
  return (
    <tr className={day.odd.length > 0 ? "tandem-odd" : undefined}>
      <th scope="row">
        {format.day(day.day)}
        {day.odd.length > 0 ? <small>{t("reconcile.odd.mark")}</small> : null}
      </th>
      <td>
        {day.shopify === null ? (
          <span className="tandem-absent">
            {t(day.day === report.today ? "reconcile.notOver" : "reconcile.unknown")}
          </span>
        ) : (
          <>
            <Link url={ordersInAdmin(shop, day.day)} target="_blank">
              {format.number(day.shopify.orders)}
            </Link>
            {amount(day.shopify.worth ? [day.shopify.worth] : [])}
          </>
        )}
      </td>
      <td>
        {opened(day.taken.count, {})}
        {amount(day.taken.worth)}
      </td>
      <td>
        {opened(day.sent.count, { status: ["delivered"], dataset })}
        {amount(day.sent.worth)}
      </td>
      <td>
        {opened(skipped, { view: "skipped", dataset })}
        {day.skipped.map(({ reason, count }) => (
          <small key={reason}>
            {t("reconcile.skippedWhy", { reason: skipReason(reason).short, number: format.number(count) })}
          </small>
        ))}
        {day.before > 0 ? (
          <small>
            {t("reconcile.skippedWhy", {
              reason: t("reconcile.by.before"),
              number: format.number(day.before),
            })}
          </small>
        ) : null}
      </td>
      <td>{opened(day.open, { view: "waiting", dataset })}</td>
      <td>{opened(day.failed, { status: ["dead"], dataset })}</td>
      <td>
        <ReceivedCell day={day} />
      </td>
    </tr>
  );
}

function ReceivedCell({ day: { received } }: { day: ReconciledDay }) {
  const { t } = useTexts();
  const { number } = useFormat();
  if (received === null) return <span className="tandem-absent">{t("reconcile.unknown")}</span>;
  const { browser, server } = received;
  return (
    <>
      <Link url={EVENTS_MANAGER} target="_blank">
        {number(received.total)}
      </Link>
      {browser !== null && server !== null ? (
        <small>{t("reconcile.ways", { browser: number(browser), server: number(server) })}</small>
      ) : null}
    </>
  );
}

/** Shopify's own list of the day's paid orders. */
function ordersInAdmin(shop: string, day: string): string {
  const query = `processed_at:${day} AND financial_status:paid`;
  return `https://${shop}/admin/orders?${new URLSearchParams({ query }).toString()}`;
}
