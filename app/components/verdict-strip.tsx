import { BlockStack, Card, Icon, InlineStack, Text } from "@shopify/polaris";
import { AlertTriangleIcon, CheckCircleIcon, ClockIcon } from "@shopify/polaris-icons";

import type { HomeReport } from "../quality/read-home.server.ts";
import { useFormat } from "./use-format.ts";

type Mood = "good" | "watch" | "unknown";

interface Verdict {
  readonly question: string;
  readonly mood: Mood;
  readonly answer: string;
  readonly detail: string;
}

const MOODS = {
  good: { icon: CheckCircleIcon, tone: "success", word: "Good:" },
  watch: { icon: AlertTriangleIcon, tone: "caution", word: "Needs a look:" },
  unknown: { icon: ClockIcon, tone: "subdued", word: "Not known yet:" },
} as const;

/** The three questions of every morning: did it reach Meta, was the buyer recognised, did it count once. */
export function VerdictStrip({ report }: { report: HomeReport }) {
  const verdicts = useVerdicts(report);
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
                    <Icon source={mood.icon} tone={mood.tone} accessibilityLabel={mood.word} />
                  </span>
                  <Text as="p" variant="headingMd">
                    {each.answer}
                  </Text>
                </InlineStack>
                <Text as="p" tone="subdued" variant="bodySm">
                  {each.detail}
                </Text>
              </BlockStack>
            </div>
          );
        })}
      </div>
    </Card>
  );
}

function useVerdicts({ orders, match, dedup, days, attention, dataset }: HomeReport): readonly Verdict[] {
  const format = useFormat();
  const recovered = dedup.serverOnly;
  const score = match.latest?.score;
  const decided = dedup.paired.count + recovered.count + dedup.browserOnly.count + dedup.mismatched.count;
  const unexplained = orders.failed.count;
  const isHeld =
    attention?.kind === "dataset_held" && attention.datasetRow === dataset && orders.open.count > 0;
  return [
    orders.share === null
      ? {
          question: "Did every sale reach Meta?",
          mood: "unknown",
          answer: "No sales yet",
          detail: `No order was paid in the last ${days} days.`,
        }
      : {
          question: "Did every sale reach Meta?",
          mood: unexplained > 0 || isHeld ? "watch" : "good",
          answer:
            unexplained > 0
              ? `${format.number(unexplained)} did not`
              : orders.open.count > 0
                ? isHeld
                  ? `${format.number(orders.open.count)} ${orders.open.count === 1 ? "waits" : "wait"} for the dataset`
                  : "All but those on the way"
                : "Every one is accounted for",
          detail: `${format.number(orders.delivered.count)} sent, ${format.number(orders.paid.count - orders.delivered.count - orders.open.count - orders.failed.count)} left out for a reason, ${format.number(orders.open.count)} on the way.`,
        },
    score === undefined
      ? {
          question: "Was the buyer recognised?",
          mood: "unknown",
          answer: "Not known yet",
          detail: "Meta scores a dataset about a day after its first events.",
        }
      : {
          question: "Was the buyer recognised?",
          mood: score >= 8 ? "good" : "watch",
          answer: `${format.score(score)} of 10`,
          detail: `Meta’s match quality; the goal is ${format.score(8)}.`,
        },
    decided === 0
      ? {
          question: "Was it counted once?",
          mood: "unknown",
          answer: "Not known yet",
          detail: "Known after the first purchase in the online store.",
        }
      : {
          question: "Was it counted once?",
          mood: dedup.mismatched.count > 0 ? "watch" : "good",
          answer:
            dedup.mismatched.count > 0
              ? `${format.number(dedup.mismatched.count)} may count twice`
              : "Every one, once",
          detail:
            recovered.count > 0
              ? `${format.number(recovered.count)} recovered that the browser alone would have lost, worth ${format.money(recovered.amount)}.`
              : "No copy disagreed with its twin.",
        },
  ];
}
