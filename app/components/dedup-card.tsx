import { Link, Text } from "@shopify/polaris";

import type { DedupeFeedback } from "../quality/dataset-score.ts";
import { PAIRED_GOAL, type DedupStatus } from "../quality/dedup-status.ts";
import { Facts, MetricCard } from "./metric-card.tsx";
import { TrendChart } from "./trend-chart.tsx";
import { useFormat } from "./use-format.ts";

const SERIES = [
  { key: "paired", name: "Paired", color: "#00707a" },
  { key: "serverOnly", name: "Recovered (server only)", color: "#7a4fc4" },
  { key: "browserOnly", name: "Browser only", color: "#b28400" },
  { key: "mismatched", name: "Mismatched", color: "#c5280c" },
];

/** Whether the two copies of a sale find each other, and what the second copy is worth. */
export function DedupCard({ dedup, metas }: { dedup: DedupStatus; metas: readonly DedupeFeedback[] }) {
  const format = useFormat();
  const worth = (sum: { count: number; amount: number }) =>
    sum.count === 0 ? format.number(0) : `${format.number(sum.count)} · ${format.money(sum.amount)}`;
  const byEventId = metas.find((each) => each.key === "event_id");
  const decided =
    dedup.paired.count + dedup.serverOnly.count + dedup.browserOnly.count + dedup.mismatched.count;
  return (
    <MetricCard
      title="Deduplication"
      question="Do the browser’s and the server’s copy meet, so that Meta counts one sale?"
      value={dedup.rate === null ? "Not known yet" : `${format.percent(dedup.rate)} paired`}
      known={dedup.rate !== null}
      note={
        dedup.rate === null
          ? "Known once a purchase in the online store has sent both copies."
          : `of ${format.number(decided)} online-store orders, as we measured; ${format.percent(PAIRED_GOAL)} is a good share, the rest lost their browser copy to ad blockers and closed pages`
      }
    >
      {dedup.rate === null ? null : (
        <TrendChart
          title="Online-store orders by copies that reached Meta"
          kind="stacked"
          series={SERIES}
          points={dedup.byDay.map((day) => ({
            day: day.day,
            values: [day.paired, day.serverOnly, day.browserOnly, day.mismatched],
          }))}
          show={format.number}
        />
      )}
      {dedup.rate === null && dedup.withoutBrowser.count === 0 ? null : (
        <Facts
          facts={[
            { name: "Paired: counted once", value: worth(dedup.paired) },
            {
              name:
                dedup.serverOnly.count > 0 ? (
                  <Link url="/app/events?view=recovered">
                    Recovered: the browser alone would have lost them
                  </Link>
                ) : (
                  "Recovered: the browser alone would have lost them"
                ),
              value: worth(dedup.serverOnly),
            },
            { name: "Browser only", value: worth(dedup.browserOnly) },
            {
              name:
                dedup.mismatched.count > 0 ? (
                  <Link url="/app/events?pairing=mismatched">Mismatched: may be counted twice</Link>
                ) : (
                  "Mismatched: may be counted twice"
                ),
              value: worth(dedup.mismatched),
            },
            { name: "No copy sent, or not known yet", value: worth(dedup.pending) },
            {
              name: "Without a browser (point of sale, drafts, subscriptions)",
              value: worth(dedup.withoutBrowser),
            },
          ]}
        />
      )}
      <Text as="p" tone="subdued" variant="bodySm">
        {byEventId?.overall === undefined
          ? "Reported by Meta: no deduplication feedback yet (it lags by up to 48 hours)."
          : `Reported by Meta: ${format.percent(byEventId.overall / 100)} of browser events were matched by event_id over the last 7 days${
              byEventId.server === undefined
                ? ""
                : `; ${format.percent(byEventId.server / 100)} of server events carry one`
            }.`}
      </Text>
    </MetricCard>
  );
}
