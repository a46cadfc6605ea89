import { BlockStack, Card, Link, Text } from "@shopify/polaris";

import type { FunnelStep } from "../../quality/read-funnel-steps.server.ts";
import { eventWords } from "../../texts/event-words.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { useFormat } from "../frame/use-format.ts";

/** The way from a product's page to the paid order: a bar a step, with its figures beside it. */
export function FunnelStepsCard({ steps }: { readonly steps: readonly FunnelStep[] }) {
  const format = useFormat();
  const { t } = useTexts();
  const most = Math.max(1, ...steps.map(({ count }) => count ?? 0));
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t("overview.steps.title")}
          </Text>
          <Text as="p" tone="subdued">
            {t("overview.steps.text")}
          </Text>
        </BlockStack>
        <table className="tandem-funnel">
          <caption className="tandem-hidden">{t("overview.steps.caption")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("overview.steps.step")}</th>
              <th scope="col">{t("overview.steps.count")}</th>
              <th scope="col">{t("overview.steps.share")}</th>
            </tr>
          </thead>
          <tbody>
            {steps.map(({ event, count }, index) => (
              <tr key={event}>
                <th scope="row">
                  {eventWords(event).label}
                  <span className="tandem-bar" aria-hidden="true">
                    <span style={{ width: `${((count ?? 0) / most) * 100}%` }} />
                  </span>
                </th>
                <td>{count === null ? t("overview.steps.notCounted") : format.number(count)}</td>
                <td>{shareOf(count, steps[index - 1]?.count ?? null)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {steps.some(({ count }) => count === null) ? (
          <Text as="p" tone="subdued" variant="bodySm">
            {t("overview.steps.notCountedText")}{" "}
            <Link url="/app/settings#events">{t("overview.steps.settings")}</Link>
          </Text>
        ) : null}
      </BlockStack>
    </Card>
  );

  /** More than the step before is possible: a cart that was filled on another day. */
  function shareOf(count: number | null, before: number | null): string {
    return count === null || before === null || before === 0 ? "–" : format.percent(count / before);
  }
}
