import { useNavigation, useSearchParams } from "@remix-run/react";
import { InlineStack, Select, Spinner, Text } from "@shopify/polaris";

import { PERIODS, type PeriodDays } from "../quality/store-period.ts";
import type { HomeReport } from "../quality/read-home.server.ts";
import { useFormat } from "./use-format.ts";

/** Which stretch of time, which dataset: kept in the address. */
export function PeriodSelect({ report }: { report: HomeReport }) {
  const [search, setSearch] = useSearchParams();
  const busy = useNavigation().state === "loading";
  const choose = (name: string) => (value: string) => {
    const next = new URLSearchParams(search);
    next.set(name, value);
    setSearch(next, { preventScrollReset: true });
  };
  return (
    <InlineStack gap="200" blockAlign="center">
      {busy ? <Spinner size="small" accessibilityLabel="Loading" /> : null}
      {report.datasets.length > 1 ? (
        <Select
          label="Dataset"
          labelHidden
          options={report.datasets.map((each) => ({ value: each.id, label: each.label }))}
          value={report.dataset ?? ""}
          onChange={choose("dataset")}
        />
      ) : null}
      <Select
        label="Period"
        labelHidden
        options={PERIODS.map((days: PeriodDays) => ({ value: String(days), label: `Last ${days} days` }))}
        value={String(report.days)}
        onChange={choose("days")}
      />
    </InlineStack>
  );
}

/** Names the days and the time zone that every figure below is of. */
export function PeriodLine({ report }: { report: HomeReport }) {
  const format = useFormat();
  return (
    <Text as="p" tone="subdued" variant="bodySm">
      {`${format.day(report.from)} to ${format.day(report.to)}, days in ${format.timeZoneName}. Counted by Tandem unless it says “reported by Meta”.`}
    </Text>
  );
}
