import { Link } from "@shopify/polaris";

import type { OverviewReport } from "../../quality/read-overview.server.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { eventsUrl } from "../frame/events-url.ts";
import { Facts, MetricCard } from "../frame/metric-card.tsx";
import type { TrendMark } from "../frame/trend.ts";
import { TrendChart } from "../frame/trend-chart.tsx";
import { useFormat } from "../frame/use-format.ts";
import { useWorth } from "../frame/use-worth.tsx";
import { skipReason } from "../../texts/say-reason.ts";

/** Every paid order: sent, left out and why, on its way, or failed. */
export function OrdersCard({ report, marks }: { report: OverviewReport; marks: readonly TrendMark[] }) {
  const format = useFormat();
  const { money, countAndMoney } = useWorth();
  const { t } = useTexts();
  const { orders } = report;
  const hasOrders = orders.paid.count > 0;
  const { from, to } = report.period;
  const link = (text: string, filters: Parameters<typeof eventsUrl>[0]) => (
    <Link url={eventsUrl({ from, to, dataset: report.dataset, ...filters })}>{text}</Link>
  );
  return (
    <MetricCard
      title={t("overview.orders.title")}
      question={t("overview.orders.question")}
      value={
        hasOrders
          ? t("overview.reach.sent", {
              sent: format.number(orders.delivered.count),
              paid: format.number(orders.paid.count),
            })
          : t("overview.orders.none")
      }
      known={hasOrders}
      note={
        hasOrders
          ? t(report.datasets.length > 1 ? "overview.orders.noteDataset" : "overview.orders.note", {
              count: orders.paid.count,
              number: format.number(orders.paid.count),
              money: money(orders.paid),
            })
          : t("overview.orders.noteNone")
      }
    >
      {hasOrders ? (
        <>
          <TrendChart
            marks={marks}
            title={t("overview.orders.chart")}
            kind="stacked"
            series={[
              { key: "delivered", name: t("overview.orders.sent"), color: "#00707a" },
              { key: "skipped", name: t("overview.orders.notSent"), color: "#8a8a8a" },
              { key: "open", name: t("overview.orders.open"), color: "#b28400" },
              { key: "failed", name: t("overview.orders.failed"), color: "#c5280c" },
            ]}
            points={orders.byDay.map((day) => ({
              day: day.day,
              values: [day.delivered, day.skipped, day.open, day.failed],
            }))}
            show={format.number}
          />
          <Facts
            facts={[
              { name: t("overview.orders.accepted"), value: countAndMoney(orders.delivered) },
              ...orders.skipped.map((each) => ({
                name: link(t("overview.orders.notSentWhy", { reason: skipReason(each.reason).short }), {
                  view: "skipped",
                  reason: [each.reason],
                }),
                value: each.reason === "test_order" ? format.number(each.count) : countAndMoney(each),
              })),
              ...(orders.beforeDataset.count > 0
                ? [
                    {
                      name: t(
                        report.dataset === null
                          ? "overview.orders.noDataset"
                          : "overview.orders.beforeDataset",
                      ),
                      value: countAndMoney(orders.beforeDataset),
                    },
                  ]
                : []),
              {
                name:
                  orders.open.count > 0
                    ? link(t("overview.orders.open"), { view: "waiting" })
                    : t("overview.orders.open"),
                value: countAndMoney(orders.open),
              },
              {
                name:
                  orders.failed.count > 0
                    ? link(t("overview.orders.failed"), { status: ["dead"] })
                    : t("overview.orders.failed"),
                value: countAndMoney(orders.failed),
              },
            ]}
          />
        </>
      ) : null}
    </MetricCard>
  );
}
