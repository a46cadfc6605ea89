import { Link, Text } from "@shopify/polaris";

import type { DedupeFeedback } from "../../quality/dataset-score.ts";
import { FEWEST_DECIDED, PAIRED_GOAL, type DedupStatus } from "../../quality/dedup-status.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { Facts, MetricCard } from "../frame/metric-card.tsx";
import { TrendChart } from "../frame/trend-chart.tsx";
import { useFormat } from "../frame/use-format.ts";
import { useWorth } from "../frame/use-worth.tsx";

const SERIES = [
  { key: "paired", name: "overview.dedup.paired", color: "#00707a" },
  { key: "serverOnly", name: "overview.dedup.serverOnly", color: "#7a4fc4" },
  { key: "browserOnly", name: "overview.dedup.browserOnly", color: "#b28400" },
  { key: "mismatched", name: "overview.dedup.mismatched", color: "#c5280c" },
] as const;

/** Whether the two copies of a sale find each other, and what the second copy is worth; over the whole store. */
export function DedupCard({
  dedup,
  metas,
  several,
}: {
  dedup: DedupStatus;
  metas: readonly DedupeFeedback[];
  /** The store sends to more than one dataset. */
  several: boolean;
}) {
  const format = useFormat();
  const { t } = useTexts();
  const { countAndMoney: worth } = useWorth();
  const { decided } = dedup;
  return (
    <MetricCard
      title={t(several ? "overview.dedup.titleStore" : "overview.dedup.title")}
      question={t("overview.dedup.question")}
      value={valueOf()}
      known={dedup.rate !== null}
      note={noteOf()}
    >
      {decided === 0 ? null : (
        <TrendChart
          title={t("overview.dedup.chart")}
          kind="stacked"
          series={SERIES.map((each) => ({ ...each, name: t(each.name) }))}
          points={dedup.byDay.map((day) => ({
            day: day.day,
            values: [day.paired, day.serverOnly, day.browserOnly, day.mismatched],
          }))}
          show={format.number}
        />
      )}
      {decided === 0 && dedup.withoutBrowser.count === 0 ? null : (
        <Facts
          facts={[
            { name: t("overview.dedup.factPaired"), value: worth(dedup.paired) },
            {
              name: linked(t("overview.dedup.factRecovered"), dedup.serverOnly.count, "view=recovered"),
              value: worth(dedup.serverOnly),
            },
            { name: t("overview.dedup.factBrowserOnly"), value: worth(dedup.browserOnly) },
            {
              name: linked(t("overview.dedup.factMismatched"), dedup.mismatched.count, "pairing=mismatched"),
              value: worth(dedup.mismatched),
            },
            { name: t("overview.dedup.factPending"), value: worth(dedup.pending) },
            { name: t("overview.dedup.factWithout"), value: worth(dedup.withoutBrowser) },
          ]}
        />
      )}
      {several ? (
        <Text as="p" tone="subdued" variant="bodySm">
          {t("overview.dedup.wholeStore")}
        </Text>
      ) : null}
      <Text as="p" tone="subdued" variant="bodySm">
        {metasFeedback()}
      </Text>
    </MetricCard>
  );

  function valueOf(): string {
    if (dedup.rate !== null) return t("overview.dedup.rate", { share: format.percent(dedup.rate) });
    return decided === 0 ? t("overview.dedup.unknown") : t("overview.tooFew");
  }

  function noteOf(): string {
    if (decided === 0) return t("overview.dedup.noteUnknown");
    const values = {
      count: decided,
      number: format.number(decided),
      paired: format.number(dedup.paired.count),
      fewest: format.number(FEWEST_DECIDED),
      goal: format.percent(PAIRED_GOAL),
    };
    return t(dedup.rate === null ? "overview.dedup.noteFew" : "overview.dedup.note", values);
  }

  function metasFeedback(): string {
    const byEventId = metas.find((each) => each.key === "event_id");
    if (byEventId?.overall === undefined) return t("overview.dedup.metaNone");
    const share = format.percent(byEventId.overall / 100);
    return byEventId.server === undefined
      ? t("overview.dedup.meta", { share })
      : t("overview.dedup.metaBoth", { share, server: format.percent(byEventId.server / 100) });
  }
}

/** A row that has orders links to them. */
function linked(name: string, count: number, query: string) {
  return count > 0 ? <Link url={`/app/events?${query}`}>{name}</Link> : name;
}
