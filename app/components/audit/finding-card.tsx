import { Badge, BlockStack, Button, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { useId } from "react";

import type { MendLink } from "../../audit/mend-links.ts";
import type { FindingView } from "../../audit/read-audit.server.ts";
import { writeNamed } from "../../texts/conventions.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { Facts } from "../frame/metric-card.tsx";
import { useFormat } from "../frame/use-format.ts";
import { SnoozeForm } from "./snooze-form.tsx";
import { useFindingWords } from "./use-finding-words.ts";
import "../../texts/areas/audit.ts";

const TONES = { critical: "critical", high: "warning", medium: "attention", low: undefined } as const;

/** One thing that is wrong: since when, what it touches, why it matters, how it is mended, and what shows it. */
export function FindingCard({ finding, mend }: { finding: FindingView; mend: MendLink }) {
  const { t, say } = useTexts();
  const words = useFindingWords();
  const heading = useId();
  return (
    <Card>
      <section aria-labelledby={heading}>
        <BlockStack gap="300">
          <BlockStack gap="200">
            <InlineStack gap="200" blockAlign="center">
              <SeverityBadge severity={finding.severity} />
              <Text as="span" tone="subdued">
                {t(`audit.certainty.${finding.certainty}`)}
              </Text>
            </InlineStack>
            <Text as="h3" variant="headingMd" id={heading}>
              {words.title(finding)}
            </Text>
          </BlockStack>
          <FindingFacts finding={finding} />
          <Text as="p">{words.part(finding, "why")}</Text>
          <BlockStack gap="100">
            <Text as="h4" variant="headingSm">
              {t("audit.part.mend")}
            </Text>
            <Text as="p">{words.part(finding, "mend")}</Text>
          </BlockStack>
          <Evidence finding={finding} />
          <InlineStack>
            <Button url={mend.url} {...(mend.url.startsWith("https:") ? { target: "_blank" as const } : {})}>
              {say({ key: mend.name })}
            </Button>
          </InlineStack>
          <SnoozeForm finding={finding} />
        </BlockStack>
      </section>
    </Card>
  );
}

export function SeverityBadge({ severity }: { severity: FindingView["severity"] }) {
  const { t } = useTexts();
  const tone = TONES[severity];
  return <Badge {...(tone && { tone })}>{t(`audit.severity.${severity}`)}</Badge>;
}

function FindingFacts({ finding }: { finding: FindingView }) {
  const { t } = useTexts();
  const format = useFormat();
  const worth = useFindingWords().worth(finding);
  const { since, orders, times, openedAt } = finding;
  return (
    <Facts
      facts={[
        ...(since === null ? [] : [{ name: t("audit.fact.since"), value: format.day(since) }]),
        ...(!orders ? [] : [{ name: t("audit.fact.orders"), value: format.number(orders) }]),
        ...(worth === "" ? [] : [{ name: t("audit.fact.worth"), value: worth }]),
        { name: t("audit.fact.opened"), value: `${format.dateTime(openedAt)} (${format.timeZoneName})` },
        ...(times > 1
          ? [
              {
                name: t("audit.fact.again"),
                value: t("audit.times", { count: times - 1, number: format.number(times - 1) }),
              },
            ]
          : []),
        { name: t("audit.fact.certainty"), value: t(`audit.certaintyText.${finding.certainty}`) },
      ]}
    />
  );
}

function Evidence({ finding }: { finding: FindingView }) {
  const { t } = useTexts();
  const words = useFindingWords();
  const lines = finding.evidence.flatMap((line) => {
    const text = words.evidence(line);
    return text === null ? [] : [{ text, url: line.url }];
  });
  return (
    <details className="tandem-figure-table">
      <summary>{t("audit.part.evidence")}</summary>
      <BlockStack gap="200">
        <Text as="p">{writeNamed(t("audit.part.good"), words.part(finding, "good"))}</Text>
        {lines.length > 0 ? (
          <ul className="tandem-changes">
            {lines.map(({ text, url }) => (
              <li key={`${text} ${url}`}>{url === null ? text : <Link url={url}>{text}</Link>}</li>
            ))}
          </ul>
        ) : null}
      </BlockStack>
    </details>
  );
}
