import { Banner, BlockStack, Card, Icon, InlineStack, Link, Text } from "@shopify/polaris";
import { CheckCircleIcon, InfoIcon } from "@shopify/polaris-icons";

import type { DatasetVerdict } from "../../quality/judge-event.ts";
import { writeList, writeSentences } from "../../texts/conventions.ts";
import { useTexts } from "../../texts/use-texts.ts";
import "../../texts/areas/verdicts.ts";

/** What became of a purchase, in a sentence. A banner only where somebody has to do something. */
export function VerdictCard({ judged, several }: { judged: DatasetVerdict; several: boolean }) {
  const { t, say } = useTexts();
  const { verdict, datasets } = judged;
  const title = several
    ? t("verdicts.forDataset", { dataset: writeList(datasets), title: say(verdict.title) })
    : say(verdict.title);
  const text = (
    <Text as="p">
      {writeSentences(verdict.text.map((each) => say(each)))}
      {verdict.setting ? (
        <>
          {" "}
          <Link url={verdict.setting.url}>{say(verdict.setting.name)}</Link>
        </>
      ) : null}
    </Text>
  );
  if (verdict.tone === "critical" || verdict.tone === "warning")
    return (
      <Banner title={title} tone={verdict.tone}>
        {text}
      </Banner>
    );
  const isGood = verdict.tone === "success";
  return (
    <Card>
      <BlockStack gap="100">
        <InlineStack gap="100" blockAlign="center" wrap={false}>
          <span>
            <Icon source={isGood ? CheckCircleIcon : InfoIcon} tone={isGood ? "success" : "subdued"} />
          </span>
          <Text as="h2" variant="headingMd">
            {title}
          </Text>
        </InlineStack>
        {text}
      </BlockStack>
    </Card>
  );
}
