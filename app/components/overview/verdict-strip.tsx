import { BlockStack, Card, Icon, InlineStack, Text } from "@shopify/polaris";
import { AlertTriangleIcon, CheckCircleIcon, ClockIcon, InfoIcon } from "@shopify/polaris-icons";
import type { ReactNode } from "react";

import type { OverviewReport } from "../../quality/read-overview.server.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { FEWEST_SALES, MATCH_GOAL } from "./match-card.tsx";
import { ReachDetail } from "./reach-answer.tsx";
import { useFormat } from "../frame/use-format.ts";

type Mood = "good" | "watch" | "plain" | "unknown";

interface Verdict {
  readonly question: string;
  readonly mood: Mood;
  readonly answer: string;
  readonly detail: ReactNode;
}

const MOODS = {
  good: { icon: CheckCircleIcon, tone: "success", word: "overview.mood.good" },
  watch: { icon: AlertTriangleIcon, tone: "caution", word: "overview.mood.watch" },
  plain: { icon: InfoIcon, tone: "subdued", word: "overview.mood.plain" },
  unknown: { icon: ClockIcon, tone: "subdued", word: "overview.mood.unknown" },
} as const;

/** The three questions of every morning: did it reach Meta, was the buyer recognised, did it count once. */
export function VerdictStrip({ report }: { report: OverviewReport }) {
  const { t } = useTexts();
  const verdicts = [useReach(report), useRecognised(report), useOnce(report)];
  return (
    <Card padding="0">
      <div className="tandem-verdict">
        {verdicts.map((each) => {
          const mood = MOODS[each.mood];
          return (
            <div key={each.question}>
              <BlockStack gap="100">
                <Text as="h2" variant="bodySm" tone="subdued">
                  {each.question}
                </Text>
                <InlineStack gap="100" blockAlign="center" wrap={false}>
                  <span>
                    <Icon source={mood.icon} tone={mood.tone} accessibilityLabel={t(mood.word)} />
                  </span>
                  <Text as="p" variant="headingMd">
                    {each.answer}
                  </Text>
                </InlineStack>
                {typeof each.detail === "string" ? (
                  <Text as="p" tone="subdued" variant="bodySm">
                    {each.detail}
                  </Text>
                ) : (
                  each.detail
                )}
              </BlockStack>
            </div>
          );
        })}
      </div>
    </Card>
  );
}

function useReach(report: OverviewReport): Verdict {
  const format = useFormat();
  const { t } = useTexts();
  const { reach } = report;
  const question = t("overview.reach.question");
  if (reach.mood === "unknown")
    return {
      question,
      mood: "unknown",
      answer: t("overview.reach.none"),
      detail: t("overview.reach.noneDetail"),
    };
  return {
    question,
    mood: reach.mood,
    answer: t("overview.reach.sent", {
      sent: format.number(reach.sent),
      paid: format.number(reach.paid),
    }),
    detail: <ReachDetail report={report} />,
  };
}

function useRecognised({ match }: OverviewReport): Verdict {
  const format = useFormat();
  const { t } = useTexts();
  const question = t("overview.recognised.question");
  const score = match.latest?.score;
  if (score === undefined)
    return {
      question,
      mood: "unknown",
      answer: t("overview.unknown"),
      detail: t("overview.recognised.unknownDetail"),
    };
  if (match.scoredSales < FEWEST_SALES)
    return {
      question,
      mood: "plain",
      answer: t("overview.tooFew"),
      detail: t("overview.recognised.tooFewDetail", {
        count: match.scoredSales,
        number: format.number(match.scoredSales),
        fewest: format.number(FEWEST_SALES),
        score: format.score(score),
      }),
    };
  return {
    question,
    mood: score >= MATCH_GOAL ? "good" : "watch",
    answer: t("overview.score", { score: format.score(score) }),
    detail: t("overview.recognised.detail", { goal: format.score(MATCH_GOAL) }),
  };
}

function useOnce({ dedup }: OverviewReport): Verdict {
  const format = useFormat();
  const { t } = useTexts();
  const question = t("overview.once.question");
  const { decided } = dedup;
  if (decided === 0)
    return {
      question,
      mood: "unknown",
      answer: t("overview.unknown"),
      detail: t("overview.once.unknownDetail"),
    };
  const { count } = dedup.mismatched;
  const values = {
    count: decided,
    number: format.number(decided),
    paired: format.number(dedup.paired.count),
    differing: format.number(count),
  };
  return {
    question,
    mood: count > 0 ? "watch" : "good",
    answer: t(count > 0 ? "overview.once.differ" : "overview.once.all", {
      ...values,
      count: count || decided,
    }),
    detail: t(count > 0 ? "overview.once.differDetail" : "overview.once.detail", values),
  };
}
