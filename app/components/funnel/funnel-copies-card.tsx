import { Link, Text } from "@shopify/polaris";

import type { FunnelOverview } from "../../quality/read-funnel-overview.server.ts";
import { funnelLogUrl } from "../../quality/funnel-log-filters.ts";
import type { TextKey } from "../../texts/texts.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { Facts, MetricCard } from "../frame/metric-card.tsx";
import { TrendChart } from "../frame/trend-chart.tsx";
import type { TrendMark } from "../frame/trend.ts";
import { useFormat } from "../frame/use-format.ts";
import { useWorth } from "../frame/use-worth.tsx";
import "../../texts/areas/funnel.ts";

const SERIES = [
  { key: "paired", color: "#00707a" },
  { key: "serverOnly", color: "#7a4fc4" },
  { key: "browserOnly", color: "#b28400" },
  { key: "neither", color: "#c5280c" },
  { key: "open", color: "#8a8a8a" },
] as const;

interface Figure {
  readonly name: TextKey;
  readonly advice: TextKey;
  readonly count: number;
  readonly url?: string;
}

/** Events by day and by the copies that Meta has; below it every figure with what it means and what to do. */
export function FunnelCopiesCard({
  report,
  marks,
}: {
  readonly report: FunnelOverview;
  readonly marks: readonly TrendMark[];
}) {
  const format = useFormat();
  const { money } = useWorth();
  const { t } = useTexts();
  const { figures, event } = report;
  const { taken, copies, browser } = figures;
  const isKnown = taken.count > 0;
  const log = (filters: Parameters<typeof funnelLogUrl>[1]) => funnelLogUrl(event, filters);
  const list: readonly Figure[] = [
    { name: "funnel.copies.paired", advice: "funnel.copies.pairedDo", count: copies.paired },
    {
      name: "funnel.copies.serverOnlyName",
      advice: "funnel.copies.serverOnlyDo",
      count: copies.serverOnly,
      url: log({ outcome: ["blocked", "failed"], state: ["delivered"] }),
    },
    {
      name: "funnel.copies.browserOnly",
      advice: "funnel.copies.browserOnlyDo",
      count: copies.browserOnly,
      url: log({ outcome: ["sent"], state: ["dead"] }),
    },
    {
      name: "funnel.copies.neither",
      advice: "funnel.copies.neitherDo",
      count: copies.neither,
      url: log({ outcome: ["blocked", "failed"], state: ["dead"] }),
    },
    {
      name: "funnel.copies.open",
      advice: "funnel.copies.openDo",
      count: figures.open,
      url: log({ state: ["waiting"] }),
    },
    { name: "funnel.copies.server", advice: "funnel.copies.serverDo", count: figures.delivered },
    { name: "funnel.copies.browserSent", advice: "funnel.copies.browserSentDo", count: browser.sent },
    {
      name: "funnel.copies.browserBlocked",
      advice: "funnel.copies.browserBlockedDo",
      count: browser.blocked,
      url: log({ outcome: ["blocked"] }),
    },
    {
      name: "funnel.copies.browserFailed",
      advice: "funnel.copies.browserFailedDo",
      count: browser.failed,
      url: log({ outcome: ["failed"] }),
    },
    { name: "funnel.copies.shed", advice: "funnel.copies.shedDo", count: figures.shed },
  ];
  return (
    <MetricCard
      title={t("funnel.copies.title")}
      question={t("funnel.copies.question")}
      value={
        isKnown
          ? t("funnel.copies.value", { count: taken.count, number: format.number(taken.count) })
          : t("funnel.copies.none")
      }
      known={isKnown}
      note={noteOf()}
    >
      {isKnown ? (
        <TrendChart
          marks={marks}
          title={t("funnel.copies.chart")}
          kind="stacked"
          series={SERIES.map((each) => ({ ...each, name: t(`funnel.copies.${each.key}`) }))}
          points={figures.byDay.map((day) => ({
            day: day.day,
            values: SERIES.map(({ key }) => day[key]),
          }))}
          show={format.number}
        />
      ) : null}
      {isKnown || figures.shed > 0 ? (
        <Facts
          facts={list.map(({ name, advice, count, url }) => ({
            name: (
              <>
                {url !== undefined && count > 0 ? <Link url={url}>{t(name)}</Link> : t(name)}
                <Text as="span" variant="bodySm" tone="subdued">
                  <span className="tandem-advice">{t(advice)}</span>
                </Text>
              </>
            ),
            value: format.number(count),
          }))}
        />
      ) : null}
    </MetricCard>
  );

  function noteOf(): string {
    if (!isKnown) return t("funnel.copies.noneNote");
    return taken.worth.length === 0
      ? t("funnel.copies.noteNoMoney")
      : t("funnel.copies.note", { money: money(taken) });
  }
}
