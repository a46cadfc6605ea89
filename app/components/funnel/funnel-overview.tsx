import { Banner, BlockStack, InlineGrid, Text } from "@shopify/polaris";

import type { FunnelOverview } from "../../quality/read-funnel-overview.server.ts";
import { writeSentences } from "../../texts/conventions.ts";
import { eventWords } from "../../texts/event-words.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { useChangeMarks } from "../frame/change-words.ts";
import { FunnelStepsCard } from "../overview/funnel-steps-card.tsx";
import { FunnelCopiesCard } from "./funnel-copies-card.tsx";
import { FunnelErrorsCard } from "./funnel-errors-card.tsx";
import { FunnelMatchCard } from "./funnel-match-card.tsx";
import { FunnelRecoveredCard } from "./funnel-recovered-card.tsx";
import "../../texts/areas/funnel.ts";

/** The overview of one event of a visit. Without both copies Tandem has nothing to count, and Meta's own word is left. */
export function FunnelOverviewCards({ report }: { readonly report: FunnelOverview }) {
  const marks = useChangeMarks(report.changes);
  const hasFigures = report.copies === "both" || report.figures.taken.count > 0;
  return (
    <>
      {report.copies === "both" ? null : <NotBothBanner report={report} />}
      {hasFigures ? <FunnelRecoveredCard figures={report.figures} /> : null}
      <InlineGrid columns={{ xs: 1, md: 2 }} gap="400" alignItems="start">
        <BlockStack gap="400">
          {hasFigures ? <FunnelCopiesCard report={report} marks={marks} /> : null}
          {hasFigures ? null : <FunnelStepsCard steps={report.steps} />}
        </BlockStack>
        <BlockStack gap="400">
          {hasFigures ? <FunnelStepsCard steps={report.steps} /> : null}
          <FunnelMatchCard match={report.match} marks={marks} event={report.event} />
          {hasFigures ? <FunnelErrorsCard figures={report.figures} /> : null}
        </BlockStack>
      </InlineGrid>
    </>
  );
}

function NotBothBanner({ report }: { readonly report: FunnelOverview }) {
  const { t } = useTexts();
  const event = eventWords(report.event).label;
  const isOff = report.copies === "off";
  return (
    <Banner
      title={t(isOff ? "funnel.off.offTitle" : "funnel.off.browserTitle", { event })}
      tone="info"
      action={{ content: t("funnel.off.action"), url: "/app/settings#events" }}
    >
      <Text as="p">
        {writeSentences([
          t(isOff ? "funnel.off.offText" : "funnel.off.browserText"),
          report.figures.taken.count > 0 && t("funnel.off.kept"),
        ])}
      </Text>
    </Banner>
  );
}
