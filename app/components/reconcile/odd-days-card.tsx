import { BlockStack, Card, Text } from "@shopify/polaris";

import type { OddDay } from "../../audit/reconcile/reconcile-days.ts";
import type { Reconciliation } from "../../audit/reconcile/read-reconciliation.server.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { useFormat } from "../frame/use-format.ts";
import "../../texts/areas/reconcile.ts";

/** The days of which something has to be said, newest first, in words. */
export function OddDaysCard({ report }: { report: Reconciliation }) {
  const { t } = useTexts();
  const format = useFormat();
  const sayOdd = useOddWords();
  const odd = report.days.filter((day) => day.odd.length > 0).toReversed();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("reconcile.odd.title")}
        </Text>
        {odd.length === 0 ? (
          <Text as="p">
            {t(report.askedAt === null ? "reconcile.odd.noneNotAsked" : "reconcile.odd.none")}
          </Text>
        ) : (
          <dl className="tandem-odd-days">
            {odd.map((day) => (
              <div key={day.day}>
                <dt>{format.day(day.day)}</dt>
                {day.odd.map((each) => (
                  <dd key={each.kind}>{sayOdd(each)}</dd>
                ))}
              </div>
            ))}
          </dl>
        )}
      </BlockStack>
    </Card>
  );
}

function useOddWords(): (odd: OddDay) => string {
  const { t } = useTexts();
  const { number } = useFormat();
  return (odd) => {
    if (odd.kind === "missing")
      return t("reconcile.odd.missing", { count: odd.count, number: number(odd.count) });
    if (odd.kind === "failed")
      return t("reconcile.odd.failed", { count: odd.count, number: number(odd.count) });
    const gaps = { received: number(odd.received), ours: number(odd.ours) };
    return odd.kind === "received_more"
      ? t("reconcile.odd.receivedMore", gaps)
      : t("reconcile.odd.receivedFewer", gaps);
  };
}
