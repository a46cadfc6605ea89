import { BlockStack, Card, Text } from "@shopify/polaris";

import { FEWEST_SETTLED, type FunnelFigures } from "../../quality/funnel-figures.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { useFormat } from "../frame/use-format.ts";
import "../../texts/areas/funnel.ts";

/** What the second copy is there for, first: events that the browser alone would have lost. */
export function FunnelRecoveredCard({ figures }: { readonly figures: FunnelFigures }) {
  const format = useFormat();
  const { t } = useTexts();
  const { serverOnly } = figures.copies;
  return (
    <Card>
      <BlockStack gap="100">
        <Text as="h2" variant="bodySm" tone="subdued">
          {t("funnel.recovered.title")}
        </Text>
        <Text as="p" variant="heading2xl">
          {format.number(serverOnly)}
        </Text>
        <Text as="p">
          {serverOnly === 0 ? t("funnel.recovered.none") : t("funnel.recovered.how", { count: serverOnly })}
        </Text>
        {serverOnly > 0 && figures.settled >= FEWEST_SETTLED ? (
          <Text as="p" tone="subdued">
            {t("funnel.recovered.share", { share: format.percent(serverOnly / figures.settled) })}
          </Text>
        ) : null}
      </BlockStack>
    </Card>
  );
}
