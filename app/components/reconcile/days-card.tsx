import { BlockStack, Card, Text } from "@shopify/polaris";

import type { Reconciliation } from "../../audit/reconcile/read-reconciliation.server.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { TrendChart } from "../frame/trend-chart.tsx";
import { useFormat } from "../frame/use-format.ts";
import { DaysTable } from "./days-table.tsx";
import "../../texts/areas/reconcile.ts";

/** The days as a picture and as a table, and what has to be known of the figures. */
export function DaysCard({ report, shop }: { report: Reconciliation; shop: string }) {
  const { t } = useTexts();
  const format = useFormat();
  const zone = format.timeZoneName;
  const hasReceived = report.days.some(({ received }) => received !== null);
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t("reconcile.chart")}
        </Text>
        <TrendChart
          title={t("reconcile.chart")}
          kind="line"
          series={[
            { key: "shopify", name: t("reconcile.by.shopify"), color: "#5c6ac4" },
            { key: "taken", name: t("reconcile.by.taken"), color: "#b28400" },
            { key: "sent", name: t("reconcile.by.sent"), color: "#00707a" },
            ...(hasReceived ? [{ key: "received", name: t("reconcile.by.received"), color: "#c5280c" }] : []),
          ]}
          points={report.days.map((day) => ({
            day: day.day,
            values: [
              day.shopify?.orders ?? null,
              day.taken.count,
              day.sent.count,
              ...(hasReceived ? [day.received?.total ?? null] : []),
            ],
          }))}
          domain={{ atLeast: 4 }}
          show={format.number}
        />
        <DaysTable report={report} shop={shop} />
        <BlockStack gap="100">
          <Text as="p" tone="subdued">
            {report.askedAt === null
              ? t("reconcile.notAsked", { zone })
              : t("reconcile.asked", { at: format.dateTime(report.askedAt), zone })}
          </Text>
          {report.isCounted ? (
            <Text as="p" tone="subdued">
              {t("reconcile.counted")}
            </Text>
          ) : null}
          <Text as="p" tone="subdued">
            {t("reconcile.ours")}
          </Text>
        </BlockStack>
      </BlockStack>
    </Card>
  );
}
