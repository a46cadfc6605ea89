import { Badge } from "@shopify/polaris";

import { ERROR_THRESHOLD, type ErrorRate } from "../quality/error-rate.ts";
import { Facts, MetricCard } from "./metric-card.tsx";
import { TrendChart } from "./trend-chart.tsx";
import { useFormat } from "./use-format.ts";
import { errorClass } from "./words.ts";

/** How often Meta says no, and why. */
export function ErrorsCard({ errors }: { errors: ErrorRate }) {
  const format = useFormat();
  const above = (errors.deliveryShare ?? 0) > ERROR_THRESHOLD || (errors.attemptShare ?? 0) > ERROR_THRESHOLD;
  return (
    <MetricCard
      title="Error rate"
      question="How many requests to Meta fail, and does anything stay unsent?"
      value={errors.attemptShare === null ? "Not known yet" : format.percent(errors.attemptShare)}
      known={errors.attemptShare !== null}
      note={
        errors.attemptShare === null
          ? "Nothing was sent in this period."
          : `of ${format.number(errors.attempts)} requests failed; below ${format.percent(ERROR_THRESHOLD)} is normal, because a failed request is sent again`
      }
      action={
        errors.attemptShare === null ? null : above ? (
          <Badge tone="warning">{`Above ${format.percent(ERROR_THRESHOLD)}`}</Badge>
        ) : (
          <Badge tone="success">Normal</Badge>
        )
      }
    >
      {errors.attemptShare === null ? null : (
        <>
          <TrendChart
            title="Share of failed requests"
            kind="line"
            series={[{ key: "rate", name: "Failed requests", color: "#c5280c" }]}
            points={errors.byDay.map((day) => ({
              day: day.day,
              values: [day.attempts === 0 ? null : day.failed / day.attempts],
            }))}
            goal={{ value: ERROR_THRESHOLD, name: `Threshold ${format.percent(ERROR_THRESHOLD)}` }}
            show={format.percent}
          />
          <Facts
            facts={[
              {
                name: "Deliveries that failed for good",
                value:
                  errors.deliveryShare === null
                    ? "Not known yet"
                    : `${format.number(errors.failedDeliveries)} · ${format.percent(errors.deliveryShare)}`,
              },
              { name: "Failed requests, tried again", value: format.number(errors.failedAttempts) },
              ...errors.causes.map((cause) => ({
                name: errorClass(cause.class).short,
                value: format.number(cause.count),
              })),
            ]}
          />
        </>
      )}
    </MetricCard>
  );
}
