import { Link } from "@shopify/polaris";

import type { CustomerSplit } from "../../quality/customer-split.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { FEWEST_SALES } from "./match-card.tsx";
import { Facts, MetricCard } from "../frame/metric-card.tsx";
import { useFormat } from "../frame/use-format.ts";
import { useWorth } from "../frame/use-worth.tsx";

/** How much of the sales came from buyers who had never bought in the store before. */
export function CustomersCard({ customers, isSent }: { customers: CustomerSplit; isSent: boolean }) {
  const format = useFormat();
  const { countAndMoney } = useWorth();
  const { t } = useTexts();
  const { all, unknown, newShare } = customers;
  const known = all.count - unknown.count;
  const isEnough = newShare !== null && known >= FEWEST_SALES;
  return (
    <MetricCard
      title={t("overview.customers.title")}
      question={t("overview.customers.question")}
      value={valueOf()}
      known={isEnough}
      note={noteOf()}
    >
      {newShare === null ? null : (
        <Facts
          facts={[
            { name: t("overview.customers.new"), value: countAndMoney(customers.new) },
            { name: t("overview.customers.returning"), value: countAndMoney(customers.returning) },
            { name: t("overview.customers.unknown"), value: countAndMoney(unknown) },
            {
              name: t("overview.customers.told"),
              value: (
                <Link url="/app/settings#customers">
                  {t(isSent ? "overview.customers.on" : "overview.customers.off")}
                </Link>
              ),
            },
          ]}
        />
      )}
    </MetricCard>
  );

  function valueOf(): string {
    if (all.count === 0) return t("overview.orders.none");
    if (newShare === null) return t("overview.customers.unknown");
    return isEnough ? format.percent(newShare) : t("overview.tooFew");
  }

  function noteOf(): string {
    if (all.count === 0) return t("overview.orders.noteNone");
    const values = { count: all.count, number: format.number(all.count) };
    if (newShare === null) return t("overview.customers.noteUnknown", values);
    const ofKnown = { count: known, number: format.number(known), fewest: format.number(FEWEST_SALES) };
    return t(isEnough ? "overview.customers.note" : "overview.customers.noteFew", ofKnown);
  }
}
