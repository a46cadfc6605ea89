import { Link } from "@shopify/polaris";

import type { OrdersAccounted } from "../quality/orders-accounted.ts";
import { Facts, MetricCard } from "./metric-card.tsx";
import { TrendChart } from "./trend-chart.tsx";
import { useFormat } from "./use-format.ts";
import { skipReason } from "./words.ts";

const SERIES = [
  { key: "delivered", name: "Sent", color: "#00707a" },
  { key: "skipped", name: "Skipped, with reason", color: "#8a8a8a" },
  { key: "open", name: "On the way", color: "#b28400" },
  { key: "failed", name: "Failed", color: "#c5280c" },
];

/** Every paid order: sent, left out for a reason, on its way, or failed. */
export function OrdersCard({ orders, several }: { orders: OrdersAccounted; several: boolean }) {
  const format = useFormat();
  const worth = (sum: { count: number; amount: number }) =>
    sum.count === 0 ? format.number(0) : `${format.number(sum.count)} · ${format.money(sum.amount)}`;
  return (
    <MetricCard
      title="Orders accounted for"
      question="Did every paid order reach Meta, or is there a reason why not?"
      value={orders.share === null ? "No orders yet" : format.percent(orders.share)}
      known={orders.share !== null}
      note={
        orders.share === null
          ? "Fills with the first paid order of this period."
          : `of ${format.number(orders.paid.count)} paid ${orders.paid.count === 1 ? "order" : "orders"}, worth ${format.money(orders.paid.amount)}${several ? ", at this dataset" : ""}`
      }
    >
      {orders.share === null ? null : (
        <>
          <TrendChart
            title="Orders by what became of them"
            kind="stacked"
            series={SERIES}
            points={orders.byDay.map((day) => ({
              day: day.day,
              values: [day.delivered, day.skipped, day.open, day.failed],
            }))}
            show={format.number}
          />
          <Facts
            facts={[
              { name: "Sent and accepted by Meta", value: worth(orders.delivered) },
              ...[...orders.skipped, { reason: "before_dataset", ...orders.beforeDataset }]
                .filter((each) => each.count > 0)
                .map((each) => ({ name: `Skipped: ${skipReason(each.reason).short}`, value: worth(each) })),
              {
                name:
                  orders.open.count > 0 ? (
                    <Link url="/app/events?view=waiting">On the way</Link>
                  ) : (
                    "On the way"
                  ),
                value: worth(orders.open),
              },
              {
                name:
                  orders.failed.count > 0 ? <Link url="/app/events?view=attention">Failed</Link> : "Failed",
                value: worth(orders.failed),
              },
            ]}
          />
        </>
      )}
    </MetricCard>
  );
}
