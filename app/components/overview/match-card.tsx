import { BlockStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

import type { EventName } from "../../../extensions/contract/events/registry.ts";
import { DEFAULT_EVENT } from "../../quality/default-event.ts";
import { coverageDiffers } from "../../quality/key-coverage.ts";
import type { MatchQuality } from "../../quality/read-overview.server.ts";
import { writeSentences } from "../../texts/conventions.ts";
import type { TextKey } from "../../texts/texts.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { MetricCard } from "../frame/metric-card.tsx";
import type { TrendMark } from "../frame/trend.ts";
import { TrendChart } from "../frame/trend-chart.tsx";
import { useFormat } from "../frame/use-format.ts";
import { keyName } from "../frame/words.ts";
import { errorClass } from "../../texts/say-reason.ts";

/** The score that a Purchase with good customer information reaches. */
export const MATCH_GOAL = 8;
/** With fewer sales than that in four weeks, Meta's score and our shares say little. */
export const FEWEST_SALES = 20;

/** What is said of sales; other events have their own (components/funnel/). */
const OF_SALES = {
  question: "overview.match.question",
  chart: "overview.match.chart",
  tooFewDetail: "overview.recognised.tooFewDetail",
  note: "overview.match.note",
  notYet: "overview.match.notYet",
  keysRegion: "overview.match.keysRegion",
  keysCaption: "overview.match.keysCaption",
} as const satisfies MatchWords;

/** What the card says of the events that it is about; the gap {{event}} is Meta's name. */
export type MatchWords = Readonly<
  Record<"question" | "chart" | "tooFewDetail" | "note" | "notYet" | "keysRegion" | "keysCaption", TextKey>
>;

/** How well Meta recognises people: its own score, and how many events carried what, as both sides see it. */
export function MatchCard({
  match,
  marks,
  event = DEFAULT_EVENT,
  words = OF_SALES,
  goal = MATCH_GOAL,
  children,
}: {
  match: MatchQuality;
  marks: readonly TrendMark[];
  event?: EventName;
  words?: MatchWords;
  goal?: number;
  /** What else Meta says. */
  children?: ReactNode;
}) {
  const format = useFormat();
  const { t } = useTexts();
  const { latest } = match;
  const hasHistory = match.history.some((each) => each.score !== null);
  const hasKeys = match.keys.some((each) => each.ours !== null || each.metas !== null);
  const isEnough = latest?.score !== undefined && match.scoredSales >= FEWEST_SALES;
  return (
    <MetricCard
      title={t("overview.match.title")}
      question={t(words.question)}
      value={valueOf()}
      known={isEnough}
      note={noteOf()}
    >
      {hasHistory ? (
        <TrendChart
          marks={marks}
          title={t(words.chart, { event })}
          kind="line"
          series={[{ key: "score", name: t("overview.match.series"), color: "#00707a" }]}
          points={match.history.map((each) => ({ day: each.day, values: [each.score] }))}
          goal={{ value: goal, name: t("overview.match.goal", { goal: format.score(goal) }) }}
          top={10}
          show={format.score}
        />
      ) : null}
      {hasKeys ? <KeyTable match={match} words={words} /> : null}
      {children}
      {latest?.diagnostics.map((each) => (
        <BlockStack key={each.name} gap="050">
          <Text as="h3" variant="headingSm">
            {each.name}
          </Text>
          <Text as="p">{writeSentences([each.description, each.solution])}</Text>
        </BlockStack>
      ))}
    </MetricCard>
  );

  function valueOf(): string {
    if (latest?.score === undefined) return t("overview.unknown");
    return isEnough ? t("overview.score", { score: format.score(latest.score) }) : t("overview.tooFew");
  }

  function noteOf(): string {
    if (latest?.score !== undefined && !isEnough)
      return t(words.tooFewDetail, {
        count: match.scoredSales,
        number: format.number(match.scoredSales),
        fewest: format.number(FEWEST_SALES),
        score: format.score(latest.score),
      });
    if (latest)
      return t(words.note, {
        event,
        date: format.date(latest.takenAt),
        goal: format.score(goal),
      });
    if (match.problem) return t("overview.match.notAsked", { reason: errorClass(match.problem).long });
    return t(words.notYet);
  }
}

function KeyTable({
  match,
  words,
}: {
  match: MatchQuality;
  words: Pick<MatchWords, "keysRegion" | "keysCaption">;
}) {
  const format = useFormat();
  const { t } = useTexts();
  const share = (value: number | null) => (value === null ? "–" : format.percent(value));
  const ours = ({ sent, ours: value }: MatchQuality["keys"][number]) =>
    sent !== null && sent.all < FEWEST_SALES
      ? t("overview.match.of", { carried: format.number(sent.carried), all: format.number(sent.all) })
      : share(value);
  return (
    <BlockStack gap="200">
      <div className="tandem-scroll tandem-keys" tabIndex={0} role="region" aria-label={t(words.keysRegion)}>
        <table>
          <caption className="tandem-hidden">{t(words.keysCaption)}</caption>
          <thead>
            <tr>
              <th scope="col">{t("overview.match.key")}</th>
              <th scope="col">{t("overview.match.ours")}</th>
              <th scope="col">{t("overview.match.metas")}</th>
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
                    {ours(each)}
                  </span>
                </td>
                <td>{share(each.metas)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {match.keys.some(coverageDiffers) ? (
        <Text as="p" tone="subdued" variant="bodySm">
          {t("overview.match.whyDiffer")}
        </Text>
      ) : null}
    </BlockStack>
  );
}
