import { BlockStack, Text, TextField } from "@shopify/polaris";

import { useTexts } from "../../texts/use-texts.ts";
import { useFormat } from "./use-format.ts";

/** Two days of the store's calendar, either of them open. The platform's own date fields: they speak every language. */
export function DayRange({
  from,
  to,
  max,
  onChange,
}: {
  from: string | null;
  to: string | null;
  /** The last day that can be chosen. */
  max?: string;
  onChange: (range: { from: string | null; to: string | null }) => void;
}) {
  const format = useFormat();
  const { t } = useTexts();
  return (
    <BlockStack gap="200">
      <TextField
        label={t("overview.days.from")}
        type="date"
        {...(max === undefined ? {} : { max })}
        value={from ?? ""}
        onChange={(value) => onChange({ from: value || null, to })}
        autoComplete="off"
      />
      <TextField
        label={t("overview.days.to")}
        type="date"
        {...(max === undefined ? {} : { max })}
        value={to ?? ""}
        onChange={(value) => onChange({ from, to: value || null })}
        autoComplete="off"
      />
      <Text as="p" tone="subdued" variant="bodySm">
        {t("overview.days.zone", { zone: format.timeZoneName })}
      </Text>
    </BlockStack>
  );
}
