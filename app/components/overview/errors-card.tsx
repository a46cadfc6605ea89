import { Badge } from "@shopify/polaris";

import { ERROR_THRESHOLD, FEWEST_REQUESTS, type ErrorRate } from "../../quality/error-rate.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { Facts, MetricCard } from "../frame/metric-card.tsx";
import type { TrendMark } from "../frame/trend.ts";
import { TrendChart } from "../frame/trend-chart.tsx";
import { useFormat } from "../frame/use-format.ts";
import { errorClass } from "../../texts/say-reason.ts";

/** How often Meta says no, and why. */
export function ErrorsCard({ errors, marks }: { errors: ErrorRate; marks: readonly TrendMark[] }) {
  const format = useFormat();
  const { t } = useTexts();
  const threshold = format.percent(ERROR_THRESHOLD);
  const isKnown = errors.attemptShare !== null;
  const above = (errors.deliveryShare ?? 0) > ERROR_THRESHOLD || (errors.attemptShare ?? 0) > ERROR_THRESHOLD;
  const shares = errors.byDay.map((day) => (day.attempts === 0 ? null : day.failed / day.attempts));
  return (
    <MetricCard
      title={t("overview.errors.title")}
      question={t("overview.errors.question")}
      value={valueOf()}
      known={isKnown}
      note={noteOf()}
      action={
        isKnown ? (
          <Badge tone={above ? "warning" : "success"}>
            {above ? t("overview.errors.above", { threshold }) : t("overview.errors.normal")}
          </Badge>
        ) : null
      }
    >
      {errors.attempts === 0 ? null : (
        <>
          {isKnown ? (
            <TrendChart
              marks={marks}
              title={t("overview.errors.chart")}
              kind="line"
              series={[{ key: "rate", name: t("overview.errors.series"), color: "#c5280c" }]}
              points={errors.byDay.map((day, index) => ({ day: day.day, values: [shares[index] ?? null] }))}
              goal={{ value: ERROR_THRESHOLD, name: t("overview.errors.threshold", { threshold }) }}
              domain={{ atLeast: 0.05, atMost: 1 }}
              show={format.percent}
            />
          ) : null}
          <Facts
            facts={[
              { name: t("overview.errors.forGood"), value: forGood() },
              { name: t("overview.errors.triedAgain"), value: format.number(errors.failedAttempts) },
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

  function valueOf(): string {
    if (errors.attempts === 0) return t("overview.unknown");
    return errors.attemptShare === null ? t("overview.tooFew") : format.percent(errors.attemptShare);
  }

  function noteOf(): string {
    if (errors.attempts === 0) return t("overview.errors.nothingSent");
    const values = {
      count: errors.attempts,
      number: format.number(errors.attempts),
      failed: format.number(errors.failedAttempts),
      fewest: format.number(FEWEST_REQUESTS),
      threshold,
    };
    return t(isKnown ? "overview.errors.note" : "overview.errors.noteFew", values);
  }

  function forGood(): string {
    const number = format.number(errors.failedDeliveries);
    return errors.deliveryShare === null ? number : `${number} · ${format.percent(errors.deliveryShare)}`;
  }
}
