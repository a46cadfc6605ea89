import { BlockStack, Card, Link, Text } from "@shopify/polaris";

import { useTexts } from "../../texts/use-texts.ts";
import { useFormat } from "../frame/use-format.ts";
import "../../texts/areas/onboarding.ts";

/** What is processed and how long it stays, in a merchant's words; docs/data-map.md has it by columns. */
export function KeptCard({ retentionDays }: { retentionDays: number }) {
  const { t } = useTexts();
  const format = useFormat();
  const rows = [
    [t("onboarding.kept.address"), t("onboarding.kept.addressLong")],
    [t("onboarding.kept.details"), t("onboarding.kept.detailsLong", { days: format.number(retentionDays) })],
    [t("onboarding.kept.visits"), t("onboarding.kept.visitsLong")],
    [t("onboarding.kept.row"), t("onboarding.kept.rowLong")],
    [t("onboarding.kept.request"), t("onboarding.kept.requestLong")],
    [t("onboarding.kept.store"), t("onboarding.kept.storeLong")],
  ];
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("onboarding.kept.title")}
        </Text>
        <table className="tandem-kept">
          <caption className="tandem-hidden">{t("onboarding.kept.title")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("onboarding.kept.what")}</th>
              <th scope="col">{t("onboarding.kept.long")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([what, long]) => (
              <tr key={what}>
                <th scope="row">{what}</th>
                <td>{long}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="tandem-link-line">
          <Link url="/app/settings#timing">{t("onboarding.kept.change")}</Link>
        </p>
      </BlockStack>
    </Card>
  );
}
