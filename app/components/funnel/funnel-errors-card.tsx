import { Badge, Text } from "@shopify/polaris";

import { ERROR_THRESHOLD } from "../../quality/error-rate.ts";
import { FEWEST_SETTLED, type FunnelFigures } from "../../quality/funnel-figures.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { Facts, MetricCard } from "../frame/metric-card.tsx";
import { useFormat } from "../frame/use-format.ts";
import { refusal } from "../../texts/say-reason.ts";
import "../../texts/areas/funnel.ts";

/** How many server copies Meta refused for good, and what to do about each reason. */
export function FunnelErrorsCard({ figures }: { readonly figures: FunnelFigures }) {
  const format = useFormat();
  const { t } = useTexts();
  const { settled, refused, errorShare } = figures;
  const threshold = format.percent(ERROR_THRESHOLD);
  const dead = refused.reduce((sum, { count }) => sum + count, 0);
  const isAbove = errorShare !== null && errorShare > ERROR_THRESHOLD;
  return (
    <MetricCard
      title={t("funnel.errors.title")}
      question={t("funnel.errors.question")}
      value={valueOf()}
      known={errorShare !== null}
      note={noteOf()}
      action={
        errorShare === null ? null : (
          <Badge tone={isAbove ? "warning" : "success"}>
            {isAbove ? t("overview.errors.above", { threshold }) : t("overview.errors.normal")}
          </Badge>
        )
      }
    >
      {dead > 0 ? (
        <Facts
          facts={refused.map((each) => ({
            name: (
              <>
                {refusal(each.class).short}
                <Text as="span" variant="bodySm" tone="subdued">
                  <span className="tandem-advice">{refusal(each.class).long}</span>
                </Text>
              </>
            ),
            value: format.number(each.count),
          }))}
        />
      ) : null}
      {settled > 0 && dead === 0 ? (
        <Text as="p" tone="subdued">
          {t("funnel.errors.nothing")}
        </Text>
      ) : null}
    </MetricCard>
  );

  function valueOf(): string {
    if (settled === 0) return t("overview.unknown");
    return errorShare === null ? t("overview.tooFew") : format.percent(errorShare);
  }

  function noteOf(): string {
    if (settled === 0) return t("funnel.errors.none");
    const values = {
      count: settled,
      number: format.number(settled),
      dead: format.number(dead),
      threshold,
      fewest: format.number(FEWEST_SETTLED),
    };
    return t(errorShare === null ? "funnel.errors.noteFew" : "funnel.errors.note", values);
  }
}
