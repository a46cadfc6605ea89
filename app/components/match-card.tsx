import { BlockStack, Text } from "@shopify/polaris";

import type { MatchQuality } from "../quality/read-home.server.ts";
import { MetricCard } from "./metric-card.tsx";
import { TrendChart } from "./trend-chart.tsx";
import { useFormat } from "./use-format.ts";
import { errorClass, keyName } from "./words.ts";

/** The score that a Purchase with good customer information reaches. */
const GOAL = 8;

/** How well Meta recognises the buyers: its own score, and the coverage of each key as both sides see it. */
export function MatchCard({ match }: { match: MatchQuality }) {
  const format = useFormat();
  const { latest } = match;
  const hasHistory = match.history.some((each) => each.score !== null);
  const hasKeys = match.keys.some((each) => each.ours !== null || each.metas !== null);
  return (
    <MetricCard
      title="Match quality"
      question="Does Meta recognise the people who bought?"
      value={latest?.score === undefined ? "Not known yet" : `${format.score(latest.score)} of 10`}
      known={latest?.score !== undefined}
      note={noteOf()}
    >
      {hasHistory ? (
        <TrendChart
          title="Event match quality of Purchase, reported by Meta"
          kind="line"
          series={[{ key: "score", name: "Score by Meta", color: "#00707a" }]}
          points={match.history.map((each) => ({ day: each.day, values: [each.score] }))}
          goal={{ value: GOAL, name: `Goal ${format.score(GOAL)}` }}
          top={10}
          show={format.score}
        />
      ) : null}
      {hasKeys ? <KeyTable match={match} /> : null}
      {latest?.diagnostics.map((each) => (
        <BlockStack key={each.name} gap="050">
          <Text as="h3" variant="headingSm">
            {each.name}
          </Text>
          <Text as="p">{[each.description, each.solution].filter(Boolean).join(" ")}</Text>
        </BlockStack>
      ))}
    </MetricCard>
  );

  function noteOf(): string {
    if (latest)
      return `event match quality of Purchase as reported by Meta, read on ${format.date(latest.takenAt)}; the goal is ${format.score(GOAL)}`;
    if (match.problem) return `Meta could not be asked: ${errorClass(match.problem).long}`;
    return "Meta scores a dataset about a day after its first server events. We ask once a day and keep the history.";
  }
}

function KeyTable({ match }: { match: MatchQuality }) {
  const format = useFormat();
  const share = (value: number | null) => (value === null ? "–" : format.percent(value));
  return (
    <div
      className="tandem-scroll tandem-keys"
      tabIndex={0}
      role="region"
      aria-label="Coverage of customer information"
    >
      <table>
        <caption className="tandem-hidden">Coverage of customer information, ours and Meta’s</caption>
        <thead>
          <tr>
            <th scope="col">Customer information</th>
            <th scope="col">Sent by us</th>
            <th scope="col">Seen by Meta</th>
          </tr>
        </thead>
        <tbody>
          {match.keys.map((each) => (
            <tr key={each.key}>
              <th scope="row">{keyName(each.key)}</th>
              <td>
                <span className="tandem-meter">
                  {each.ours === null ? null : (
                    <span className="tandem-bar" aria-hidden="true">
                      <span style={{ width: `${each.ours * 100}%` }} />
                    </span>
                  )}
                  {share(each.ours)}
                </span>
              </td>
              <td>{share(each.metas)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
