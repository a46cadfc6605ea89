import { BlockStack, Card, Link, Text } from "@shopify/polaris";

import type { OverviewReport } from "../../quality/read-overview.server.ts";
import { writeList } from "../../texts/conventions.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { eventsUrl } from "../frame/events-url.ts";
import { useFormat } from "../frame/use-format.ts";
import { useWorth } from "../frame/use-worth.tsx";

/** Fewer sales than that, now or before, are not compared in per cent, and neither are several currencies. */
const FEWEST_COMPARED = 20;

/** What the app is there for, first: sales that reached Meta from the server alone, beside those of the period before. */
export function RecoveredCard({ report }: { report: OverviewReport }) {
  const format = useFormat();
  const { amounts } = useWorth();
  const { t } = useTexts();
  const { now } = report.recovered;
  const [first, ...others] = amounts(now);
  const { from, to } = report.period;
  const comparison = useComparison(report);
  return (
    <Card>
      <BlockStack gap="100">
        <Text as="h2" variant="bodySm" tone="subdued">
          {t(report.datasets.length > 1 ? "overview.recovered.titleStore" : "overview.recovered.title")}
        </Text>
        <Text as="p" variant="heading2xl">
          {first}
        </Text>
        {others.length > 0 ? (
          <Text as="p" variant="headingMd">
            {t("overview.recovered.others", { amounts: writeList(others) })}
          </Text>
        ) : null}
        <Text as="p">
          {now.count === 0 ? (
            t("overview.recovered.none")
          ) : (
            <>
              <Link url={eventsUrl({ view: "recovered", from, to })}>
                {t("overview.recovered.sales", { count: now.count, number: format.number(now.count) })}
              </Link>{" "}
              {t("overview.recovered.how", { count: now.count })}
            </>
          )}
        </Text>
        <Text as="p" tone="subdued">
          {comparison}
        </Text>
      </BlockStack>
    </Card>
  );
}

function useComparison({ recovered, period }: OverviewReport): string {
  const format = useFormat();
  const { money, own } = useWorth();
  const { t } = useTexts();
  const days = { from: format.day(period.before.from), to: format.day(period.before.to) };
  const { now, before } = recovered;
  if (before === null) return t("overview.recovered.noBefore", days);
  const values = { ...days, money: money(before), count: before.count, number: format.number(before.count) };
  const ofOwn = ({ worth }: typeof now) => worth.find((each) => each.currency === own)?.amount ?? 0;
  const [amount, amountBefore] = [ofOwn(now), ofOwn(before)];
  const isMixed = [...now.worth, ...before.worth].some((each) => each.currency !== own);
  if (isMixed || Math.min(now.count, before.count) < FEWEST_COMPARED || amountBefore <= 0)
    return t("overview.recovered.before", values);
  const change = amount / amountBefore - 1;
  const share = format.percent(Math.abs(change));
  return t(change >= 0 ? "overview.recovered.beforeMore" : "overview.recovered.beforeLess", {
    ...values,
    share,
  });
}
