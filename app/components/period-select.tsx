import { useNavigation, useSearchParams } from "@remix-run/react";
import { InlineStack, Select, Spinner, Text } from "@shopify/polaris";

import type { HomeReport } from "../quality/read-home.server.ts";
import { PERIODS } from "../quality/store-period.ts";
import { useFormat } from "./use-format.ts";

/** Which days and which dataset the figures below are of, named and to be chosen; the choice is kept in the address. */
export function PeriodSelect({ report }: { report: HomeReport }) {
  const format = useFormat();
  const [search, setSearch] = useSearchParams();
  const busy = useNavigation().state === "loading";
  const choose = (name: string) => (value: string) => {
    const next = new URLSearchParams(search);
    next.set(name, value);
    setSearch(next, { preventScrollReset: true });
  };
  return (
    <div className="tandem-period">
      <Text as="p" tone="subdued" variant="bodySm">
        {`${format.day(report.from)} to ${format.day(report.to)}, days in ${format.timeZoneName}. Counted by Tandem unless it says “reported by Meta”.`}
      </Text>
      <InlineStack gap="200" blockAlign="center" wrap={false}>
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
          options={PERIODS.map((days) => ({ value: String(days), label: `Last ${days} days` }))}
          value={String(report.days)}
          onChange={choose("days")}
        />
      </InlineStack>
    </div>
  );
}
