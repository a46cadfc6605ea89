import { Text } from "@shopify/polaris";

import type { EventName } from "../../../extensions/contract/events/registry.ts";
import type { MatchQuality } from "../../quality/read-overview.server.ts";
import { useTexts } from "../../texts/use-texts.ts";
import type { TrendMark } from "../frame/trend.ts";
import { useFormat } from "../frame/use-format.ts";
import { MatchCard, type MatchWords } from "../overview/match-card.tsx";
import "../../texts/areas/funnel.ts";

/** What Meta advises for any event (its help page on match quality). */
const ANY_EVENT_GOAL = 6;

const OF_EVENTS = {
  question: "funnel.match.question",
  chart: "funnel.match.chart",
  tooFewDetail: "funnel.match.tooFewDetail",
  note: "funnel.match.note",
  notYet: "funnel.match.notYet",
  keysRegion: "funnel.match.keysRegion",
  keysCaption: "funnel.match.keysCaption",
} as const satisfies MatchWords;

/** How well Meta recognises the visitors behind an event, and what else it says of it. */
export function FunnelMatchCard({
  match,
  marks,
  event,
}: {
  readonly match: MatchQuality;
  readonly marks: readonly TrendMark[];
  readonly event: EventName;
}) {
  return (
    <MatchCard match={match} marks={marks} event={event} words={OF_EVENTS} goal={ANY_EVENT_GOAL}>
      <MetasWord match={match} />
    </MatchCard>
  );
}

/** Of sales it stands in the card of the two copies. */
function MetasWord({ match: { latest, keys } }: { readonly match: MatchQuality }) {
  const format = useFormat();
  const { t } = useTexts();
  const share = (percentage: number) => format.percent(percentage / 100);
  const byEventId = latest?.dedupe.find((each) => each.key === "event_id")?.overall;
  const said = [
    ...(keys.some(({ ours, metas }) => ours !== null || metas !== null) ? [t("funnel.match.keysDo")] : []),
    ...(latest?.coverage === undefined
      ? []
      : latest.coverageGoal === undefined
        ? [t("funnel.match.coverageNoGoal", { share: share(latest.coverage) })]
        : [
            t("funnel.match.coverage", {
              share: share(latest.coverage),
              goal: share(latest.coverageGoal),
            }),
          ]),
    ...(byEventId === undefined ? [] : [t("funnel.match.dedup", { share: share(byEventId) })]),
  ];
  return said.map((each) => (
    <Text key={each} as="p" tone="subdued" variant="bodySm">
      {each}
    </Text>
  ));
}
